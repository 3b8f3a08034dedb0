package dev.argondb.orm.sql;

import dev.argondb.engine.schema.CollectionSchema;
import dev.argondb.engine.schema.ColumnSpec;
import dev.argondb.engine.state.CollectionFormat;
import dev.argondb.engine.state.DocumentFormat;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Reads the documents of a database as SQL rows.
 *
 * <p>Thread-safe.
 */
public final class SqlFormat implements DocumentFormat {

    private final ConcurrentHashMap<List<ColumnSpec>, Layout> layouts = new ConcurrentHashMap<>();

    /** A format for one database. */
    public SqlFormat() {}

    @Override
    public CollectionFormat format(CollectionSchema schema, @Nullable CollectionFormat previous) {
        return new TableFormat(schema, layouts.computeIfAbsent(withoutNames(schema.columns()), Layout::new));
    }

    /** A renamed column is the same field: its rows need no adaption. */
    private static List<ColumnSpec> withoutNames(List<ColumnSpec> columns) {
        return columns.stream()
                .map(column -> new ColumnSpec("", column.field(), column.type(), column.missing()))
                .toList();
    }
}
