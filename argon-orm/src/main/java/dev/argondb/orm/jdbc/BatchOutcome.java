package dev.argondb.orm.jdbc;

import java.sql.BatchUpdateException;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * What came of a batch, element by element: an element that fails leaves no trace and does not stop those after it.
 *
 * <p>Confined.
 */
final class BatchOutcome {

    private final long[] counts;
    private final List<SQLException> failures = new ArrayList<>(0);
    private int next;

    BatchOutcome(int size) {
        counts = new long[size];
    }

    void succeeded(long count) {
        counts[next++] = count;
    }

    void failed(SQLException failure) {
        counts[next++] = Statement.EXECUTE_FAILED;
        failures.add(failure);
    }

    /**
     * Returns the update counts.
     *
     * @throws BatchUpdateException if an element failed, with all counts, and the failures chained
     */
    long[] counts() throws BatchUpdateException {
        if (failures.isEmpty()) {
            return counts;
        }
        SQLException first = failures.get(0);
        BatchUpdateException all =
                new BatchUpdateException(first.getMessage(), first.getSQLState(), first.getErrorCode(), counts, first);
        failures.forEach(all::setNextException);
        throw all;
    }

    /** Returns counts as JDBC's shorter form has them. */
    static int[] shortened(long[] counts) {
        int[] shorter = new int[counts.length];
        for (int i = 0; i < counts.length; i++) {
            shorter[i] = counts[i] <= Integer.MAX_VALUE ? (int) counts[i] : Statement.SUCCESS_NO_INFO;
        }
        return shorter;
    }
}
