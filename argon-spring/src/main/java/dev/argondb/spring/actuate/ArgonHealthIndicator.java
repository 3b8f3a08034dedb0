package dev.argondb.spring.actuate;

import dev.argondb.Argon;
import dev.argondb.StorageStatus;
import org.springframework.boot.health.contributor.AbstractHealthIndicator;
import org.springframework.boot.health.contributor.Health;

/**
 * The health {@code argon}: up while the database is open, takes commits, and its storage does what it should. Details tell how
 * far snapshots lag behind the log.
 *
 * <p>Thread-safe.
 */
public final class ArgonHealthIndicator extends AbstractHealthIndicator {

    private final Argon argon;

    /** Health of a database. */
    public ArgonHealthIndicator(Argon argon) {
        super("the database cannot be read");
        this.argon = argon;
    }

    @Override
    protected void doHealthCheck(Health.Builder builder) {
        builder.up()
                .withDetail("lastLsn", argon.lastLsn())
                .withDetail("branches", argon.branches().size());
        StorageReading.of(argon).ifPresent(status -> addStorage(builder, status));
    }

    private void addStorage(Health.Builder builder, StorageStatus status) {
        builder.withDetail("entriesBehindCheckpoint", StorageReading.entriesBehindCheckpoint(argon, status));
        status.watermark().ifPresent(lsn -> builder.withDetail("watermarkLsn", lsn.value()));
        status.failure().ifPresent(why -> builder.down().withDetail("failure", why));
    }
}
