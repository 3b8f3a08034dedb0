package dev.argondb.engine.sim;

import dev.argondb.Lsn;
import dev.argondb.engine.ArgonDatabase;
import dev.argondb.engine.Environment;
import dev.argondb.engine.Retention;
import dev.argondb.engine.StorageSettings;
import dev.argondb.engine.log.FileLogSettings;
import dev.argondb.engine.log.SyncMode;
import dev.argondb.engine.model.Shop;
import dev.argondb.engine.volume.Volume;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Random;

/** Opens a database of a {@link Shop} as the simulation wants it: everything small, so that everything happens often. */
final class SimulatedDatabase {

    /**
     * How a database is opened; nothing of it runs by itself.
     */
    record Settings(FileLogSettings log, StorageSettings storage) {

        static Settings of(Random random) {
            SyncMode mode = random.nextInt(5) == 0 ? SyncMode.RELAXED : SyncMode.STRICT;
            FileLogSettings log = new FileLogSettings(mode, Duration.ofDays(1), 600 + random.nextInt(3000));
            StorageSettings storage = StorageSettings.DEFAULT
                    .withoutBackground()
                    .withCacheBytes(List.of(1L, 5_000L, 1_000_000L).get(random.nextInt(3)))
                    .withRetention(retention(random));
            return new Settings(log, storage);
        }

        private static Retention retention(Random random) {
            return switch (random.nextInt(3)) {
                case 0 -> Retention.ALL;
                case 1 -> new Retention.From(new Lsn(1 + random.nextInt(80)));
                default -> new Retention.Window(Duration.ofSeconds(1 + random.nextInt(60)));
            };
        }

        /** Returns whether a power cut may take what was acknowledged but not yet synced. */
        boolean mayLoseUnsynced() {
            return log.syncMode() == SyncMode.RELAXED;
        }
    }

    private SimulatedDatabase() {}

    static ArgonDatabase open(Volume volume, Settings settings, Clock clock) {
        return ArgonDatabase.open(volume, settings.log(), settings.storage(), Shop.FORMAT, new Environment(clock));
    }
}
