package dev.argondb.engine.state;

import dev.argondb.engine.schema.CollectionSchema;
import org.jspecify.annotations.Nullable;

/**
 * Makes the formats of collections.
 *
 * <p>Thread-safe.
 */
public interface DocumentFormat {

    /**
     * Returns the format of a collection.
     *
     * @param schema what it looks like
     * @param previous the format of the same collection before its schema changed, or null; documents it decoded may still
     *     stand in the tree, so the new format must read them as well
     */
    CollectionFormat format(CollectionSchema schema, @Nullable CollectionFormat previous);
}
