package dev.argondb.orm.sql;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import org.h2.engine.SessionLocal;
import org.h2.index.MetaIndex;
import org.h2.message.DbException;
import org.h2.result.Row;
import org.h2.result.SearchRow;
import org.h2.schema.Schema;
import org.h2.table.Column;
import org.h2.table.IndexColumn;
import org.h2.table.MetaTable;
import org.h2.value.TypeInfo;
import org.h2.value.Value;

/**
 * One read-only table of schema {@code argon}: its rows are made for each statement.
 *
 * <p>As thread-safe as H2's tables.
 */
final class SystemTable extends MetaTable {

    /** What the tables hold. The column of an index narrows down what is made. */
    enum Content {
        BRANCHES(SystemRows::branches, -1),
        TAGS(SystemRows::tags, -1),
        COMMITS(SystemRows::commits, 0),
        ENTRIES(SystemRows::entries, 0),
        STORAGE(SystemRows::storage, -1),
        FINDINGS(SystemRows::findings, -1);

        private final BiFunction<SystemRows, SystemRows.Lsns, List<Value[]>> rows;
        private final int indexedColumn;

        Content(BiFunction<SystemRows, SystemRows.Lsns, List<Value[]>> rows, int indexedColumn) {
            this.rows = rows;
            this.indexedColumn = indexedColumn;
        }
    }

    private final Content content;

    SystemTable(Schema schema, int id, Content content) {
        super(schema, id, content.ordinal());
        this.content = content;
        setMetaTableName(content.name());
        Column[] made = columns(content);
        if (content.indexedColumn >= 0) {
            indexColumn = content.indexedColumn;
            metaIndex = new MetaIndex(this, IndexColumn.wrap(new Column[] {made[indexColumn]}), false);
        }
        setColumns(made);
    }

    private Column[] columns(Content of) {
        return switch (of) {
            case BRANCHES ->
                new Column[] {
                    text("NAME"),
                    number("ID"),
                    text("PARENT"),
                    number("BASE_LSN"),
                    number("HEAD_LSN"),
                    number("EPOCH"),
                    truth("PRIVATE_SEQUENCES"),
                    truth("IS_CURRENT")
                };
            case TAGS -> new Column[] {text("NAME"), number("LSN"), time("CREATED_AT")};
            case COMMITS ->
                new Column[] {
                    number("LSN"),
                    number("FIRST_LSN"),
                    text("BRANCH"),
                    number("BRANCH_ID"),
                    number("PARENT_LSN"),
                    number("MERGE_PARENT_LSN"),
                    time("COMMITTED_AT"),
                    text("AUTHOR"),
                    text("MESSAGE"),
                    number("ENTRIES")
                };
            case ENTRIES ->
                new Column[] {
                    number("COMMIT_LSN"),
                    number("LSN"),
                    text("OPERATION"),
                    text("COLLECTION"),
                    text("DOCUMENT_ID"),
                    number("PREVIOUS_LSN"),
                    column("AFTER", TypeInfo.TYPE_JSON),
                    column("BEFORE", TypeInfo.TYPE_JSON),
                    text("ENTITY")
                };
            case STORAGE ->
                new Column[] {
                    number("LOG_BYTES"),
                    number("COLD_BYTES"),
                    number("PAGE_BYTES"),
                    number("CACHED_BYTES"),
                    number("SNAPSHOTS"),
                    number("CHECKPOINT_LSN"),
                    number("WATERMARK_LSN"),
                    text("FAILURE")
                };
            case FINDINGS -> new Column[] {text("PLACE"), number("LSN"), text("WHAT")};
        };
    }

    private Column text(String name) {
        return column(name, TypeInfo.TYPE_VARCHAR);
    }

    private Column number(String name) {
        return column(name, TypeInfo.TYPE_BIGINT);
    }

    private Column truth(String name) {
        return column(name, TypeInfo.TYPE_BOOLEAN);
    }

    private Column time(String name) {
        return column(name, TypeInfo.TYPE_TIMESTAMP_TZ);
    }

    @Override
    public ArrayList<Row> generateRows(SessionLocal session, SearchRow first, SearchRow last) {
        SystemRows.Lsns lsns = new SystemRows.Lsns(bound(first, 1), bound(last, Long.MAX_VALUE));
        ArrayList<Row> rows = new ArrayList<>();
        for (Value[] values : content.rows.apply(SystemRows.of(SqlSession.hostOf(session)), lsns)) {
            rows.add(Row.get(values, 1, rows.size()));
        }
        return rows;
    }

    private long bound(SearchRow row, long otherwise) {
        if (row == null || metaIndex == null) {
            return otherwise;
        }
        Value value = row.getValue(indexColumn);
        return value == null || value.getValueType() == Value.NULL ? otherwise : value.getLong();
    }

    @Override
    public long getMaxDataModificationId() {
        return Long.MAX_VALUE; // never taken from a cache of results
    }

    @Override
    public void checkWritingAllowed() {
        throw DbException.getUnsupportedException(
                "writing to " + getTraceSQL() + ", which is read-only; use the functions argon_...");
    }
}
