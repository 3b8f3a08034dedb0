package dev.argondb.engine.tier;

import dev.argondb.InvalidRequestException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.TreeSet;

/**
 * Opens cold tiers by their URIs: {@code file:/path} for a directory, others by the {@link ColdTierProvider}s there are.
 *
 * <p>Thread-safe: no state.
 */
public final class ColdTiers {

    private static final String FILE = "file";

    private ColdTiers() {}

    /**
     * Opens a tier; the caller closes it.
     *
     * @throws InvalidRequestException if the URI is none of a tier
     */
    public static ColdTier open(URI uri) {
        String scheme = Optional.ofNullable(uri.getScheme()).orElse("").toLowerCase(Locale.ROOT);
        if (scheme.equals(FILE)) {
            return new DirectoryColdTier(path(uri));
        }
        return providers().stream()
                .filter(provider -> provider.scheme().equals(scheme))
                .findFirst()
                .orElseThrow(() -> unknown(uri))
                .open(uri);
    }

    private static Path path(URI uri) {
        try {
            return Path.of(uri);
        } catch (IllegalArgumentException e) {
            throw new InvalidRequestException(
                    "cold tier `" + uri + "` names no directory; write `file:/path/of/directory`", e);
        }
    }

    private static InvalidRequestException unknown(URI uri) {
        TreeSet<String> known = new TreeSet<>(List.of(FILE));
        providers().forEach(provider -> known.add(provider.scheme()));
        return new InvalidRequestException("cold tier `" + uri + "` is of an unknown kind; known are `"
                + String.join("`, `", known) + "` (for `s3`, put argon-s3 on the class path)");
    }

    private static List<ColdTierProvider> providers() {
        return ServiceLoader.load(ColdTierProvider.class, ColdTiers.class.getClassLoader()).stream()
                .map(ServiceLoader.Provider::get)
                .toList();
    }
}
