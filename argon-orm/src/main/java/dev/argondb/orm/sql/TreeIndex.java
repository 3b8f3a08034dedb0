package dev.argondb.orm.sql;

import dev.argondb.engine.state.CollectionView;
import dev.argondb.engine.state.Record;
import dev.argondb.engine.tree.KeyRange;
import dev.argondb.engine.work.UnitOfWork;
import org.h2.engine.SessionLocal;
import org.h2.index.Cursor;
import org.h2.index.IndexType;
import org.h2.table.IndexColumn;
import org.jspecify.annotations.Nullable;

/** A secondary index: a tree of its own. As thread-safe as {@link ArgonIndex}. */
final class TreeIndex extends TupleIndex {

    private int specId;

    TreeIndex(
            ArgonTable table,
            int id,
            String name,
            IndexColumn[] columns,
            int uniqueColumns,
            IndexType type,
            int specId) {
        super(table, id, name, columns, uniqueColumns, type);
        this.specId = specId;
    }

    /** Returns the id under which the schema knows it. */
    int specId() {
        return specId;
    }

    /** Takes another id, at the end of a DDL statement that built this index in place of an older one. */
    void identify(int newSpecId) {
        specId = newSpecId;
    }

    private int position(CollectionView view) {
        return view.schema().indexPosition(specId);
    }

    @Override
    Cursor scan(UnitOfWork work, KeyRange range, boolean descending) {
        CollectionView view = argonTable.view(work);
        int position = position(view);
        argonTable.recordRead(work, position, range);
        return new RowCursor.OfEntries((TableFormat) view.format(), view.index(position, range, descending), view);
    }

    @Override
    @Nullable
    Record single(UnitOfWork work, byte[] key) {
        CollectionView view = argonTable.view(work);
        int position = position(view);
        KeyRange range = KeyRange.prefix(key);
        argonTable.recordRead(work, position, range);
        return view.firstInIndex(position, range);
    }

    @Override
    public void remove(SessionLocal session) {
        argonTable.dropIndex(this);
    }
}
