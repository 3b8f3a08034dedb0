package dev.argondb.engine.merge;

import dev.argondb.InvalidRequestException;
import dev.argondb.MergeConflict;
import dev.argondb.MergeConflict.Kind;
import dev.argondb.Resolution;
import dev.argondb.engine.branch.Nearest;
import dev.argondb.engine.log.Document;
import dev.argondb.engine.schema.ColumnSpec;
import dev.argondb.engine.state.Record;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Consumer;
import org.bson.BsonDocument;
import org.bson.BsonNull;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * Merges single documents of one collection.
 *
 * <p>What happened to a document on each side, and what comes of it:
 *
 * <pre>
 * ours       theirs     result
 * same       anything   theirs
 * anything   same       ours
 * inserted   inserted   one of them where they are equal, else a conflict
 * deleted    deleted    deleted
 * updated    deleted    a conflict, also the other way round
 * updated    updated    field by field; a conflict for each field that both changed differently
 * </pre>
 *
 * Columns with a {@link Roles role}, and computed ones, count for nothing here.
 *
 * <p>Confined to one thread.
 */
final class DocumentMerge {

    /** What becomes of a document. */
    enum Outcome {
        /** It stays as ours is, since theirs changed nothing. */
        KEEP,
        /** It stays as ours is, since both sides, or a resolution, say the same. */
        AGREED,
        /** It becomes as theirs is. */
        TAKE,
        /** It becomes what neither side has. */
        MIX
    }

    /** What becomes of a document, and what is not decided. */
    record Result(Outcome outcome, @Nullable Document document, List<MergeConflict> conflicts) {}

    private static final Result KEEP = new Result(Outcome.KEEP, null, List.of());
    private static final Result AGREED = new Result(Outcome.AGREED, null, List.of());

    private final MergeTask task;
    private final Resolutions resolutions;
    private final Shape shape;
    private final Roles roles;
    private final Set<Integer> derived;
    private final Consumer<String> applied;

    /**
     * @param derived the positions of computed columns
     * @param applied hears of the conflicts that resolutions decided
     */
    DocumentMerge(
            MergeTask task,
            Resolutions resolutions,
            Shape shape,
            Roles roles,
            Set<Integer> derived,
            Consumer<String> applied) {
        this.task = task;
        this.resolutions = resolutions;
        this.shape = shape;
        this.roles = roles;
        this.derived = derived;
        this.applied = applied;
    }

    /** Merges a document that theirs may have changed since the base. */
    Result merge(Place place, @Nullable Record base, @Nullable Record ours, @Nullable Record theirs) {
        if (ours == null && theirs == null) {
            return AGREED;
        }
        boolean isOursUntouched = task.bases().isSingle() && isSame(base, ours);
        if (isOursUntouched && isWrittenAlike(ours, theirs)) {
            return KEEP;
        } else if (isOursUntouched && (ours == null || roles.isEmpty())) {
            return new Result(Outcome.TAKE, theirs == null ? null : theirs.document(), List.of());
        }
        BsonDocument before = isOursUntouched ? fields(ours) : baseFields(place);
        return merge(new Versions(place, before, fields(ours), fields(theirs), ours, theirs));
    }

    /** Returns whether theirs was written anew, but is the very same. */
    private static boolean isWrittenAlike(@Nullable Record ours, @Nullable Record theirs) {
        return ours != null
                && theirs != null
                && Arrays.equals(ours.document().encode(), theirs.document().encode());
    }

    private static boolean isSame(@Nullable Record base, @Nullable Record ours) {
        if (base == null || ours == null) {
            return base == null && ours == null;
        }
        return base.isSame(ours);
    }

    private @Nullable BsonDocument fields(@Nullable Record record) {
        return record == null ? null : shape.format().fields(record.document());
    }

    private @Nullable BsonDocument baseFields(Place place) {
        return task.bases().fields(place, shape.schema(), shape.format());
    }

    /** The three versions of one document. */
    private record Versions(
            Place place,
            @Nullable BsonDocument base,
            @Nullable BsonDocument ours,
            @Nullable BsonDocument theirs,
            @Nullable Record oursRecord,
            @Nullable Record theirsRecord) {}

    private Result merge(Versions of) {
        BsonDocument ours = of.ours();
        BsonDocument theirs = of.theirs();
        requireRoles(of);
        if (isEqual(of.base(), theirs)) {
            return isRaised(of) ? raised(of) : KEEP;
        } else if (isEqual(ours, theirs)) {
            return AGREED;
        } else if (isEqual(of.base(), ours)) {
            return taken(of);
        } else if (ours == null || theirs == null) {
            return decide(of, Kind.UPDATE_DELETE);
        } else if (of.base() == null) {
            return decide(of, Kind.INSERT_INSERT);
        }
        return mixed(of, of.base(), ours, theirs);
    }

    /** A column that cannot be what its role says would be left out of the merge without a word. */
    private void requireRoles(Versions of) {
        if (of.oursRecord() != null && of.theirsRecord() != null && !roles.isEmpty()) {
            roles.require(
                    shape.format().values(of.oursRecord().document()),
                    shape.format().values(of.theirsRecord().document()));
        }
    }

    /** Returns whether two documents have equal values, but for columns that are merged by what they are for. */
    private boolean isEqual(@Nullable BsonDocument a, @Nullable BsonDocument b) {
        if (a == null || b == null) {
            return a == null && b == null;
        }
        List<ColumnSpec> columns = shape.schema().columns();
        for (int i = 0; i < columns.size(); i++) {
            BsonValue x = a.get(columns.get(i).field());
            boolean isPlain = !roles.has(i) && !derived.contains(i);
            if (isPlain
                    && (FieldMerge.UNKNOWN.equals(x)
                            || !Objects.equals(x, b.get(columns.get(i).field())))) {
                return false;
            }
        }
        return true;
    }

    /** Returns whether theirs only has a higher version or a later time, and ours did not change. */
    private boolean isRaised(Versions of) {
        return of.ours() != null
                && of.theirs() != null
                && Objects.equals(of.base(), of.ours())
                && !Objects.equals(of.base(), of.theirs());
    }

    private Result raised(Versions of) {
        BsonDocument ours = Objects.requireNonNull(of.ours());
        BsonDocument raised = withRoles(of, ours.clone(), false);
        return raised.equals(ours) ? KEEP : written(of, raised, List.of(), Outcome.TAKE);
    }

    private Result taken(Versions of) {
        BsonDocument theirs = of.theirs();
        if (theirs == null || of.ours() == null || roles.isEmpty()) {
            Document document =
                    of.theirsRecord() == null ? null : of.theirsRecord().document();
            return new Result(Outcome.TAKE, document, List.of());
        }
        boolean bothChanged = !Objects.equals(of.base(), of.ours());
        return written(of, withRoles(of, theirs.clone(), bothChanged), List.of(), Outcome.TAKE);
    }

    private BsonDocument withRoles(Versions of, BsonDocument merged, boolean bothChanged) {
        if (of.oursRecord() != null && of.theirsRecord() != null && !roles.isEmpty()) {
            roles.apply(
                    merged,
                    shape.format().values(of.oursRecord().document()),
                    shape.format().values(of.theirsRecord().document()),
                    bothChanged);
        }
        return merged;
    }

    private Result written(Versions of, BsonDocument merged, List<MergeConflict> open, Outcome outcome) {
        return new Result(outcome, shape.format().document(of.place().key(), merged), open);
    }

    // ---- fields

    private Result mixed(Versions of, BsonDocument base, BsonDocument ours, BsonDocument theirs) {
        List<MergeConflict> open = new ArrayList<>();
        FieldMerge.Decision decision = (column, path, old, mine, other) -> roles.has(column) || derived.contains(column)
                ? mine
                : decide(of, column, path, new Sides(old, mine, other), open);
        BsonDocument merged = new FieldMerge(shape.schema(), decision).merge(base, ours, theirs);
        if (isEqual(ours, merged)) {
            return new Result(Outcome.AGREED, null, open);
        }
        return written(of, withRoles(of, merged, true), open, Outcome.MIX);
    }

    /** The three values of one field. */
    private record Sides(
            @Nullable BsonValue base,
            @Nullable BsonValue ours,
            @Nullable BsonValue theirs) {}

    private @Nullable BsonValue decide(Versions of, int column, String path, Sides sides, List<MergeConflict> open) {
        MergeConflict conflict = conflict(of, column, path, sides);
        Resolution resolution = resolutions.of(conflict.id());
        if (resolution == null) {
            open.add(conflict);
            return sides.ours();
        }
        applied.accept(conflict.id());
        if (resolution instanceof Resolution.Value value) {
            return isColumn(column, path) ? shape.format().bson(column, value.value()) : Values.bson(value.value());
        }
        return resolution == Resolution.Side.OURS ? sides.ours() : sides.theirs();
    }

    private boolean isColumn(int column, String path) {
        return shape.schema().columns().get(column).name().equals(path);
    }

    private MergeConflict conflict(Versions of, int column, String path, Sides sides) {
        boolean isColumn = isColumn(column, path);
        Object base = isColumn ? columnValue(of.place(), column, sides.base()) : Values.java(sides.base());
        Object ours = isColumn ? columnValue(of.place(), column, sides.ours()) : Values.java(sides.ours());
        Object theirs = isColumn ? columnValue(of.place(), column, sides.theirs()) : Values.java(sides.theirs());
        String text = "`" + path + "` of " + name(of.place()) + " is " + Values.text(ours) + " on `" + task.target()
                + "` and " + Values.text(theirs) + " on " + task.source() + "; it was " + Values.text(base);
        return new MergeConflict(Kind.FIELD, shape.schema().name(), id(of.place()), path, "", base, ours, theirs, text);
    }

    private Object id(Place place) {
        return shape.format().documentId(place.key());
    }

    private String name(Place place) {
        return "document " + Values.text(id(place)) + " of `" + shape.schema().name() + "`";
    }

    /** Returns a column's value as users see it. */
    private @Nullable Object columnValue(Place place, int column, @Nullable BsonValue value) {
        if (value == null || value.isNull() || FieldMerge.UNKNOWN.equals(value)) {
            return null;
        }
        ColumnSpec spec = shape.schema().columns().get(column);
        BsonDocument fields = new BsonDocument();
        shape.schema().columns().forEach(other -> fields.append(other.field(), BsonNull.VALUE));
        fields.put(spec.field(), value);
        return shape.format()
                .values(shape.format().document(place.key(), fields))
                .get(spec.name());
    }

    // ---- whole documents

    private Result decide(Versions of, Kind kind) {
        MergeConflict conflict = conflict(of, kind);
        Resolution resolution = resolutions.of(conflict.id());
        if (resolution == null) {
            return new Result(Outcome.KEEP, null, List.of(conflict));
        }
        applied.accept(conflict.id());
        if (resolution instanceof Resolution.Value value) {
            BsonDocument known = of.ours() != null ? of.ours() : of.theirs();
            return new Result(
                    Outcome.MIX, document(of.place(), Objects.requireNonNull(known), value.value()), List.of());
        }
        return resolution == Resolution.Side.OURS ? AGREED : taken(of);
    }

    private MergeConflict conflict(Versions of, Kind kind) {
        String text = kind == Kind.INSERT_INSERT
                ? name(of.place()) + " was inserted on `" + task.target() + "` and on " + task.source()
                        + ", with different content"
                : name(of.place()) + " was "
                        + (of.ours() == null ? "deleted" : "changed") + " on `" + task.target() + "` and "
                        + (of.theirs() == null ? "deleted" : "changed") + " on " + task.source();
        return new MergeConflict(
                kind,
                shape.schema().name(),
                id(of.place()),
                "",
                "",
                values(of.place(), of.base()),
                values(of.place(), of.ours()),
                values(of.place(), of.theirs()),
                text);
    }

    private @Nullable Map<String, Object> values(Place place, @Nullable BsonDocument fields) {
        if (fields == null) {
            return null;
        }
        BsonDocument known = new BsonDocument();
        fields.forEach((name, value) -> known.append(name, FieldMerge.UNKNOWN.equals(value) ? BsonNull.VALUE : value));
        return shape.format().values(shape.format().document(place.key(), known));
    }

    /** Returns a value of the base: of a field, or the whole document where the field is empty. */
    @Nullable
    Object baseValue(Place place, String field) {
        Map<String, Object> values = values(place, baseFields(place));
        return values == null || field.isEmpty() ? values : values.get(field);
    }

    /** Returns a value of a document: of a field, or all where the field is empty. */
    @Nullable
    Object value(@Nullable Document document, String field) {
        if (document == null) {
            return null;
        }
        Map<String, Object> values = shape.format().values(document);
        return field.isEmpty() ? values : values.get(field);
    }

    // ---- values of users

    /** Returns the document that a map of its fields says; null for none. */
    @Nullable
    Document document(Place place, Document present, @Nullable Object value) {
        return document(place, shape.format().fields(present), value);
    }

    private @Nullable Document document(Place place, BsonDocument known, @Nullable Object value) {
        if (value == null) {
            return null;
        }
        if (!(value instanceof Map<?, ?> map)) {
            throw new InvalidRequestException("the conflict is about " + name(place)
                    + " as a whole; resolve it by a map of its fields, or null for no document");
        }
        BsonDocument fields = known.clone();
        map.forEach((field, content) -> put(place, fields, String.valueOf(field), content));
        return shape.format().document(place.key(), fields);
    }

    /** Returns a document with another value of a column. */
    Document withValue(Place place, Document present, String column, @Nullable Object value) {
        BsonDocument fields = shape.format().fields(present).clone();
        put(place, fields, column, value);
        return shape.format().document(place.key(), fields);
    }

    private void put(Place place, BsonDocument fields, String column, @Nullable Object value) {
        List<ColumnSpec> columns = shape.schema().columns();
        List<String> names = columns.stream().map(ColumnSpec::name).toList();
        int position = names.indexOf(column);
        if (position < 0) {
            throw new InvalidRequestException(
                    "`" + shape.schema().name() + "` has no field `" + column + "`" + Nearest.to(column, names));
        }
        BsonValue content = shape.format().bson(position, value);
        String field = columns.get(position).field();
        if (shape.schema().keyColumns().contains(position) && !content.equals(fields.get(field))) {
            throw new InvalidRequestException(
                    "`" + column + "` is part of the key of " + name(place) + " and cannot be another value");
        }
        fields.put(field, content);
    }
}
