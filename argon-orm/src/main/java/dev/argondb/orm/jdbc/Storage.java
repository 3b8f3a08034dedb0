package dev.argondb.orm.jdbc;

import dev.argondb.Finding;
import dev.argondb.Lsn;
import dev.argondb.Pin;
import dev.argondb.Ref;
import dev.argondb.StorageStatus;
import dev.argondb.engine.ArgonDatabase;
import java.util.List;
import java.util.Optional;

/** What the engine says of its storage, in the words of the API. Stateless. */
final class Storage {

    private Storage() {}

    static List<Finding> verify(ArgonDatabase database) {
        return database.verify().stream()
                .map(found -> new Finding(found.place(), lsn(found.lsn()), found.what()))
                .toList();
    }

    static StorageStatus status(ArgonDatabase database) {
        dev.argondb.engine.StorageStatus status = database.storage();
        return new StorageStatus(
                status.logBytes(),
                status.coldBytes(),
                status.pageBytes(),
                status.cachedBytes(),
                status.snapshots(),
                lsn(status.checkpointLsn()),
                lsn(status.watermark()),
                status.failure());
    }

    private static Optional<Lsn> lsn(long value) {
        return value == 0 ? Optional.empty() : Optional.of(new Lsn(value));
    }

    static Pin pin(ArgonDatabase database, Ref ref) {
        dev.argondb.engine.Pin pin = database.pin(ref);
        return new Pin() {
            @Override
            public Optional<Lsn> lsn() {
                return pin.lsn();
            }

            @Override
            public void close() {
                pin.close();
            }
        };
    }
}
