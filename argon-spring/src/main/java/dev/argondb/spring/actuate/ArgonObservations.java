package dev.argondb.spring.actuate;

import dev.argondb.Argon;
import dev.argondb.ArgonListener;
import dev.argondb.ConflictException;
import dev.argondb.ConstraintException;
import dev.argondb.ListenerRegistration;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import org.jspecify.annotations.Nullable;

/**
 * Observations of what a database works at, each with the key {@code outcome}: {@code argon.commit}, {@code argon.materialize},
 * {@code argon.rollback} (a branch is moved back), {@code argon.merge.plan}, {@code argon.snapshot}, {@code argon.retain}. With Boot's handlers they are timers,
 * and spans where tracing is on.
 *
 * <p>Thread-safe.
 */
public final class ArgonObservations implements ArgonListener, AutoCloseable {

    private final ObservationRegistry registry;
    private final ListenerRegistration registration;

    /** Observes a database until it is closed. */
    public ArgonObservations(Argon argon, ObservationRegistry registry) {
        this.registry = registry;
        this.registration = argon.listen(this::started);
    }

    @Override
    public Running started(Work work) {
        Observation observation =
                Observation.createNotStarted(name(work), registry).start();
        return (entries, failure) -> {
            if (failure != null) {
                observation.error(failure);
            }
            observation.lowCardinalityKeyValue("outcome", outcome(failure)).stop();
        };
    }

    private static String name(Work work) {
        return switch (work) {
            case COMMIT -> "argon.commit";
            case MATERIALIZE -> "argon.materialize";
            case RESET -> "argon.rollback";
            case PLAN -> "argon.merge.plan";
            case SNAPSHOT -> "argon.snapshot";
            case RETAIN -> "argon.retain";
        };
    }

    private static String outcome(@Nullable Throwable failure) {
        if (failure == null) {
            return "success";
        }
        if (failure instanceof ConflictException) {
            return "conflict";
        }
        return failure instanceof ConstraintException ? "constraint" : "error";
    }

    @Override
    public void close() {
        registration.close();
    }
}
