package dev.argondb.engine.schema;

import org.jspecify.annotations.Nullable;

/**
 * One definition of the schema, as stored: a table, index, constraint, view, sequence, domain and so on.
 *
 * <p>Immutable. Indexes and foreign keys of a table are inside its {@link CollectionSchema}; the objects of their own SQL
 * definitions stand beside it.
 *
 * @param id the object's id, never reused in the database; for a table also its collection's id
 * @param kind what it is, in the language of the layer above: {@code table}, {@code index}, {@code view}, ...
 * @param name its qualified name
 * @param order objects are created in ascending (order, id)
 * @param sql the statement that creates it
 * @param collection what its documents look like, for a table; else null
 */
public record SchemaObject(
        int id,
        String kind,
        String name,
        int order,
        String sql,
        @Nullable CollectionSchema collection) {}
