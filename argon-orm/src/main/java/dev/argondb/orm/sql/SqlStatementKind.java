package dev.argondb.orm.sql;

/** What a statement does, as far as whoever runs it must know. */
public enum SqlStatementKind {
    /** Returns rows and writes nothing. */
    QUERY,
    /** Writes rows: insert, update, delete, merge, truncate, or a query over such a statement. */
    CHANGE,
    /** Changes the schema. */
    DDL,
    /** Creates, alters or drops a temporary table, which is the session's own and no part of the schema. */
    LOCAL_TEMP_DDL,
    /** Begins or ends a transaction, or sets a savepoint. */
    TRANSACTION,
    /** Changes a setting of the session. */
    SET,
    /** Anything else that H2 may run as it stands. */
    OTHER,
    /** Would reach for files, addresses, Java code or the database's own administration; never runs. */
    REFUSED
}
