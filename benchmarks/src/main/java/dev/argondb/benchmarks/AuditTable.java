package dev.argondb.benchmarks;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/**
 * What people build who need the past of one table: an audit table of (id, revision, value) with a primary key on id and
 * revision, in a file database of H2. Confined to one thread.
 */
final class AuditTable implements AutoCloseable {

    private static final int BATCH = 10_000;
    private static final String INSERT = "insert into item_audit (id, revision, name, price) values (?, ?, ?, ?)";
    private static final String AS_OF =
            "select price from item_audit where id = ? and revision <= ? order by revision desc limit 1";

    private final Sql sql;
    private final PreparedStatement insert;
    private final PreparedStatement asOf;
    private int batched;

    AuditTable(String url) {
        this.sql = Sql.open(url);
        sql.execute("create table item_audit (id bigint, revision bigint, name varchar(60) not null,"
                + " price numeric(10, 2) not null, primary key (id, revision))");
        this.insert = sql.call(connection -> connection.prepareStatement(INSERT));
        this.asOf = sql.call(connection -> connection.prepareStatement(AS_OF));
        sql.call(AuditTable::manualCommit);
    }

    private static boolean manualCommit(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        return true;
    }

    /** Adds the first revision of all items. */
    void insertItems(int rows, long revision) {
        for (int item = 0; item < rows; item++) {
            change(item, revision, item % 10_000);
        }
        flush();
    }

    /** Adds a revision of an item; in batches. */
    void change(int item, long revision, int cents) {
        sql.call(connection -> {
            insert.setLong(1, item);
            insert.setLong(2, revision);
            insert.setString(3, "item " + item);
            insert.setBigDecimal(4, BigDecimal.valueOf(cents, 2));
            insert.addBatch();
            return true;
        });
        if (++batched == BATCH) {
            flush();
        }
    }

    /** Commits what is in the batch. */
    void flush() {
        batched = 0;
        sql.call(connection -> {
            insert.executeBatch();
            connection.commit();
            return true;
        });
    }

    /** Returns the price of an item as of a revision, in cents. */
    long cents(int item, long revision) {
        return sql.call(connection -> {
            asOf.setLong(1, item);
            asOf.setLong(2, revision);
            return Sql.cents(asOf);
        });
    }

    @Override
    public void close() {
        sql.close();
    }
}
