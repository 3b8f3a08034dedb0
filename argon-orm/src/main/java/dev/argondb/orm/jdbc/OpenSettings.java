package dev.argondb.orm.jdbc;

import dev.argondb.engine.StorageSettings;
import dev.argondb.engine.log.SyncMode;

/**
 * What a database in files is opened with.
 *
 * <p>Immutable.
 *
 * @param sync when a commit returns
 * @param storage how pages and history are kept
 */
record OpenSettings(SyncMode sync, StorageSettings storage) {

    /** A commit returns when it is on disk; storage as it comes. */
    static final OpenSettings DEFAULT = new OpenSettings(SyncMode.STRICT, StorageSettings.DEFAULT);

    OpenSettings withSync(SyncMode other) {
        return new OpenSettings(other, storage);
    }

    OpenSettings withStorage(StorageSettings other) {
        return new OpenSettings(sync, other);
    }
}
