package dev.argondb;

import org.jspecify.annotations.Nullable;

/**
 * How a conflict is to end.
 *
 * <p>Immutable.
 */
public sealed interface Resolution {

    /**
     * The target's side. Of a {@linkplain MergeConflict.Kind#UNIQUE violated key}, both documents concerned stay as they are on the
     * target.
     */
    Resolution OURS = Side.OURS;

    /** The source's side. Of a violated key, both documents concerned become as they are on the source. */
    Resolution THEIRS = Side.THEIRS;

    /** Returns another value: of the field, or of the whole document as a map of its fields; null for no value, or no document. */
    static Resolution value(@Nullable Object value) {
        return new Value(value);
    }

    /** One of both sides as it is. */
    enum Side implements Resolution {
        OURS,
        THEIRS
    }

    /** A value that neither side may have. */
    record Value(@Nullable Object value) implements Resolution {}
}
