package dev.argondb.spring.actuate;

import dev.argondb.Argon;
import dev.argondb.ArgonListener;
import dev.argondb.ListenerRegistration;
import dev.argondb.StorageStatus;
import io.micrometer.core.instrument.Counter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.binder.BaseUnits;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.ToDoubleFunction;

/**
 * Meters of what a database holds: {@code argon.branches}, {@code argon.wal.entries}, {@code argon.merge.conflicts}, and for one in files {@code argon.wal.bytes},
 * {@code argon.wal.cold.bytes}, {@code argon.page.bytes}, {@code argon.cache.bytes}, {@code argon.snapshots},
 * {@code argon.checkpoint.lag}.
 *
 * <p>Thread-safe. Closing it ends the counting, not the meters.
 */
public final class ArgonMeters implements MeterBinder, AutoCloseable {

    private final Argon argon;
    private final List<ListenerRegistration> registrations = new CopyOnWriteArrayList<>();

    /** Meters of a database. */
    public ArgonMeters(Argon argon) {
        this.argon = argon;
    }

    @Override
    public void bindTo(MeterRegistry registry) {
        Gauge.builder("argon.branches", argon, database -> database.branches().size())
                .description("Live branches")
                .register(registry);
        count(registry);
        if (!StorageReading.isInMemory(argon)) {
            bindStorage(registry);
        }
    }

    private void count(MeterRegistry registry) {
        Counter entries = counter(registry, "argon.wal.entries", "Entries of the log that commits wrote");
        Counter conflicts =
                counter(registry, "argon.merge.conflicts", "Conflicts that plans of merges and reverts met");
        registrations.add(argon.listen(work -> switch (work) {
            case COMMIT -> (count, failure) -> entries.increment(count);
            case PLAN -> (count, failure) -> conflicts.increment(count);
            default -> ArgonListener.Running.UNHEARD;
        }));
    }

    private static Counter counter(MeterRegistry registry, String name, String what) {
        return Counter.builder(name).description(what).register(registry);
    }

    private void bindStorage(MeterRegistry registry) {
        bytes(registry, "argon.wal.bytes", "Log in the directory", StorageStatus::logBytes);
        bytes(registry, "argon.wal.cold.bytes", "Log in the cold tier", StorageStatus::coldBytes);
        bytes(registry, "argon.page.bytes", "Files of pages", StorageStatus::pageBytes);
        bytes(registry, "argon.cache.bytes", "Heap of decoded pages", StorageStatus::cachedBytes);
        Gauge.builder("argon.snapshots", argon, database -> database.storage().snapshots())
                .description("States that are written down as pages")
                .register(registry);
        Gauge.builder(
                        "argon.checkpoint.lag",
                        argon,
                        database -> StorageReading.entriesBehindCheckpoint(database, database.storage()))
                .description("Entries of the log that opening would read")
                .register(registry);
    }

    private void bytes(MeterRegistry registry, String name, String what, ToDoubleFunction<StorageStatus> figure) {
        Gauge.builder(name, argon, database -> figure.applyAsDouble(database.storage()))
                .description(what)
                .baseUnit(BaseUnits.BYTES)
                .register(registry);
    }

    @Override
    public void close() {
        registrations.forEach(ListenerRegistration::close);
    }
}
