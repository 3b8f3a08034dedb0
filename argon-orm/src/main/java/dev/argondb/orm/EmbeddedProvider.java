package dev.argondb.orm;

import dev.argondb.Argon;
import dev.argondb.ArgonProvider;
import dev.argondb.orm.jdbc.ArgonHandle;

/**
 * Opens databases in this process; found by {@link java.util.ServiceLoader}.
 *
 * <p>Thread-safe.
 */
public final class EmbeddedProvider implements ArgonProvider {

    @Override
    public Argon open(String location) {
        return ArgonHandle.open(location);
    }

    @Override
    public void discard(String location) {
        ArgonHandle.discardDatabase(location);
    }
}
