package dev.argondb.engine.sim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argondb.BranchOptions;
import dev.argondb.Commit;
import dev.argondb.Lsn;
import dev.argondb.Ref;
import dev.argondb.UnknownRefException;
import dev.argondb.engine.ArgonDatabase;
import dev.argondb.engine.Environment;
import dev.argondb.engine.StorageSettings;
import dev.argondb.engine.log.FileLogSettings;
import dev.argondb.engine.model.Shop;
import dev.argondb.engine.state.CollectionState;
import dev.argondb.engine.state.DatabaseState;
import dev.argondb.engine.state.Record;
import dev.argondb.engine.tree.KeyRange;
import dev.argondb.engine.tree.TreeCursor;
import dev.argondb.engine.volume.DirectoryVolume;
import dev.argondb.engine.work.Isolation;
import dev.argondb.engine.work.UnitOfWork;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import org.jspecify.annotations.Nullable;

/**
 * A database that threads work on, and what it must say.
 *
 * <p>Rows come in groups that one commit writes; a row's value holds the commit's stamp and a checksum of its id and that. The
 * model keeps the stamps of each branch, and of recent commits the sum over all rows, so that a whole state of the past is
 * compared exactly. One thread at a time writes to a branch. Reopening waits for all, and nobody works meanwhile.
 */
final class Soak implements AutoCloseable {

    private static final int GROUPS = 1500;
    private static final int ROWS = 8;
    private static final int MOST_BRANCHES = 6;
    private static final int MOST_RECORDED = 300;
    private static final int CHECK_BITS = 24;

    /** A commit of a branch, and the sum over the rows of its state. */
    private record Recorded(long lsn, long sum) {}

    /** What a branch must hold; guarded by itself. */
    private static final class BranchModel {
        final String name;
        final long[] stamps;
        final Deque<Recorded> recorded = new ArrayDeque<>();
        long sum;
        boolean gone;

        BranchModel(String name, long[] stamps, long sum) {
            this.name = name;
            this.stamps = stamps;
            this.sum = sum;
        }

        void record(long lsn) {
            recorded.addLast(new Recorded(lsn, sum));
            if (recorded.size() > MOST_RECORDED) {
                recorded.removeFirst();
            }
        }
    }

    /** Something a thread does again and again. */
    @FunctionalInterface
    private interface Task {
        void run(Random random) throws IOException;
    }

    private final DirectoryVolume volume;
    private final FileLogSettings logSettings;
    private final StorageSettings settings;
    private final long seed;
    private final ReentrantReadWriteLock running = new ReentrantReadWriteLock(true);
    private final Map<String, BranchModel> branches = new ConcurrentHashMap<>();
    private final Map<String, Long> counts = new ConcurrentHashMap<>();
    private final AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
    private final List<Thread> threads = new ArrayList<>();
    private volatile boolean stopped;
    private volatile ArgonDatabase database;
    private long nextStamp = 1;
    private int names;

    Soak(Path directory, FileLogSettings logSettings, StorageSettings settings, long seed) throws IOException {
        this.volume = DirectoryVolume.at(directory);
        this.logSettings = logSettings;
        this.settings = settings;
        this.seed = seed;
        this.database = open();
        fill();
    }

    private ArgonDatabase open() {
        return ArgonDatabase.open(volume, logSettings, settings, Shop.FORMAT, Environment.SYSTEM);
    }

    private void fill() {
        UnitOfWork work = database.begin(Ref.parse("main"), Isolation.SNAPSHOT);
        work.changeSchema(Shop.schema(Shop.WITH_INDEX));
        BranchModel main = new BranchModel("main", new long[GROUPS], 0);
        for (int group = 0; group < GROUPS; group++) {
            main.sum += put(work, group, 0, true);
        }
        commit(work, main);
        branches.put("main", main);
    }

    ArgonDatabase database() {
        return database;
    }

    /** Returns what was done so far, and how often. */
    Map<String, Long> counts() {
        return new TreeMap<>(counts);
    }

    // ---- threads

    void start() {
        run("writer-1", this::write);
        run("writer-2", this::write);
        run("head-reader", this::readHead);
        run("past-reader", this::readPast);
        run("brancher", this::changeBranches);
        run("maintenance", this::maintain);
    }

    private void run(String name, Task task) {
        Random random = new Random(seed + threads.size());
        Thread thread = new Thread(() -> loop(task, random), name);
        thread.start();
        threads.add(thread);
    }

    private void loop(Task task, Random random) {
        while (!stopped && failure.get() == null) {
            running.readLock().lock();
            try {
                task.run(random);
            } catch (IOException | RuntimeException | Error e) {
                failure.compareAndSet(null, e);
            } finally {
                running.readLock().unlock();
            }
        }
    }

    /** Fails if a thread did. */
    void requireHealthy() {
        Throwable failed = failure.get();
        if (failed != null) {
            throw new AssertionError("seed " + seed + ", after " + counts() + ": " + failed, failed);
        }
    }

    /** Ends the threads; fails if one did. */
    void stop() {
        end();
        requireHealthy();
    }

    private void end() {
        stopped = true;
        threads.forEach(Soak::join);
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Closes and opens the database while nobody works on it, and compares all heads. */
    void reopen() {
        running.writeLock().lock();
        try {
            requireHealthy();
            database.close();
            database = open();
            compareEverything();
            count("reopened");
        } finally {
            running.writeLock().unlock();
        }
    }

    @Override
    public void close() {
        end();
        database.close();
    }

    private void count(String what) {
        counts.merge(what, 1L, Long::sum);
    }

    private BranchModel anyBranch(Random random) {
        List<BranchModel> all = List.copyOf(branches.values());
        return random.nextInt(3) == 0
                ? Objects.requireNonNull(branches.get("main"))
                : all.get(random.nextInt(all.size()));
    }

    // ---- writing

    private void write(Random random) {
        BranchModel branch = anyBranch(random);
        synchronized (branch) {
            if (branch.gone) {
                return;
            }
            UnitOfWork work = database.begin(Ref.parse(branch.name), Isolation.SNAPSHOT);
            long stamp = takeStamp();
            for (int i = 1 + random.nextInt(4); i > 0; i--) {
                int group = random.nextInt(GROUPS);
                branch.sum -= sum(group, branch.stamps[group]);
                branch.sum += put(work, group, stamp, false);
                branch.stamps[group] = stamp;
            }
            commit(work, branch);
        }
        count("commits");
    }

    private synchronized long takeStamp() {
        return nextStamp++;
    }

    private static void commit(UnitOfWork work, BranchModel branch) {
        Commit commit = work.commit("soak", "").orElseThrow();
        branch.record(commit.lsn().value());
    }

    /** Writes the rows of a group, and returns their sum. */
    private static long put(UnitOfWork work, int group, long stamp, boolean isNew) {
        for (int i = 0; i < ROWS; i++) {
            long id = (long) group * ROWS + i;
            Shop.Row row = Shop.maker(id, value(id, stamp));
            if (isNew) {
                work.insert(Shop.MAKERS, id, row);
            } else {
                assertThat(work.update(Shop.MAKERS, id, row)).as("row " + id).isTrue();
            }
        }
        return sum(group, stamp);
    }

    private static long value(long id, long stamp) {
        return stamp << CHECK_BITS | check(id, stamp);
    }

    private static long check(long id, long stamp) {
        long mixed = (id * 0x9E3779B97F4A7C15L) ^ (stamp * 0xC2B2AE3D27D4EB4FL);
        return (mixed ^ mixed >>> 29) & ((1 << CHECK_BITS) - 1);
    }

    private static long sum(int group, long stamp) {
        long sum = 0;
        for (int i = 0; i < ROWS; i++) {
            long id = (long) group * ROWS + i;
            sum += term(id, value(id, stamp));
        }
        return sum;
    }

    private static long term(long id, long value) {
        return (id + 1) * 31 ^ value * 0x9E3779B97F4A7C15L;
    }

    // ---- reading

    private void readHead(Random random) {
        BranchModel branch = anyBranch(random);
        UnitOfWork work;
        long expected;
        synchronized (branch) {
            if (branch.gone) {
                return;
            }
            work = database.begin(Ref.parse(branch.name), Isolation.SNAPSHOT);
            expected = branch.sum;
        }
        try {
            compare(branch.name, work.base(), expected);
        } finally {
            work.rollback();
        }
        count("heads read");
    }

    private void readPast(Random random) {
        BranchModel branch = anyBranch(random);
        Recorded recorded;
        synchronized (branch) {
            if (branch.recorded.isEmpty()) {
                return;
            }
            List<Recorded> all = List.copyOf(branch.recorded);
            recorded = all.get(random.nextInt(all.size()));
        }
        UnitOfWork work;
        try {
            work = database.beginReadOnly(new Ref.AtLsn(branch.name, new Lsn(recorded.lsn())));
        } catch (UnknownRefException e) {
            expectGone(branch, recorded, e);
            return;
        }
        try {
            compare(branch.name + "@" + recorded.lsn(), work.base(), recorded.sum());
        } finally {
            work.rollback();
        }
        count("past states read");
    }

    private void expectGone(BranchModel branch, Recorded recorded, UnknownRefException e) {
        boolean reclaimed = String.valueOf(e.getMessage()).contains("was reclaimed by retention");
        if (reclaimed) {
            assertThat(recorded.lsn())
                    .as(e.getMessage())
                    .isLessThan(database.storage().watermark());
            count("past states reclaimed");
        } else {
            synchronized (branch) {
                boolean isKnown = branch.recorded.contains(recorded);
                assertThat(branch.gone || !isKnown).as(e.getMessage()).isTrue();
            }
        }
    }

    private static void compare(String where, DatabaseState state, long expected) {
        CollectionState makers = Objects.requireNonNull(state.collection(Shop.MAKERS), where);
        long sum = 0;
        long count = 0;
        TreeCursor<Record> cursor = makers.records(KeyRange.ALL, false);
        while (cursor.next()) {
            long id = cursor.longKey();
            Object found = makers.format().values(cursor.value().document()).get("value");
            long value = (Long) Objects.requireNonNull(found);
            if ((value & ((1 << CHECK_BITS) - 1)) != check(id, value >> CHECK_BITS)) {
                throw new AssertionError(where + ": row " + id + " holds " + value + ", which was never written");
            }
            sum += term(id, value);
            count++;
        }
        assertThat(count).as(where).isEqualTo((long) GROUPS * ROWS);
        assertThat(sum).as("sum over the rows of " + where).isEqualTo(expected);
    }

    /** Compares all heads, and some of what is recorded of the past. */
    void compareEverything() {
        assertThat(database.branches().stream().map(branch -> branch.name()).toList())
                .containsExactlyInAnyOrderElementsOf(branches.keySet());
        for (BranchModel branch : branches.values()) {
            synchronized (branch) {
                compare(branch.name, database.state(Ref.parse(branch.name)), branch.sum);
            }
        }
    }

    // ---- branches and storage

    private void changeBranches(Random random) {
        pause();
        int choice = random.nextInt(10);
        if (choice < 5) {
            fork(anyBranch(random));
        } else if (choice < 8) {
            drop(anyBranch(random));
        } else {
            reset(anyBranch(random));
        }
    }

    private void fork(BranchModel parent) {
        if (branches.size() >= MOST_BRANCHES) {
            drop(parent);
            return;
        }
        synchronized (parent) {
            if (!parent.gone) {
                String name = "b" + names++;
                database.createBranch(name, Ref.parse(parent.name), BranchOptions.DEFAULT);
                branches.put(name, new BranchModel(name, parent.stamps.clone(), parent.sum));
                count("branches made");
            }
        }
    }

    private void drop(BranchModel branch) {
        synchronized (branch) {
            if (!branch.gone && !branch.name.equals("main")) {
                branch.gone = true;
                branches.remove(branch.name);
                database.deleteBranch(branch.name);
                count("branches dropped");
            }
        }
    }

    /** Takes the last commit of a branch back, after one made for that. */
    private void reset(BranchModel branch) {
        synchronized (branch) {
            if (branch.gone || branch.recorded.isEmpty()) {
                return;
            }
            Recorded target = branch.recorded.getLast();
            UnitOfWork work = database.begin(Ref.parse(branch.name), Isolation.SNAPSHOT);
            put(work, 0, takeStamp(), false);
            assertThat(work.commit("soak", "to be taken back")).isPresent();
            database.resetBranch(branch.name, new Lsn(target.lsn()));
            count("resets");
        }
    }

    private void maintain(Random random) {
        pause();
        int choice = random.nextInt(4);
        if (choice == 0) {
            database.snapshot();
            count("snapshots asked for");
        } else if (choice == 1) {
            database.retain();
            count("retentions asked for");
        } else if (choice == 2) {
            database.pack();
            count("packings asked for");
        }
    }

    private static void pause() {
        try {
            Thread.sleep(40);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
