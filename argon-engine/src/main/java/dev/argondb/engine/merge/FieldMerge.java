package dev.argondb.engine.merge;

import dev.argondb.engine.schema.CollectionSchema;
import java.util.LinkedHashSet;
import java.util.Objects;
import java.util.Set;
import org.bson.BsonDocument;
import org.bson.BsonUndefined;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * Merges two versions of one document, field by field: nested documents member by member, arrays as a whole.
 *
 * <p>Confined to one thread.
 */
final class FieldMerge {

    /** In a base: a value that equals none, since both sides began with different ones. */
    static final BsonValue UNKNOWN = new BsonUndefined();

    /** Decides what becomes of a field that both changed differently; null for no field. */
    @FunctionalInterface
    interface Decision {
        /**
         * @param column the position of the column that the field is, or is inside of
         * @param path the field, with dots inside nested documents
         */
        @Nullable
        BsonValue of(
                int column,
                String path,
                @Nullable BsonValue base,
                @Nullable BsonValue ours,
                @Nullable BsonValue theirs);
    }

    private final CollectionSchema schema;
    private final Decision decision;

    FieldMerge(CollectionSchema schema, Decision decision) {
        this.schema = schema;
        this.decision = decision;
    }

    /** Returns the merged fields. */
    BsonDocument merge(BsonDocument base, BsonDocument ours, BsonDocument theirs) {
        BsonDocument merged = new BsonDocument();
        for (int i = 0; i < schema.columns().size(); i++) {
            String field = schema.columns().get(i).field();
            BsonValue value =
                    field(i, schema.columns().get(i).name(), base.get(field), ours.get(field), theirs.get(field));
            if (value != null) {
                merged.append(field, value);
            }
        }
        return merged;
    }

    private @Nullable BsonValue field(
            int column, String path, @Nullable BsonValue base, @Nullable BsonValue ours, @Nullable BsonValue theirs) {
        if (Objects.equals(ours, theirs) || isSame(base, theirs)) {
            return ours;
        } else if (isSame(base, ours)) {
            return theirs;
        } else if (ours instanceof BsonDocument mine && theirs instanceof BsonDocument other) {
            return members(column, path, base instanceof BsonDocument old ? old : new BsonDocument(), mine, other);
        }
        return decision.of(column, path, base, ours, theirs);
    }

    /** Returns whether a side is as the base is; where the base is unknown, also in part, it equals nothing. */
    static boolean isSame(@Nullable BsonValue base, @Nullable BsonValue side) {
        return Objects.equals(base, side) && isKnown(base);
    }

    private static boolean isKnown(@Nullable BsonValue base) {
        return base instanceof BsonDocument document
                ? document.values().stream().allMatch(FieldMerge::isKnown)
                : !UNKNOWN.equals(base);
    }

    private BsonDocument members(int column, String path, BsonDocument base, BsonDocument ours, BsonDocument theirs) {
        Set<String> names = new LinkedHashSet<>(ours.keySet());
        names.addAll(theirs.keySet());
        BsonDocument merged = new BsonDocument();
        for (String name : names) {
            BsonValue value = field(column, path + "." + name, base.get(name), ours.get(name), theirs.get(name));
            if (value != null) {
                merged.append(name, value);
            }
        }
        return merged;
    }
}
