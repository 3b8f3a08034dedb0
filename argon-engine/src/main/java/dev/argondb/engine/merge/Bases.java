package dev.argondb.engine.merge;

import dev.argondb.engine.branch.BranchGraph;
import dev.argondb.engine.branch.CommitPoint;
import dev.argondb.engine.schema.CollectionSchema;
import dev.argondb.engine.state.Changes;
import dev.argondb.engine.state.Changes.Change;
import dev.argondb.engine.state.CollectionFormat;
import dev.argondb.engine.state.CollectionState;
import dev.argondb.engine.state.DatabaseState;
import dev.argondb.engine.state.Record;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import org.bson.BsonDocument;
import org.jspecify.annotations.Nullable;

/**
 * What both sides began with: mostly one state; where they merged each other crosswise, several.
 *
 * <p>Several bases are merged, document by document, with what they began with themselves, as git's recursive strategy does with
 * files; where that conflicts, the base is unknown and equals neither side.
 *
 * <p>Confined to one thread.
 */
final class Bases {

    /** The commits on both sides, by their LSNs. */
    private record Pair(long a, long b) {}

    private final BranchGraph graph;
    private final List<CommitPoint> points;
    private final Map<Pair, List<CommitPoint>> ancestors = new HashMap<>();

    /** One or more bases, newest first. */
    Bases(BranchGraph graph, List<CommitPoint> points) {
        this.graph = graph;
        this.points = points;
    }

    boolean isSingle() {
        return points.size() == 1;
    }

    CommitPoint newest() {
        return points.get(0);
    }

    DatabaseState newestState() {
        return newest().state();
    }

    /** Returns what may have changed since the bases in one collection, in key order; before is the document of the newest base. */
    List<Change> changes(int collectionId, @Nullable CollectionState now) {
        List<Change> changes = Changes.of(newestState().collection(collectionId), now);
        if (isSingle()) {
            return changes;
        }
        Map<Place, Change> all = new TreeMap<>();
        changes.forEach(change -> all.put(new Place(collectionId, change.key()), change));
        for (CommitPoint other : points.subList(1, points.size())) {
            for (Change change : Changes.of(other.state().collection(collectionId), now)) {
                all.putIfAbsent(
                        new Place(collectionId, change.key()),
                        new Change(
                                change.key(),
                                find(newest(), new Place(collectionId, change.key())),
                                now == null ? null : now.find(change.key())));
            }
        }
        return new ArrayList<>(all.values());
    }

    private static @Nullable Record find(CommitPoint point, Place place) {
        CollectionState collection = point.state().collection(place.collectionId());
        return collection == null ? null : collection.find(place.key());
    }

    /** Returns the fields of a document as both sides began with it; null where there was none. */
    @Nullable
    BsonDocument fields(Place place, CollectionSchema schema, CollectionFormat format) {
        return merged(points, place, schema, format);
    }

    private @Nullable BsonDocument merged(
            List<CommitPoint> from, Place place, CollectionSchema schema, CollectionFormat format) {
        BsonDocument merged = fields(from.get(0), place, format);
        for (CommitPoint other : from.subList(1, from.size())) {
            BsonDocument fields = fields(other, place, format);
            if (!Objects.equals(merged, fields)) {
                BsonDocument before = merged(ancestors(from.get(0), other), place, schema, format);
                merged = merged(before, merged, fields, schema);
            }
        }
        return merged;
    }

    private List<CommitPoint> ancestors(CommitPoint a, CommitPoint b) {
        return ancestors.computeIfAbsent(new Pair(lsn(a), lsn(b)), pair -> graph.commonAncestors(a, b));
    }

    private static long lsn(CommitPoint point) {
        return point.lsn().map(dev.argondb.Lsn::value).orElse(0L);
    }

    private static @Nullable BsonDocument fields(CommitPoint point, Place place, CollectionFormat format) {
        Record record = find(point, place);
        return record == null ? null : format.fields(record.document());
    }

    private static @Nullable BsonDocument merged(
            @Nullable BsonDocument base, @Nullable BsonDocument a, @Nullable BsonDocument b, CollectionSchema schema) {
        if (FieldMerge.isSame(base, a)) {
            return b;
        } else if (FieldMerge.isSame(base, b)) {
            return a;
        } else if (a == null || b == null) {
            return unknown(schema);
        }
        return new FieldMerge(schema, (column, path, old, ours, theirs) -> FieldMerge.UNKNOWN)
                .merge(base == null ? new BsonDocument() : base, a, b);
    }

    private static BsonDocument unknown(CollectionSchema schema) {
        BsonDocument unknown = new BsonDocument();
        schema.columns().forEach(column -> unknown.append(column.field(), FieldMerge.UNKNOWN));
        return unknown;
    }
}
