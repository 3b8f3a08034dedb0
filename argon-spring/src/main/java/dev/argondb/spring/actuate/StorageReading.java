package dev.argondb.spring.actuate;

import dev.argondb.Argon;
import dev.argondb.StorageStatus;
import java.util.Optional;

/** Reads the storage of a database, where it has one. */
final class StorageReading {

    private static final String IN_MEMORY = "mem:";

    private StorageReading() {}

    /** Returns what the files hold; empty where the database is in memory. */
    static Optional<StorageStatus> of(Argon argon) {
        return isInMemory(argon) ? Optional.empty() : Optional.of(argon.storage());
    }

    static boolean isInMemory(Argon argon) {
        return argon.location().startsWith(IN_MEMORY);
    }

    /** Returns how many entries of the log no checkpoint covers: what opening would read. */
    static long entriesBehindCheckpoint(Argon argon, StorageStatus status) {
        return argon.lastLsn() - status.checkpoint().map(lsn -> lsn.value()).orElse(0L);
    }
}
