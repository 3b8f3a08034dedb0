package dev.argondb.engine.state;

import dev.argondb.ConstraintException;
import dev.argondb.engine.schema.CollectionSchema;

/** The errors of violated keys. */
final class Violations {

    private Violations() {}

    static ConstraintException unique(CollectionSchema schema, int indexId, Object documentId) {
        int position = schema.indexPosition(indexId);
        String key = position < 0
                ? "primary key"
                : "unique key `" + schema.indexes().get(position).name() + "`";
        return new ConstraintException(
                ConstraintException.Kind.UNIQUE,
                schema.name(),
                indexId,
                "the " + key + " of `" + schema.name() + "` already has the value of document `" + documentId + "`");
    }
}
