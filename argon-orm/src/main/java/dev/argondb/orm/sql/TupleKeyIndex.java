package dev.argondb.orm.sql;

import dev.argondb.engine.state.Record;
import dev.argondb.engine.tree.KeyRange;
import dev.argondb.engine.work.UnitOfWork;
import org.h2.engine.SessionLocal;
import org.h2.index.Cursor;
import org.h2.index.IndexType;
import org.h2.table.IndexColumn;
import org.jspecify.annotations.Nullable;

/**
 * A primary key that is no integer: the tree of the documents is ordered by its tuples. As thread-safe as
 * {@link ArgonIndex}.
 */
final class TupleKeyIndex extends TupleIndex {

    TupleKeyIndex(ArgonTable table, int id, String name, IndexColumn[] columns, IndexType type) {
        super(table, id, name, columns, columns.length, type);
    }

    @Override
    Cursor scan(UnitOfWork work, KeyRange range, boolean descending) {
        argonTable.recordRead(work, -1, range);
        return new RowCursor.OfRecords(
                argonTable.format(work), argonTable.view(work).records(range, descending));
    }

    @Override
    @Nullable
    Record single(UnitOfWork work, byte[] key) {
        KeyWriter full = new KeyWriter();
        full.putPlain(key);
        byte[] documentKey = KeyEncoding.documentKey(full);
        argonTable.recordRead(work, -1, KeyRange.prefix(documentKey));
        return argonTable.view(work).get(documentKey);
    }

    @Override
    public void remove(SessionLocal session) {
        argonTable.dropKey();
    }
}
