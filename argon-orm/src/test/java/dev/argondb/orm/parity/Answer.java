package dev.argondb.orm.parity;

import java.util.List;

/** What a database says to one step. */
sealed interface Answer {

    /** Returns whether this answer and another are the same; error messages may differ. */
    default boolean agreesWith(Answer other) {
        return equals(other);
    }

    /**
     * A command was carried out.
     *
     * @param rows how many it changed
     */
    record Done(long rows) implements Answer {}

    /**
     * The step was refused.
     *
     * @param sqlState the kind of error
     * @param message for people
     */
    record Refused(String sqlState, String message) implements Answer {
        @Override
        public boolean agreesWith(Answer other) {
            return other instanceof Refused refused && refused.sqlState.equals(sqlState);
        }
    }

    /**
     * A query gave rows.
     *
     * @param columns labels and types
     * @param rowCount how many
     * @param fingerprint of every row and null in it, in the order that counts
     * @param values as the format of scripts renders and orders them
     * @param sample the first rows, for people
     */
    record Rows(List<Column> columns, int rowCount, String fingerprint, Expected values, List<String> sample)
            implements Answer {}

    /** A column of a result. */
    record Column(String label, String type) {
        @Override
        public String toString() {
            return label + " " + type;
        }
    }
}
