package dev.argondb.s3;

import dev.argondb.engine.tier.ColdTier;
import dev.argondb.engine.tier.ColdTierProvider;
import java.net.URI;

/**
 * Opens cold tiers in buckets: {@code s3://bucket/prefix}, with the options {@code endpoint} (of a store that is not Amazon's),
 * {@code region} and {@code timeout}. Credentials come from the SDK's default chain: system properties, the environment,
 * profiles, roles.
 *
 * <p>Thread-safe.
 */
public final class S3ColdTierProvider implements ColdTierProvider {

    @Override
    public String scheme() {
        return "s3";
    }

    @Override
    public ColdTier open(URI uri) {
        return S3ColdTier.open(S3Location.of(uri));
    }
}
