package dev.argondb.benchmarks;

import dev.argondb.Argon;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.SplittableRandom;

/**
 * A table of items whose prices changed many times, one row per commit, and what each was worth when: the answers to hold
 * reads of the past against.
 *
 * <p>Item {@code id} begins at {@code id % 10,000} cents. Confined to one thread.
 */
final class PriceHistory {

    private static final int NONE = -1;
    private static final String UPDATE = "update item set price = ? where id = ?";

    private final int rows;
    private final int[] cents;
    private final long[] lsns;
    private final int[] previousOfItem;
    private final int[] lastOfItem;
    private int changes;

    PriceHistory(int rows, int changes) {
        this.rows = rows;
        this.cents = new int[changes];
        this.lsns = new long[changes];
        this.previousOfItem = new int[changes];
        this.lastOfItem = new int[rows];
        Arrays.fill(lastOfItem, NONE);
    }

    /** Makes the table and its history on an empty database, and a copy of it in the peer's audit table. */
    void load(String location, AuditTable peer) {
        try (Argon argon = Argon.open(location);
                Sql sql = Sql.open("jdbc:argon:" + location)) {
            sql.createItems(rows);
            peer.insertItems(rows, argon.lastLsn());
            sql.call(connection -> change(argon, connection, peer));
        }
    }

    private int change(Argon argon, Connection connection, AuditTable peer) throws SQLException {
        SplittableRandom random = new SplittableRandom(42);
        try (PreparedStatement update = connection.prepareStatement(UPDATE)) {
            while (changes < cents.length) {
                int item = random.nextInt(rows);
                int price = random.nextInt(10_000);
                update.setBigDecimal(1, BigDecimal.valueOf(price, 2));
                update.setLong(2, item);
                update.executeUpdate();
                long lsn = argon.lastLsn();
                remember(item, price, lsn);
                peer.change(item, lsn, price);
            }
        }
        peer.flush();
        return changes;
    }

    private void remember(int item, int price, long lsn) {
        cents[changes] = price;
        lsns[changes] = lsn;
        previousOfItem[changes] = lastOfItem[item];
        lastOfItem[item] = changes++;
    }

    int rows() {
        return rows;
    }

    /** Returns the LSN of a change, from the earliest on; all changes are equally likely. */
    long anyLsn(SplittableRandom random) {
        return lsns[random.nextInt(changes)];
    }

    /** Returns the price of an item at an LSN, in cents. */
    int cents(int item, long lsn) {
        int change = lastOfItem[item];
        while (change != NONE && lsns[change] > lsn) {
            change = previousOfItem[change];
        }
        return change == NONE ? item % 10_000 : cents[change];
    }

    /** Returns the sum of all prices at an LSN, in cents. */
    long sum(long lsn) {
        long sum = 0;
        for (int item = 0; item < rows; item++) {
            sum += cents(item, lsn);
        }
        return sum;
    }
}
