package dev.argondb.orm.sql;

import dev.argondb.engine.schema.SchemaObject;

/** The field of a dropped column as an object of the schema, named {@code table id/field}. Stateless, thread-safe. */
final class DroppedField {

    private DroppedField() {}

    static SchemaObject of(int id, int tableId, String field) {
        SchemaKind kind = SchemaKind.DROPPED_FIELD;
        return new SchemaObject(id, kind.text(), tableId + "/" + field, kind.ordinal(), "", null);
    }

    /** Returns the id of its table. */
    static int table(SchemaObject object) {
        return Integer.parseInt(object.name().substring(0, object.name().indexOf('/')));
    }

    static String field(SchemaObject object) {
        return object.name().substring(object.name().indexOf('/') + 1);
    }
}
