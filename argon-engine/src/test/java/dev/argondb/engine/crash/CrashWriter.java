package dev.argondb.engine.crash;

import dev.argondb.BranchOptions;
import dev.argondb.Ref;
import dev.argondb.engine.ArgonDatabase;
import dev.argondb.engine.Environment;
import dev.argondb.engine.log.FileLog;
import dev.argondb.engine.log.FileLogSettings;
import dev.argondb.engine.log.SyncMode;
import dev.argondb.engine.model.Shop;
import dev.argondb.engine.volume.DirectoryVolume;
import dev.argondb.engine.work.Isolation;
import dev.argondb.engine.work.UnitOfWork;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The process that is killed: threads commit transactions of {@link #ROWS} rows each and print {@code BRANCH ID} once a commit
 * is acknowledged.
 */
final class CrashWriter {

    /** Rows a transaction writes: all or none must be found. */
    static final int ROWS = 5;

    /** Small segments, so that kills fall into the change from one to the next as well. */
    static final FileLogSettings SETTINGS = new FileLogSettings(SyncMode.STRICT, Duration.ofMillis(100), 1 << 15);

    static final String[] BRANCHES = {"main", "feature"};

    private CrashWriter() {}

    /** Opens the database of a directory. */
    static ArgonDatabase open(Path directory) throws IOException {
        return ArgonDatabase.open(
                FileLog.open(DirectoryVolume.at(directory), SETTINGS), Shop.FORMAT, Environment.SYSTEM);
    }

    /** Runs until it is killed. Arguments: the directory, and the first transaction id. */
    public static void main(String[] arguments) throws IOException {
        ArgonDatabase database = open(Path.of(arguments[0]));
        prepare(database);
        AtomicLong ids = new AtomicLong(Long.parseLong(arguments[1]));
        System.out.println("ready");
        for (int i = 0; i < 3; i++) {
            String branch = BRANCHES[i % BRANCHES.length];
            new Thread(() -> write(database, branch, ids)).start();
        }
    }

    private static void prepare(ArgonDatabase database) {
        if (database.findBranch(BRANCHES[1]).isEmpty()) {
            UnitOfWork work = database.begin(Ref.parse("main"), Isolation.SNAPSHOT);
            work.changeSchema(Shop.SCHEMA);
            work.commit("writer", "schema");
            database.createBranch(BRANCHES[1], Ref.parse("main"), BranchOptions.DEFAULT);
        }
    }

    private static void write(ArgonDatabase database, String branch, AtomicLong ids) {
        while (true) {
            long id = ids.getAndIncrement();
            UnitOfWork work = database.begin(Ref.parse(branch), Isolation.SNAPSHOT);
            for (int i = 0; i < ROWS; i++) {
                long key = id * ROWS + i;
                work.insert(Shop.MAKERS, key, Shop.maker(key, id));
            }
            work.commit("writer", "transaction " + id);
            System.out.println(branch + " " + id);
        }
    }
}
