package dev.argondb.orm.sql;

import dev.argondb.ConstraintException;
import dev.argondb.ReadOnlyException;
import dev.argondb.engine.schema.CollectionSchema;
import dev.argondb.engine.state.CollectionView;
import dev.argondb.engine.state.Record;
import dev.argondb.engine.tree.KeyRange;
import dev.argondb.engine.tree.TreeCursor;
import dev.argondb.engine.work.UnitOfWork;
import java.util.ArrayList;
import java.util.List;
import org.h2.command.Prepared;
import org.h2.command.ddl.CreateTableData;
import org.h2.constraint.Constraint;
import org.h2.constraint.ConstraintReferential;
import org.h2.engine.SessionLocal;
import org.h2.index.Index;
import org.h2.index.IndexType;
import org.h2.message.DbException;
import org.h2.result.LocalResult;
import org.h2.result.Row;
import org.h2.result.SearchRow;
import org.h2.schema.Sequence;
import org.h2.table.Column;
import org.h2.table.IndexColumn;
import org.h2.table.TableBase;
import org.h2.table.TableType;
import org.h2.value.TypeInfo;
import org.h2.value.Value;
import org.h2.value.ValueLob;
import org.jspecify.annotations.Nullable;

/**
 * A table whose rows are the documents of a collection, in the unit of work that the reading session is bound to.
 *
 * <p>As thread-safe as H2 needs it: rows belong to units of work; the definition changes only while one session has the
 * catalog.
 */
final class ArgonTable extends TableBase {

    private final Catalog catalog;
    private final String createdName;
    private final RowsIndex rows;
    private final List<Index> indexes = new ArrayList<>();
    private final boolean hasLargeObjects;
    private @Nullable Column rowIdColumn;
    private boolean beingDropped;
    private CollectionSchema collection;

    ArgonTable(CreateTableData data, Catalog catalog, TableDefiner definer) {
        super(data);
        this.catalog = catalog;
        this.createdName = data.tableName;
        this.collection = definer.define(this);
        this.rows = new RowsIndex(this, getId());
        this.hasLargeObjects = hasLargeObjects(getColumns());
        indexes.add(rows);
    }

    /** Finds or makes the collection of a table that H2 creates. */
    @FunctionalInterface
    interface TableDefiner {

        /** Returns what the table's collection looks like. */
        CollectionSchema define(ArgonTable table);
    }

    private static boolean hasLargeObjects(Column[] columns) {
        for (Column column : columns) {
            if (org.h2.value.DataType.isLargeObject(column.getType().getValueType())) {
                return true;
            }
        }
        return false;
    }

    // what the rest of this package asks

    /** Returns what its collection looks like, as this catalog knows it. */
    CollectionSchema collection() {
        return collection;
    }

    /** Takes another definition, at a step or at the end of a DDL statement. */
    void redefine(CollectionSchema redefined) {
        collection = redefined;
    }

    /** Returns the name it was created under; ALTER TABLE renames its copies later. */
    String createdName() {
        return createdName;
    }

    /** Returns its indexes that have trees of their own. */
    List<TreeIndex> treeIndexes() {
        return indexes.stream()
                .filter(TreeIndex.class::isInstance)
                .map(TreeIndex.class::cast)
                .toList();
    }

    /** Returns the primary key that orders the documents, or null where row ids do. */
    @Nullable
    ArgonIndex keyIndex() {
        for (Index index : indexes) {
            if (index instanceof IntegerKeyIndex || index instanceof TupleKeyIndex) {
                return (ArgonIndex) index;
            }
        }
        return null;
    }

    boolean hasLongKeys() {
        return !(keyIndex() instanceof TupleKeyIndex);
    }

    /** Returns the unit of work that a session is bound to, or null: H2's own sessions see no rows. */
    @Nullable
    UnitOfWork work(SessionLocal session) {
        return catalog.work(session);
    }

    CollectionView view(UnitOfWork work) {
        return work.view(collection.id());
    }

    TableFormat format(UnitOfWork work) {
        return (TableFormat) view(work).format();
    }

    void recordRead(UnitOfWork work, int indexPosition, KeyRange range) {
        if (work.isSerializable()) {
            work.recordRead(collection.id(), indexPosition, range);
        }
    }

    /** Returns the row of an integer key, or null. */
    @Nullable
    SqlRow row(UnitOfWork work, long key) {
        CollectionView view = view(work);
        Record record = view.get(key);
        return record == null ? null : ((TableFormat) view.format()).row(record, key);
    }

    private UnitOfWork writing(SessionLocal session) {
        UnitOfWork work = work(session);
        if (work == null) {
            throw new AssertionError("a write to `" + getName() + "` in a session without a unit of work");
        }
        catalog.registerWrite(session, collection.id());
        return work;
    }

    // rows

    @Override
    public void addRow(SessionLocal session, Row row) {
        UnitOfWork work = writing(session);
        CollectionView view = view(work);
        TableFormat format = (TableFormat) view.format();
        Value[] values = ownValues(row);
        try {
            if (format.hasLongKeys()) {
                long key = longKey(format, row);
                row.setKey(key);
                work.insert(collection.id(), key, new SqlRow(format.layout(), values, key));
            } else {
                SqlRow document = new SqlRow(format.layout(), values, rowNumber(row));
                row.setKey(document.getKey());
                work.insert(collection.id(), format.tupleKey(document), document);
            }
        } catch (ConstraintException e) {
            throw violation(e, work, row);
        } catch (ReadOnlyException e) {
            throw SqlErrors.readOnly(e);
        }
    }

    private long longKey(TableFormat format, Row row) {
        if (format.hasKeyColumn()) {
            return row.getValue(format.keyColumn()).getLong();
        }
        long key = row.getKey();
        return key != 0 ? key : catalog.nextRowId();
    }

    private static long rowNumber(Row row) {
        long key = row.getKey();
        return key != 0 ? key : Layout.nextRowNumber();
    }

    /** Returns the row's values, to keep: H2 never changes a row that it has added. */
    private Value[] ownValues(Row row) {
        Value[] values = row instanceof SqlRow shared ? shared.copyOfValues() : row.getValueList();
        if (hasLargeObjects) {
            inlineLargeObjects(values);
        }
        return values;
    }

    private void inlineLargeObjects(Value[] values) {
        for (int i = 0; i < values.length; i++) {
            if (values[i] instanceof ValueLob large) {
                values[i] = LargeObjects.inlined(large);
            }
        }
    }

    @Override
    public void removeRow(SessionLocal session, Row row) {
        UnitOfWork work = writing(session);
        try {
            TableFormat format = format(work);
            if (format.hasLongKeys()) {
                work.delete(collection.id(), presentKey(format, row));
            } else {
                work.delete(collection.id(), format.tupleKey(row));
            }
        } catch (ReadOnlyException e) {
            throw SqlErrors.readOnly(e);
        }
    }

    private static long presentKey(TableFormat format, Row row) {
        return format.hasKeyColumn() ? row.getValue(format.keyColumn()).getLong() : row.getKey();
    }

    @Override
    public void updateRow(SessionLocal session, Row oldRow, Row newRow) {
        if (format(writing(session)).hasSameKey(oldRow, newRow)) {
            updateInPlace(session, oldRow, newRow);
        } else {
            newRow.setKey(oldRow.getKey());
            removeRow(session, oldRow);
            addRow(session, newRow);
        }
    }

    /** Exchanges a row for one of the same key. */
    private void updateInPlace(SessionLocal session, Row oldRow, Row newRow) {
        newRow.setKey(oldRow.getKey());
        UnitOfWork work = writing(session);
        try {
            replace(work, format(work), newRow);
        } catch (ConstraintException e) {
            throw violation(e, work, newRow);
        } catch (ReadOnlyException e) {
            throw SqlErrors.readOnly(e);
        }
    }

    private void replace(UnitOfWork work, TableFormat format, Row newRow) {
        Value[] values = ownValues(newRow);
        if (format.hasLongKeys()) {
            long key = presentKey(format, newRow);
            work.update(collection.id(), key, new SqlRow(format.layout(), values, key));
        } else {
            SqlRow document = new SqlRow(format.layout(), values, rowNumber(newRow));
            work.update(collection.id(), format.tupleKey(document), document);
        }
    }

    /**
     * Updates rows that keep their key and their unique values in place; takes all others away before it adds the first of
     * them again, so that values may change hands within one statement.
     */
    @Override
    public void updateRows(Prepared prepared, SessionLocal session, LocalResult changes) {
        TableFormat format = format(writing(session));
        List<Row> toAdd = new ArrayList<>();
        int count = 0;
        while (changes.next()) {
            if ((++count & 127) == 0) {
                prepared.checkCanceled();
            }
            Row before = changes.currentRowForTable();
            changes.next();
            Row after = changes.currentRowForTable();
            if (format.hasSameKey(before, after) && hasSameUniqueValues(before, after)) {
                updateInPlace(session, before, after);
            } else {
                removeRow(session, before);
                after.setKey(before.getKey());
                toAdd.add(after);
            }
        }
        for (Row row : toAdd) {
            addRow(session, row);
        }
    }

    private boolean hasSameUniqueValues(Row before, Row after) {
        for (Index index : indexes) {
            if (index instanceof TreeIndex tree) {
                for (int i = 0; i < tree.getUniqueColumnCount(); i++) {
                    if (!TableFormat.sameValue(before, after, tree.getColumns()[i].getColumnId())) {
                        return false;
                    }
                }
            }
        }
        return true;
    }

    private DbException violation(ConstraintException e, UnitOfWork work, Row row) {
        if (e.kind() != ConstraintException.Kind.UNIQUE) {
            return SqlErrors.of(e);
        }
        for (TreeIndex index : treeIndexes()) {
            if (index.specId() == e.objectId()) {
                return index.duplicate(row);
            }
        }
        if (keyIndex() instanceof TupleKeyIndex key) {
            return key.duplicate(row);
        }
        Row present = row(work, row.getKey());
        return rows.duplicateKey(present == null ? row : present);
    }

    @Override
    public long truncate(SessionLocal session) {
        UnitOfWork work = writing(session);
        CollectionView view = view(work);
        long count = view.size();
        try {
            deleteAll(work, view);
        } catch (ReadOnlyException e) {
            throw SqlErrors.readOnly(e);
        }
        return count;
    }

    private void deleteAll(UnitOfWork work, CollectionView view) {
        TreeCursor<Record> cursor = view.records(KeyRange.ALL, false);
        boolean longKeys = hasLongKeys();
        while (cursor.next()) {
            if (longKeys) {
                work.delete(collection.id(), cursor.longKey());
            } else {
                work.delete(collection.id(), cursor.key());
            }
        }
    }

    /** Only SELECT ... FOR UPDATE locks: what a statement writes is checked at commit anyway. */
    @Override
    public @Nullable Row lockRow(SessionLocal session, Row row, int timeoutMillis) {
        var command = session.getCurrentCommand();
        if (command == null || !command.isQuery()) {
            return row;
        }
        UnitOfWork work = writing(session);
        TableFormat format = format(work);
        try {
            if (format.hasLongKeys()) {
                work.lock(collection.id(), presentKey(format, row));
            } else {
                work.lock(collection.id(), format.tupleKey(row));
            }
        } catch (ReadOnlyException e) {
            throw SqlErrors.readOnly(e);
        }
        return row;
    }

    @Override
    public boolean isRowLockable() {
        return true;
    }

    @Override
    public @Nullable Row getRow(SessionLocal session, long key) {
        return rows.getRow(session, key);
    }

    @Override
    public long getRowCount(SessionLocal session) {
        UnitOfWork work = work(session);
        if (work == null) {
            return 0;
        }
        recordRead(work, -1, KeyRange.ALL);
        return view(work).size();
    }

    @Override
    public long getRowCountApproximation(@Nullable SessionLocal session) {
        UnitOfWork work = session == null ? null : work(session);
        return work == null ? 0 : view(work).approximateSize();
    }

    @Override
    public boolean canGetRowCount(SessionLocal session) {
        return true;
    }

    // identity values

    @Override
    public void convertInsertRow(SessionLocal session, Row row, @Nullable Boolean overridingSystem) {
        boolean alone = catalog.beginDefinitions();
        try {
            drawAndConvert(session, row, overridingSystem);
        } finally {
            endDefinitions(alone);
        }
    }

    private void endDefinitions(boolean alone) {
        if (alone) {
            catalog.endDefinitions();
        }
    }

    /**
     * Draws the value of an identity column from Argon's allocator before H2 would from its own, which is the same for all
     * branches.
     */
    private void drawAndConvert(SessionLocal session, Row row, @Nullable Boolean overridingSystem) {
        Column identity = getIdentityColumn();
        ArgonSequence sequence = identity == null ? null : catalog.sequence(identity.getSequence());
        if (identity == null || sequence == null || isGiven(row, identity, overridingSystem)) {
            super.convertInsertRow(session, row, overridingSystem);
            return;
        }
        row.setValue(identity.getColumnId(), sequence.draw(writing(session), session));
        super.convertInsertRow(session, row, Boolean.TRUE);
    }

    @Override
    public void convertUpdateRow(SessionLocal session, Row row, boolean fromTrigger) {
        boolean alone = catalog.beginDefinitions();
        try {
            super.convertUpdateRow(session, row, fromTrigger);
        } finally {
            endDefinitions(alone);
        }
    }

    @Override
    public boolean fireBeforeRow(SessionLocal session, @Nullable Row oldRow, @Nullable Row newRow) {
        boolean alone = catalog.beginDefinitions();
        try {
            return super.fireBeforeRow(session, oldRow, newRow);
        } finally {
            endDefinitions(alone);
        }
    }

    @Override
    public void fireAfterRow(SessionLocal session, @Nullable Row oldRow, @Nullable Row newRow, boolean rollback) {
        boolean alone = catalog.beginDefinitions();
        try {
            super.fireAfterRow(session, oldRow, newRow, rollback);
        } finally {
            endDefinitions(alone);
        }
    }

    private static boolean isGiven(Row row, Column identity, @Nullable Boolean overridingSystem) {
        Value value = row.getValue(identity.getColumnId());
        if (value == null || Boolean.FALSE.equals(overridingSystem)) {
            return false;
        }
        return !(value.getValueType() == Value.NULL && identity.isDefaultOnNull());
    }

    // definition

    @Override
    public Index addIndex(
            SessionLocal session,
            String indexName,
            int indexId,
            IndexColumn[] columns,
            int uniqueColumnCount,
            IndexType indexType,
            boolean create,
            @Nullable String indexComment) {
        if (indexType.isSpatial()) {
            throw DbException.getUnsupportedException("spatial index on column `" + columns[0].columnName + "`");
        }
        IndexColumn[] prepared = IndexColumns.prepared(getDatabase(), columns, indexType);
        getDatabase().lockMeta(session);
        ArgonIndex index =
                catalog.createIndex(session, this, indexName, indexId, prepared, uniqueColumnCount, indexType);
        if (index.getCreateSQL() != null) {
            index.setComment(indexComment);
            getDatabase().addSchemaObject(session, index);
        }
        indexes.add(index);
        setModified();
        return index;
    }

    RowsIndex rows() {
        return rows;
    }

    /** The primary key is dropped: the documents keep their keys, which are row ids from now on. */
    void dropKey() {
        catalog.dropKey(this);
    }

    /** An index is dropped. */
    void dropIndex(TreeIndex index) {
        catalog.dropIndex(this, index);
    }

    @Override
    public Index getScanIndex(SessionLocal session) {
        return rows;
    }

    @Override
    public List<Index> getIndexes() {
        return indexes;
    }

    @Override
    public int getMainIndexColumn() {
        return keyIndex() instanceof IntegerKeyIndex key ? key.getColumns()[0].getColumnId() : SearchRow.ROWID_INDEX;
    }

    @Override
    public @Nullable Column getRowIdColumn() {
        if (!hasLongKeys()) {
            return null;
        }
        Column column = rowIdColumn;
        if (column == null) {
            column = new Column(Column.ROWID, TypeInfo.TYPE_BIGINT, this, SearchRow.ROWID_INDEX);
            column.setRowId(true);
            column.setNullable(false);
            rowIdColumn = column;
        }
        return column;
    }

    /** Returns whether H2 is dropping it, with all its indexes. */
    boolean isBeingDropped() {
        return beingDropped;
    }

    @Override
    public void removeChildrenAndResources(SessionLocal session) {
        beingDropped = true;
        catalog.dropTable();
        getDatabase().lockMeta(session);
        super.removeChildrenAndResources(session);
        while (indexes.size() > 1) { // all but the scan index, which is no schema object
            Index index = indexes.get(1);
            indexes.remove(index);
            if (index.getName() != null) {
                getDatabase().removeSchemaObject(session, index);
            }
        }
        indexes.clear();
        invalidate();
    }

    @Override
    public void close(SessionLocal session) {
        // nothing is open
    }

    @Override
    public void checkSupportAlter() {
        // it may be altered
    }

    @Override
    public TableType getTableType() {
        return TableType.TABLE;
    }

    @Override
    public boolean canDrop() {
        return true;
    }

    @Override
    public boolean canTruncate() {
        if (!getCheckForeignKeyConstraints() || !getDatabase().getReferentialIntegrity()) {
            return true;
        }
        for (Constraint constraint : getConstraints()) {
            if (constraint instanceof ConstraintReferential key
                    && key.getRefTable().getId() == getId()) {
                return false;
            }
        }
        return true;
    }

    /** H2 may reuse results; {@link #getMaxDataModificationId} says for how long. */
    @Override
    public boolean isDeterministic() {
        return true;
    }

    @Override
    public long getMaxDataModificationId() {
        Binding binding = Binding.running(catalog);
        return binding == null ? Long.MAX_VALUE : binding.changedAt(collection.id());
    }

    /** Returns the sequence behind its identity column, or null. */
    @Nullable
    Sequence identitySequence() {
        Column identity = getIdentityColumn();
        return identity == null ? null : identity.getSequence();
    }
}
