package dev.argondb.engine.log;

import dev.argondb.UnavailableException;
import dev.argondb.engine.tier.RetryingTier;
import java.io.IOException;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** The objects of the cold tier that the list of segments no longer needs. Confined to one thread. */
final class ColdGarbage {

    private final Segments segments;

    ColdGarbage(Segments segments) {
        this.segments = segments;
    }

    /** Removes them as far as that is possible now, and returns how many are left. */
    int remove() throws IOException {
        Set<String> garbage = segments.list().garbage();
        Optional<RetryingTier> tier = segments.tier();
        if (garbage.isEmpty() || tier.isEmpty()) {
            return garbage.size();
        }
        Set<String> gone = removedFrom(tier.get(), garbage);
        if (!gone.isEmpty()) {
            segments.change(list -> list.withoutGarbage(gone));
        }
        return garbage.size() - gone.size();
    }

    /** A tier that cannot be reached now is not asked for the others: they stay listed, and the next time tries again. */
    private static Set<String> removedFrom(RetryingTier tier, Set<String> garbage) {
        Set<String> gone = new TreeSet<>();
        try {
            for (String name : garbage) {
                tier.delete(name);
                gone.add(name);
            }
        } catch (IOException | UnavailableException e) {
            return gone;
        }
        return gone;
    }
}
