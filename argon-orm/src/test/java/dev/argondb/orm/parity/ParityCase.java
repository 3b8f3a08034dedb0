package dev.argondb.orm.parity;

import static org.assertj.core.api.Assertions.assertThat;

import java.sql.SQLException;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A script of the class path with stock H2's answers to it.
 *
 * @param script what is run
 * @param reference the answers of stock H2
 */
record ParityCase(Script script, List<Answer> reference) {

    private static final ConcurrentHashMap<String, ParityCase> BY_PATH = new ConcurrentHashMap<>();

    /** Returns the case of a path; the reference is made once in a test run. */
    static ParityCase of(String path) {
        return BY_PATH.computeIfAbsent(path, ParityCase::load);
    }

    private static ParityCase load(String path) {
        Script script = Script.resource(path);
        try {
            return new ParityCase(script, DirectReplay.STOCK_H2.answers(script));
        } catch (SQLException e) {
            throw new AssertionError("stock H2 cannot run " + path, e);
        }
    }

    /** Checks that stock H2 gives the same again, and what the file expects; prints a line of counts. */
    void requireStockAsInFile() throws SQLException {
        Comparison comparison = compare("on stock H2 again", DirectReplay.STOCK_H2);
        assertThat(comparison.differences()).isEmpty();
        assertThat(comparison.surprises()).isEmpty();
    }

    /** Checks that a mode gives what stock H2 gave; prints a line of counts. */
    void requireParity(ArgonMode mode) throws SQLException {
        assertThat(compare(mode.label(), mode).differences()).isEmpty();
    }

    private Comparison compare(String where, Replay replay) throws SQLException {
        long start = System.nanoTime();
        Comparison comparison = new Comparison(script, reference, replay.answers(script));
        double seconds = (System.nanoTime() - start) / 1e9;
        System.out.println(comparison.summary(where) + ", %.1f s".formatted(seconds));
        return comparison;
    }
}
