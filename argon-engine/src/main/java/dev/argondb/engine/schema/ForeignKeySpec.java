package dev.argondb.engine.schema;

import java.util.List;

/**
 * One foreign key: documents of the child collection name documents of the parent collection.
 *
 * <p>Immutable. Kept with the child collection.
 *
 * @param id never reused in the database
 * @param name the constraint's name
 * @param columns positions of the referencing columns in the child
 * @param childIndexId an index of the child that leads with these columns, in some order; {@link #PRIMARY} for its own key
 * @param parentId the parent collection
 * @param parentColumns positions of the referenced columns in the parent, in the order of {@code columns}
 * @param parentIndexId the unique index of the parent over these columns; {@link #PRIMARY} for the parent's own key
 */
public record ForeignKeySpec(
        int id,
        String name,
        List<Integer> columns,
        int childIndexId,
        int parentId,
        List<Integer> parentColumns,
        int parentIndexId) {

    /** In place of an index id: the tree of the documents themselves. */
    public static final int PRIMARY = 0;

    public ForeignKeySpec {
        columns = List.copyOf(columns);
        parentColumns = List.copyOf(parentColumns);
    }
}
