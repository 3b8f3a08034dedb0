package dev.argondb.engine.schema;

/** How the documents of a collection are keyed in its tree. */
public enum KeyKind {
    /** Eight bytes: an integer primary key, or a row id where there is no primary key. */
    LONG,
    /** A memcomparable tuple of the primary key's values. */
    TUPLE
}
