package dev.argondb.engine.branch;

import dev.argondb.engine.log.LogEntry;
import dev.argondb.engine.log.LogRecord.CommitRecord;
import dev.argondb.engine.schema.CollectionSchema;
import dev.argondb.engine.state.CollectionFormat;
import dev.argondb.engine.state.CollectionState;
import dev.argondb.engine.state.CollectionView;
import dev.argondb.engine.state.DatabaseState;
import dev.argondb.engine.state.Record;
import dev.argondb.engine.tree.KeyRange;
import dev.argondb.engine.tree.Keys;
import dev.argondb.engine.tree.TreeCursor;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * One collection at a past moment, as long as only single documents of it are read.
 *
 * <p>A document that a later state holds, and that was not written since the moment, is the same now as then. Of one that was
 * written since, the log knows what was before each write: the entry that wrote it names the one before it, and so on down to
 * the moment. A document that was deleted or made since the moment leaves no such trail; then the state is materialized.
 *
 * <p>Thread-safe.
 */
final class PastCollection implements CollectionView {

    /** Writes of one document that are followed back; with more, materializing the state is no slower. */
    private static final int MOST_WRITES = 64;

    private final PastState moment;
    private final CollectionState later;

    PastCollection(PastState moment, CollectionState later) {
        this.moment = moment;
        this.later = later;
    }

    @Override
    public CollectionSchema schema() {
        return later.schema();
    }

    @Override
    public CollectionFormat format() {
        return later.format();
    }

    @Override
    public long approximateSize() {
        return later.size();
    }

    @Override
    public @Nullable Record get(long key) {
        return moment.present() != null ? materialized().get(key) : find(Keys.ofLong(key), later.get(key));
    }

    @Override
    public @Nullable Record get(byte[] key) {
        return moment.present() != null ? materialized().get(key) : find(key, later.get(key));
    }

    private @Nullable Record find(byte[] key, @Nullable Record now) {
        if (now != null && now.lsn() <= moment.lsn()) {
            return now;
        }
        LogEntry entry = now == null ? null : entry(key, now.lsn());
        for (int i = 0; i < MOST_WRITES && entry != null && entry.previousLsn() != 0; i++) {
            long lsn = entry.previousLsn();
            DatabaseState below = lsn <= moment.lsn() ? moment.below() : null;
            if (below != null && below.lsn() >= lsn) {
                CollectionState collection = below.collection(schema().id());
                return collection == null ? null : collection.find(key);
            }
            entry = entry(key, lsn);
            if (lsn <= moment.lsn() && entry != null && entry.after() != null) {
                return new Record(lsn, entry.after());
            }
        }
        return materialized().find(key);
    }

    /** Returns the entry that wrote a document, null where the log should be read no more. */
    private @Nullable LogEntry entry(byte[] key, long lsn) {
        CommitRecord commit = moment.read(lsn);
        if (commit == null) {
            return null;
        }
        LogEntry entry = commit.entries().get((int) (lsn - commit.firstLsn()));
        if (entry.collectionId() != schema().id() || !Arrays.equals(entry.key(), key)) {
            throw new AssertionError("lsn " + lsn + " did not write the document that says so");
        }
        return entry;
    }

    private CollectionState materialized() {
        CollectionState collection = moment.state().collection(schema().id());
        if (collection == null) {
            throw new AssertionError("no collection `" + schema().name() + "` at lsn " + moment.lsn());
        }
        return collection;
    }

    @Override
    public long size() {
        return materialized().size();
    }

    @Override
    public TreeCursor<Record> records(KeyRange range, boolean descending) {
        return materialized().records(range, descending);
    }

    @Override
    public TreeCursor<Object> index(int indexPosition, KeyRange range, boolean descending) {
        return materialized().index(indexPosition, range, descending);
    }

    @Override
    public @Nullable Record firstInIndex(int indexPosition, KeyRange range) {
        return materialized().firstInIndex(indexPosition, range);
    }

    @Override
    public long count(int indexPosition, KeyRange range) {
        return materialized().count(indexPosition, range);
    }
}
