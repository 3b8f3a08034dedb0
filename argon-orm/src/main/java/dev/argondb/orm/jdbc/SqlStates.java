package dev.argondb.orm.jdbc;

/** The SQLStates that Argon itself raises; H2 raises its own beside them. */
final class SqlStates {

    /** The URL or location is malformed, or a setting is unknown. */
    static final String MALFORMED = "08001";

    /** The connection or its database is closed. */
    static final String CLOSED = "08003";

    /** Another process has the directory, or the store fails. */
    static final String UNAVAILABLE = "58030";

    /** The log is damaged. */
    static final String CORRUPT = "58030";

    /** A write on a past moment or on a read-only connection. */
    static final String READ_ONLY = "25006";

    /** Not now: inside a transaction, or only inside one. */
    static final String WRONG_MOMENT = "25001";

    /** A branch, tag or moment that does not exist. */
    static final String UNKNOWN_REF = "3D000";

    /** A ref or name that is malformed, a name that is taken, a value out of range. */
    static final String INVALID_VALUE = "22023";

    /** A savepoint that does not exist, or no longer. */
    static final String UNKNOWN_SAVEPOINT = "3B001";

    /** Another commit came first; run the transaction again. */
    static final String CONFLICT = "40001";

    /** A unique key would be violated. */
    static final String UNIQUE = "23505";

    /** A foreign key would be violated. */
    static final String FOREIGN_KEY = "23503";

    /** SQL that reaches for files, addresses, Java code or administration. */
    static final String REFUSED = "42501";

    /** A temporary table did not outlive a change of the schema by another connection. */
    static final String TEMPORARY_TABLE_LOST = "55006";

    /** Something that Argon does not do. */
    static final String UNSUPPORTED = "0A000";

    private SqlStates() {}
}
