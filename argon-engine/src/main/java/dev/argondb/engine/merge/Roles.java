package dev.argondb.engine.merge;

import dev.argondb.ColumnRole;
import dev.argondb.InvalidRequestException;
import dev.argondb.engine.schema.ColumnSpec;
import dev.argondb.engine.state.CollectionFormat;
import java.math.BigDecimal;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.Temporal;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.bson.BsonDocument;
import org.bson.BsonValue;
import org.jspecify.annotations.Nullable;

/**
 * The columns of one collection that are merged by what they are for.
 *
 * <p>Immutable.
 */
final class Roles {

    /** From the finest step of a time that a column may hold to the coarsest. */
    private static final List<Duration> STEPS =
            List.of(Duration.ofNanos(1000), Duration.ofMillis(1), Duration.ofSeconds(1));

    private final CollectionFormat format;
    private final List<ColumnSpec> columns;
    private final Map<Integer, ColumnRole> roles;

    /**
     * @param roles by the positions of the columns
     */
    Roles(CollectionFormat format, List<ColumnSpec> columns, Map<Integer, ColumnRole> roles) {
        this.format = format;
        this.columns = columns;
        this.roles = Map.copyOf(roles);
    }

    boolean isEmpty() {
        return roles.isEmpty();
    }

    boolean has(int column) {
        return roles.containsKey(column);
    }

    /**
     * Sets the values of these columns in a document that is written over ours.
     *
     * @param bothChanged whether it is neither side's document as it was
     */
    void apply(BsonDocument merged, Map<String, Object> ours, Map<String, Object> theirs, boolean bothChanged) {
        roles.forEach((column, role) -> {
            String name = columns.get(column).name();
            value(column, role, ours.get(name), theirs.get(name), bothChanged)
                    .ifPresent(value -> merged.put(columns.get(column).field(), value));
        });
    }

    private Optional<BsonValue> value(
            int column, ColumnRole role, @Nullable Object ours, @Nullable Object theirs, boolean bothChanged) {
        if (ours == null || theirs == null) {
            return Optional.ofNullable(ours == null ? theirs : ours).map(value -> format.bson(column, value));
        }
        int order = order(column, role, ours, theirs);
        Object highest = order < 0 ? theirs : ours;
        boolean isNewAlready = !bothChanged && order < 0;
        return role == ColumnRole.UPDATE_TIME || isNewAlready
                ? Optional.of(format.bson(column, highest))
                : next(column, highest);
    }

    /**
     * Checks that the values of these columns can be what their roles say.
     *
     * @throws InvalidRequestException if one cannot
     */
    void require(Map<String, Object> ours, Map<String, Object> theirs) {
        roles.forEach((column, role) -> {
            Object mine = ours.get(columns.get(column).name());
            Object other = theirs.get(columns.get(column).name());
            if (mine != null && other != null) {
                order(column, role, mine, other);
            }
        });
    }

    private int order(int column, ColumnRole role, Object ours, Object theirs) {
        return compare(ours, theirs)
                .orElseThrow(() -> new InvalidRequestException("column `"
                        + columns.get(column).name() + "` holds a "
                        + ours.getClass().getSimpleName()
                        + " and cannot be a " + role + " column; numbers and times can"));
    }

    private static Optional<Integer> compare(Object a, Object b) {
        if (a instanceof Number x && b instanceof Number y) {
            return Optional.of(new BigDecimal(x.toString()).compareTo(new BigDecimal(y.toString())));
        } else if (a instanceof OffsetDateTime x && b instanceof OffsetDateTime y) {
            return Optional.of(x.toInstant().compareTo(y.toInstant()));
        } else if (a instanceof Temporal && a.getClass() == b.getClass()) {
            return Optional.of(compareSame(a, b));
        }
        return Optional.empty();
    }

    @SuppressWarnings("unchecked") // all times of java.time that a column may hold compare to their like
    private static int compareSame(Object a, Object b) {
        return ((Comparable<Object>) a).compareTo(b);
    }

    /** Returns the next higher value that the column can hold. */
    private Optional<BsonValue> next(int column, Object value) {
        if (value instanceof Number number) {
            return Optional.of(format.bson(column, new BigDecimal(number.toString()).add(BigDecimal.ONE)));
        }
        BsonValue present = format.bson(column, value);
        if (!((Temporal) value).isSupported(ChronoUnit.MICROS)) {
            return Optional.of(present);
        }
        return STEPS.stream()
                .map(step -> format.bson(column, ((Temporal) value).plus(step)))
                .filter(later -> !later.equals(present))
                .findFirst();
    }
}
