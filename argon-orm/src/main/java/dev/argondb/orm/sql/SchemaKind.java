package dev.argondb.orm.sql;

import org.h2.constraint.Constraint;
import org.h2.engine.DbObject;
import org.h2.table.MaterializedView;

/** The kinds of objects in a schema, in the order in which they are created. */
enum SchemaKind {
    SCHEMA("schema"),
    DOMAIN("domain"),
    SEQUENCE("sequence"),
    CONSTANT("constant"),
    TABLE("table"),
    INDEX("index"),
    /** A primary key or a unique constraint: foreign keys need them. */
    KEY("key"),
    CONSTRAINT("constraint"),
    VIEW("view"),
    SYNONYM("synonym"),
    COMMENT("comment"),
    /** The field of a column that was dropped; documents may still have it, so no other column may take it. */
    DROPPED_FIELD("dropped field");

    private final String text;

    SchemaKind(String text) {
        this.text = text;
    }

    /** Returns its name in the stored schema. */
    String text() {
        return text;
    }

    /** Returns the kind of one of H2's objects. */
    static SchemaKind of(DbObject object) {
        return switch (object.getType()) {
            case DbObject.SCHEMA -> SCHEMA;
            case DbObject.DOMAIN -> DOMAIN;
            case DbObject.SEQUENCE -> SEQUENCE;
            case DbObject.CONSTANT -> CONSTANT;
            case DbObject.INDEX -> INDEX;
            case DbObject.CONSTRAINT ->
                ((Constraint) object).getConstraintType().isUnique() ? KEY : CONSTRAINT;
            case DbObject.SYNONYM -> SYNONYM;
            case DbObject.COMMENT -> COMMENT;
            default -> ofTable(object);
        };
    }

    private static SchemaKind ofTable(DbObject object) {
        if (object instanceof ArgonTable) {
            return TABLE;
        }
        if (object instanceof MaterializedView) {
            throw org.h2.message.DbException.getUnsupportedException(
                    "materialized views: create a table from the query, or a plain view");
        }
        return VIEW;
    }
}
