package dev.argondb.engine.sim;

import dev.argondb.engine.ArgonDatabase;
import dev.argondb.engine.Environment;
import dev.argondb.engine.log.FileLog;
import dev.argondb.engine.log.FileLogSettings;
import dev.argondb.engine.log.SyncMode;
import dev.argondb.engine.model.Shop;
import dev.argondb.engine.volume.Volume;
import java.time.Clock;
import java.time.Duration;
import java.util.Random;
import java.util.UUID;

/** Opens a database of a {@link Shop} as the simulation wants it: everything small, so that everything happens often. */
final class SimulatedDatabase {

    private static final UUID ID = new UUID(0x0123456789abcdefL, 0x8123456789abcdefL);

    /**
     * How a database is opened.
     *
     * @param log nothing of it runs by itself
     */
    record Settings(FileLogSettings log) {

        static Settings of(Random random) {
            SyncMode mode = random.nextInt(5) == 0 ? SyncMode.RELAXED : SyncMode.STRICT;
            return new Settings(new FileLogSettings(mode, Duration.ofDays(1), 600 + random.nextInt(3000)));
        }

        /** Returns whether a power cut may take what was acknowledged but not yet synced. */
        boolean mayLoseUnsynced() {
            return log.syncMode() == SyncMode.RELAXED;
        }
    }

    private SimulatedDatabase() {}

    static ArgonDatabase open(Volume volume, Settings settings, Clock clock) {
        FileLog log = FileLog.open(volume, settings.log(), () -> ID);
        try {
            return ArgonDatabase.open(log, Shop.FORMAT, new Environment(clock));
        } catch (RuntimeException | Error e) {
            log.close();
            throw e;
        }
    }
}
