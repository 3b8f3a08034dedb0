package dev.argondb.orm.sql;

import dev.argondb.engine.state.CollectionView;
import dev.argondb.engine.state.DocumentKeys;
import dev.argondb.engine.state.Record;
import dev.argondb.engine.tree.TreeCursor;
import java.util.Objects;
import org.h2.index.Cursor;
import org.h2.message.DbException;
import org.h2.result.Row;
import org.h2.result.SearchRow;
import org.jspecify.annotations.Nullable;

/** Walks over rows for H2. Confined. */
abstract class RowCursor implements Cursor {

    final TableFormat format;
    private @Nullable SqlRow row;

    RowCursor(TableFormat format) {
        this.format = format;
    }

    /** Over the documents themselves. */
    static final class OfRecords extends RowCursor {

        private final TreeCursor<Record> cursor;

        OfRecords(TableFormat format, TreeCursor<Record> cursor) {
            super(format);
            this.cursor = cursor;
        }

        @Override
        boolean step() {
            return cursor.next();
        }

        @Override
        SqlRow read() {
            return format.row(cursor.value(), format.hasLongKeys() ? cursor.longKey() : 0);
        }
    }

    /** Over the entries of an index, and from each to its document. */
    static final class OfEntries extends RowCursor {

        private final TreeCursor<Object> cursor;
        private final CollectionView view;
        private @Nullable Record record;
        private long key;

        OfEntries(TableFormat format, TreeCursor<Object> cursor, CollectionView view) {
            super(format);
            this.cursor = cursor;
            this.view = view;
        }

        /** Entries whose document the running statement has deleted meanwhile are passed over. */
        @Override
        boolean step() {
            while (cursor.next()) {
                key = format.hasLongKeys() ? DocumentKeys.ofIndexKey(cursor.key()) : 0;
                record = format.hasLongKeys() ? view.get(key) : view.get((byte[]) cursor.value());
                if (record != null) {
                    return true;
                }
            }
            return false;
        }

        @Override
        SqlRow read() {
            return format.row(Objects.requireNonNull(record), key);
        }
    }

    abstract boolean step();

    abstract SqlRow read();

    @Override
    public boolean next() {
        row = null;
        return step();
    }

    @Override
    public Row get() {
        SqlRow current = row;
        if (current == null) {
            current = read();
            row = current;
        }
        return current;
    }

    @Override
    public SearchRow getSearchRow() {
        return get();
    }

    @Override
    public boolean previous() {
        throw DbException.getUnsupportedException("previous");
    }
}
