package dev.argondb;

/** What a column is for, where a merge must know it. Such a column never conflicts. */
public enum ColumnRole {

    /**
     * An optimistic-lock version: a document that both sides changed gets the highest of both and one more, so that a copy read
     * on either side before the merge is out of date. Numbers and times can be versions.
     */
    VERSION,

    /** The time of the last update: the later one of both sides. */
    UPDATE_TIME
}
