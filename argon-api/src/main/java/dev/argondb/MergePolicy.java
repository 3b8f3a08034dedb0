package dev.argondb;

import java.util.Collections;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * What a merge has to know of the data beyond its schema: the roles of columns.
 *
 * <p>Immutable. {@code BranchSessionFactory} of argon-orm fills it in from the mappings of the entities.
 *
 * @param roles by collection and column, both in lower case
 */
public record MergePolicy(Map<String, Map<String, ColumnRole>> roles) {

    /** Knows of no roles: every column is merged by its values. */
    public static final MergePolicy NONE = new MergePolicy(Map.of());

    public MergePolicy {
        Map<String, Map<String, ColumnRole>> copy = new HashMap<>();
        roles.forEach((collection, columns) -> copy.put(collection, Map.copyOf(columns)));
        roles = Collections.unmodifiableMap(copy);
    }

    /**
     * Returns this policy with the role of one more column.
     *
     * @param collection the table, such as {@code orders}, or {@code sales.orders} outside the default schema
     */
    public MergePolicy with(String collection, String column, ColumnRole role) {
        Map<String, Map<String, ColumnRole>> more = new HashMap<>(roles);
        Map<String, ColumnRole> columns =
                new HashMap<>(more.getOrDefault(collection.toLowerCase(Locale.ROOT), Map.of()));
        columns.put(column.toLowerCase(Locale.ROOT), role);
        more.put(collection.toLowerCase(Locale.ROOT), columns);
        return new MergePolicy(more);
    }

    /** Returns the role of a column, if it has one. */
    public Optional<ColumnRole> role(String collection, String column) {
        return Optional.ofNullable(roles.getOrDefault(collection.toLowerCase(Locale.ROOT), Map.of())
                .get(column.toLowerCase(Locale.ROOT)));
    }
}
