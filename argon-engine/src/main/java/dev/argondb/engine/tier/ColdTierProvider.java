package dev.argondb.engine.tier;

import java.net.URI;

/**
 * Opens cold tiers of one kind. Found by {@link java.util.ServiceLoader}.
 *
 * <p>Thread-safe.
 */
public interface ColdTierProvider {

    /** Returns the scheme of the URIs that it opens, in lower case. */
    String scheme();

    /**
     * Opens a tier; it need not be reachable yet.
     *
     * @throws dev.argondb.InvalidRequestException if the URI does not say what is needed
     */
    ColdTier open(URI uri);
}
