package dev.argondb;

import java.util.Optional;
import java.util.ServiceLoader;

/** The provider of this class path, looked for once: a search reads every archive, and tests open their database each. */
final class InstalledProvider {

    static final Optional<ArgonProvider> FOUND = ServiceLoader.load(
                    ArgonProvider.class, ArgonProvider.class.getClassLoader())
            .findFirst();

    private InstalledProvider() {}
}
