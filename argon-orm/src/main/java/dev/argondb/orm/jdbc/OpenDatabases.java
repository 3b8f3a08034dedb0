package dev.argondb.orm.jdbc;

import dev.argondb.ClosedException;
import dev.argondb.InvalidRequestException;
import dev.argondb.UnavailableException;
import dev.argondb.engine.ArgonDatabase;
import dev.argondb.engine.Environment;
import dev.argondb.engine.log.FileLogSettings;
import dev.argondb.engine.log.MemLog;
import dev.argondb.engine.volume.DirectoryVolume;
import dev.argondb.orm.sql.SqlEngine;
import dev.argondb.orm.sql.SqlFormat;
import java.io.IOException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * The databases open in this process, by location: each is opened once, shared by all handles and connections, and counted.
 *
 * <p>A file database closes with its last lease. An in-memory one stays, by name, until it is discarded.
 *
 * <p>Thread-safe.
 */
final class OpenDatabases {

    private static final ConcurrentHashMap<String, Shared> BY_KEY = new ConcurrentHashMap<>();

    private OpenDatabases() {}

    /** A database that is open in this process, and how many hold it. The count is guarded by the map's entry. */
    private static final class Shared {
        final Location location;
        final OpenSettings settings;
        final ArgonDatabase database;
        final SqlEngine sql;
        final StatementKinds kinds = new StatementKinds();
        int leases;
        volatile boolean discarded;

        Shared(Location location) {
            this.location = location;
            this.settings =
                    location.kind() == Location.Kind.FILE ? location.wishes().toOpen() : OpenSettings.DEFAULT;
            this.database = open(location, settings);
            this.sql = new SqlEngine(database);
        }

        private static ArgonDatabase open(Location location, OpenSettings settings) {
            return switch (location.kind()) {
                case MEM -> ArgonDatabase.open(new MemLog(), new SqlFormat(), Environment.SYSTEM);
                case FILE ->
                    ArgonDatabase.open(
                            volume(location),
                            FileLogSettings.DEFAULT.withSyncMode(settings.sync()),
                            settings.storage(),
                            new SqlFormat(),
                            Environment.SYSTEM);
            };
        }

        private static DirectoryVolume volume(Location location) {
            try {
                return DirectoryVolume.at(location.directory());
            } catch (IOException e) {
                throw new UnavailableException(
                        "directory `" + location.name() + "` cannot be used: " + e.getMessage(), e);
            }
        }

        Shared leasedFor(Location wanted) {
            wanted.wishes().requireMet(location.key(), settings);
            leases++;
            return this;
        }

        void close() {
            try {
                sql.close();
            } finally {
                database.close();
            }
        }
    }

    /**
     * One holder's share of an open database.
     *
     * <p>Thread-safe.
     */
    static final class Lease implements AutoCloseable {
        private final Shared shared;
        private final AtomicBoolean given = new AtomicBoolean();

        private Lease(Shared shared) {
            this.shared = shared;
        }

        Location location() {
            return shared.location;
        }

        /**
         * Returns the database.
         *
         * @throws ClosedException after {@link #close()}
         */
        ArgonDatabase database() {
            if (given.get()) {
                throw new ClosedException("this handle of `" + shared.location + "` is closed; open another");
            }
            if (shared.discarded) {
                throw new ClosedException("`" + shared.location + "` was discarded; open a new one");
            }
            return shared.database;
        }

        SqlEngine sql() {
            return shared.sql;
        }

        StatementKinds kinds() {
            return shared.kinds;
        }

        /** Returns another share of the same database. */
        Lease another() {
            return lease(shared.location.withoutWishes());
        }

        /** Gives the share back; the last one closes a file database. Idempotent. */
        @Override
        public void close() {
            if (given.compareAndSet(false, true)) {
                giveBack(shared);
            }
        }
    }

    /**
     * Opens or shares the database at a location.
     *
     * @throws InvalidRequestException if it is open with a contradicting setting
     * @throws dev.argondb.UnavailableException if another process has it, or the store fails
     */
    static Lease lease(Location location) {
        Shared shared =
                BY_KEY.compute(location.key(), (key, present) -> (present == null ? new Shared(location) : present)
                        .leasedFor(location));
        return new Lease(shared);
    }

    /** Closing is part of the map's step, so that an opener of the same place waits until the lock on it is free. */
    private static void giveBack(Shared shared) {
        AtomicReference<@Nullable RuntimeException> failure = new AtomicReference<>();
        BY_KEY.computeIfPresent(shared.location.key(), (key, present) -> {
            if (present == shared && --shared.leases == 0 && shared.location.kind() == Location.Kind.FILE) {
                failure.set(closeQuietly(shared));
                return null;
            }
            return present;
        });
        if (failure.get() != null) {
            throw failure.get();
        }
    }

    private static @Nullable RuntimeException closeQuietly(Shared shared) {
        try {
            shared.close();
            return null;
        } catch (RuntimeException e) {
            return e;
        }
    }

    /** Forgets an in-memory database; who holds it gets {@link ClosedException} from then on. */
    static void discard(Location location) {
        if (location.kind() != Location.Kind.MEM) {
            throw new InvalidRequestException("`" + location
                    + "` is not in memory, so it cannot be discarded; close it and delete the directory");
        }
        Shared shared = BY_KEY.remove(location.key());
        if (shared != null) {
            shared.discarded = true;
            shared.close();
        }
    }
}
