package dev.argondb.engine;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.UUID;

/**
 * What the engine takes from outside: the clock. The only place that reads the time of day, so that a simulation can
 * drive it.
 *
 * <p>Immutable, thread-safe.
 */
public record Environment(Clock clock) {

    /** The machine's own clock. */
    public static final Environment SYSTEM = new Environment(Clock.systemUTC());

    /** Returns the time. */
    public Instant now() {
        return clock.instant();
    }

    /** Returns the time in microseconds since the epoch. */
    public long nowMicros() {
        return ChronoUnit.MICROS.between(Instant.EPOCH, clock.instant());
    }

    /** Returns an id that nothing else has. */
    public UUID newId() {
        return UUID.randomUUID();
    }

    /** Returns the instant of a time in microseconds since the epoch. */
    public static Instant instantOf(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }
}
