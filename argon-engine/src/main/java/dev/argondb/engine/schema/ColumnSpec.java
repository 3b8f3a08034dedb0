package dev.argondb.engine.schema;

/**
 * One column of a collection.
 *
 * <p>Immutable.
 *
 * @param name its present name
 * @param field the name of its field in documents; stays when the column is renamed, is never reused in the collection
 * @param type its type in the language of the layer above (SQL)
 * @param missing what a document without the field has in this column, in the language of the layer above; empty for null
 */
public record ColumnSpec(String name, String field, String type, String missing) {}
