package dev.argondb.engine.tree;

import org.jspecify.annotations.Nullable;

/** Receives the keys whose values differ between two trees, in key order. */
@FunctionalInterface
public interface DiffVisitor<V> {
    /** One difference: {@code before} is null for an added key, {@code after} for a removed one; never both. */
    void changed(byte[] key, @Nullable V before, @Nullable V after);
}
