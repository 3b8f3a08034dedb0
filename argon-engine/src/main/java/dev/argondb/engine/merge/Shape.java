package dev.argondb.engine.merge;

import dev.argondb.engine.schema.CollectionSchema;
import dev.argondb.engine.state.CollectionFormat;
import dev.argondb.engine.state.CollectionView;
import org.jspecify.annotations.Nullable;

/**
 * What a collection looks like and how its documents are read, without the documents.
 *
 * <p>Immutable.
 */
record Shape(CollectionSchema schema, CollectionFormat format) {

    static @Nullable Shape of(@Nullable CollectionView view) {
        return view == null ? null : new Shape(view.schema(), view.format());
    }
}
