package dev.argondb.engine.work;

/** What a commit checks when other commits came between. */
public enum Isolation {
    /** Documents written and locked: the first committer wins. Write skew is possible. */
    SNAPSHOT,
    /** What was read as well, ranges included. */
    SERIALIZABLE
}
