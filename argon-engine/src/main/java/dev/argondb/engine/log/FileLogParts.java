package dev.argondb.engine.log;

import dev.argondb.engine.Environment;
import dev.argondb.engine.tier.ColdTier;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;

/**
 * What a {@link FileLog} is given besides its volume and settings.
 *
 * <p>Immutable.
 *
 * @param newId gives a new database its id
 * @param coldTier where segments are moved to and read from; the log does not close it
 * @param knownPlace what {@link FileLog#place()} said earlier of the log that is opened: saves reading what lies before it
 */
public record FileLogParts(Supplier<UUID> newId, Optional<ColdTier> coldTier, Optional<LogPlace> knownPlace) {

    /** Random ids, no cold tier, nothing known. */
    public static final FileLogParts DEFAULT =
            new FileLogParts(Environment.SYSTEM::newId, Optional.empty(), Optional.empty());

    public FileLogParts withNewId(Supplier<UUID> supplier) {
        return new FileLogParts(supplier, coldTier, knownPlace);
    }

    public FileLogParts withColdTier(ColdTier tier) {
        return new FileLogParts(newId, Optional.of(tier), knownPlace);
    }

    public FileLogParts withKnownPlace(LogPlace place) {
        return new FileLogParts(newId, coldTier, Optional.of(place));
    }
}
