package dev.argondb.orm.parity;

import java.util.Optional;

/** One record of a script: SQL that is run, and what the script says of its outcome. */
sealed interface Step {

    /** Returns the line of the record's first word, from 1. */
    int line();

    /** Returns the SQL, as written. */
    String sql();

    /** What becomes of a command. */
    enum Outcome {
        OK,
        ERROR
    }

    /** SQL that gives no rows. */
    record Command(int line, String sql, Outcome outcome) implements Step {}

    /**
     * SQL that gives rows.
     *
     * @param types one letter for each column: {@code T} text, {@code I} integer, {@code R} a number with three decimals
     * @param label queries of one label give the same values; empty for none
     * @param expected what the script states; empty where it states nothing
     */
    record Query(int line, String sql, String types, SortMode sort, String label, Optional<Expected> expected)
            implements Step {}
}
