package dev.argondb.engine.branch;

import dev.argondb.engine.branch.Chain.Snapshot;
import dev.argondb.engine.log.LogRecord.CommitRecord;
import dev.argondb.engine.schema.Schema;
import dev.argondb.engine.state.CollectionState;
import dev.argondb.engine.state.CollectionView;
import dev.argondb.engine.state.DatabaseState;
import dev.argondb.engine.state.StateStore;
import dev.argondb.engine.work.PastReads;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A past moment of a chain. Single documents are found without replay, in a state above it and the log ({@link
 * PastCollection}); whatever else is asked for materializes the state.
 *
 * <p>Thread-safe.
 */
final class PastState implements PastReads {

    private final StateRef moment;
    private final Chain chain;
    private final StateRef head;
    private final Materializer materializer;
    private final @Nullable StateStore snapshots;
    /** After so many reads of the log, materializing the state is no slower. */
    private static final int MOST_LOG_READS = 1000;

    private final AtomicInteger logReads = new AtomicInteger();
    private @Nullable Schema schema;

    /**
     * @param moment the moment, on the chain
     * @param chain the chain it was found on, null for the empty state
     * @param head a later state of that chain, or the same
     */
    PastState(
            StateRef moment,
            @Nullable Chain chain,
            StateRef head,
            Materializer materializer,
            @Nullable StateStore snapshots) {
        this.moment = moment;
        this.chain = chain == null ? new Chain(0, null, 0) : chain;
        this.head = head;
        this.materializer = materializer;
        this.snapshots = snapshots;
    }

    @Override
    public long lsn() {
        return moment.lsn();
    }

    @Override
    public synchronized Schema schema() {
        Schema known = schema;
        if (known == null) {
            known = findSchema();
            schema = known;
        }
        return known;
    }

    private Schema findSchema() {
        if (moment.present() != null) {
            return moment.get().schema();
        }
        DatabaseState later = head.present();
        if (later != null && !chain.changesSchema(lsn(), head.lsn())) {
            return later.schema();
        }
        DatabaseState below = below();
        return below == null || chain.changesSchema(below.lsn(), lsn())
                ? moment.get().schema()
                : below.schema();
    }

    /** Returns the nearest snapshot at or below the moment, as a state; or null. */
    @Nullable
    DatabaseState below() {
        Snapshot snapshot = chain.snapshot(lsn());
        return snapshot == null || snapshots == null ? null : snapshots.read(snapshot.page());
    }

    /** Returns a state at or above the moment, under the same schema, that takes no replay; or null. */
    @Nullable
    DatabaseState above() {
        Snapshot snapshot = chain.ownSnapshotFrom(lsn());
        DatabaseState state = null;
        if (snapshot != null && snapshots != null && snapshot.lsn() <= head.lsn()) {
            state = snapshots.read(snapshot.page());
        } else if (head.present() != null) {
            state = head.present();
        }
        return state == null || chain.changesSchema(lsn(), state.lsn()) ? null : state;
    }

    /** Reads the commit that wrote an LSN; null after so many that the state should be materialized instead. */
    @Nullable
    CommitRecord read(long lsn) {
        return logReads.incrementAndGet() > MOST_LOG_READS ? null : materializer.commitThatHolds(lsn);
    }

    @Override
    public @Nullable CollectionView collection(int id) {
        Snapshot own = chain.snapshot(lsn());
        if (moment.present() != null || (own != null && own.lsn() == lsn())) {
            return moment.get().collection(id);
        }
        DatabaseState above = above();
        CollectionState later = above == null ? null : above.collection(id);
        return later == null ? moment.get().collection(id) : new PastCollection(this, later);
    }

    /** Returns the chain it was found on; it and those below hold whatever may be read of it. */
    Chain chain() {
        return chain;
    }

    @Override
    public DatabaseState state() {
        return moment.get();
    }

    /** Gives the states of it that are at hand. */
    void forEachState(Consumer<DatabaseState> taker) {
        for (StateRef ref : List.of(moment, head)) {
            DatabaseState state = ref.present();
            if (state != null) {
                taker.accept(state);
            }
        }
    }

    /** Returns the state if it is at hand. */
    @Nullable
    DatabaseState present() {
        return moment.present();
    }
}
