package dev.argondb;

import java.util.ServiceLoader;

/**
 * What opens databases: found by {@link ServiceLoader}; argon-orm brings one.
 *
 * <p>Thread-safe.
 */
public interface ArgonProvider {

    /** Opens or shares the database at a location, see {@link Argon#open}. */
    Argon open(String location);

    /** Forgets an in-memory database, see {@link Argon#discard}. */
    void discard(String location);

    /**
     * Returns the provider of this class path.
     *
     * @throws UnsupportedException if there is none
     */
    static ArgonProvider load() {
        return InstalledProvider.FOUND.orElseThrow(
                () -> new UnsupportedException("no Argon engine is on the class path; add the artifact `argon-orm`"));
    }
}
