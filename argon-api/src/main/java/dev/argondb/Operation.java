package dev.argondb;

/** The kind of a change of one document. */
public enum Operation {
    INSERT,
    UPDATE,
    DELETE
}
