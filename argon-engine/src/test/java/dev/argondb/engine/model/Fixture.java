package dev.argondb.engine.model;

import dev.argondb.BranchOptions;
import dev.argondb.Lsn;
import dev.argondb.Ref;
import dev.argondb.engine.ArgonDatabase;
import dev.argondb.engine.Environment;
import dev.argondb.engine.StorageSettings;
import dev.argondb.engine.log.FileLogSettings;
import dev.argondb.engine.log.Log;
import dev.argondb.engine.log.MemLog;
import dev.argondb.engine.state.CollectionState;
import dev.argondb.engine.state.DatabaseState;
import dev.argondb.engine.state.Record;
import dev.argondb.engine.tree.KeyRange;
import dev.argondb.engine.tree.TreeCursor;
import dev.argondb.engine.volume.Volume;
import dev.argondb.engine.work.Isolation;
import dev.argondb.engine.work.UnitOfWork;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.Objects;
import java.util.TreeMap;
import java.util.function.Function;

/** A database of a {@link Shop}, and a vocabulary for tests of it. */
public final class Fixture implements AutoCloseable {

    private final ArgonDatabase database;
    private final SteppingClock clock;

    /** Opens a shop over a log; an empty one gets the schema. */
    public Fixture(Log log) {
        this(clock -> ArgonDatabase.open(log, Shop.FORMAT, new Environment(clock)));
    }

    /** Opens a shop in the files of a volume; an empty one gets the schema. */
    public Fixture(Volume volume, StorageSettings settings) {
        this(clock ->
                ArgonDatabase.open(volume, FileLogSettings.DEFAULT, settings, Shop.FORMAT, new Environment(clock)));
    }

    private Fixture(Function<Clock, ArgonDatabase> open) {
        clock = new SteppingClock();
        database = open.apply(clock);
        if (database.lastLsn() == 1) {
            UnitOfWork work = begin("main");
            work.changeSchema(Shop.SCHEMA);
            commit(work);
        }
    }

    /** Opens an empty shop in memory. */
    public static Fixture inMemory() {
        return new Fixture(new MemLog());
    }

    /** A clock that stands still until it is set. */
    public static final class SteppingClock extends Clock {
        private volatile Instant now = Instant.parse("2026-11-23T10:00:00Z");

        public void set(String instant) {
            now = Instant.parse(instant);
        }

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            return this;
        }

        @Override
        public Instant instant() {
            return now;
        }
    }

    public ArgonDatabase database() {
        return database;
    }

    public SteppingClock clock() {
        return clock;
    }

    public UnitOfWork begin(String ref) {
        return database.begin(Ref.parse(ref), Isolation.SNAPSHOT);
    }

    public UnitOfWork beginSerializable(String ref) {
        return database.begin(Ref.parse(ref), Isolation.SERIALIZABLE);
    }

    public Lsn commit(UnitOfWork work) {
        return work.commit("ann", "test").orElseThrow().lsn();
    }

    /** Sets the value of a maker on a branch, in a commit of its own. */
    public Lsn setMaker(String branch, long id, long value) {
        UnitOfWork work = begin(branch);
        putMaker(work, id, value);
        return commit(work);
    }

    /** Sets the value of a maker. */
    public void putMaker(UnitOfWork work, long id, long value) {
        if (!work.update(Shop.MAKERS, id, Shop.maker(id, value))) {
            work.insert(Shop.MAKERS, id, Shop.maker(id, value));
        }
    }

    public void branch(String name, String from) {
        database.createBranch(name, Ref.parse(from), BranchOptions.DEFAULT);
    }

    /** Returns the makers of a ref, id to value. */
    public TreeMap<Long, Long> makers(String ref) {
        return makers(database.state(Ref.parse(ref)));
    }

    /** Returns the makers of a state, id to value. */
    public static TreeMap<Long, Long> makers(DatabaseState state) {
        TreeMap<Long, Long> makers = new TreeMap<>();
        CollectionState collection = state.collection(Shop.MAKERS);
        if (collection != null) {
            TreeCursor<Record> cursor = collection.records(KeyRange.ALL, false);
            while (cursor.next()) {
                Object value =
                        collection.format().values(cursor.value().document()).get("value");
                makers.put(cursor.longKey(), (Long) Objects.requireNonNull(value));
            }
        }
        return makers;
    }

    @Override
    public void close() {
        database.close();
    }
}
