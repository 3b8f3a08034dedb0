package dev.argondb.orm.hibernate;

import dev.argondb.Argon;
import org.hibernate.context.spi.CurrentTenantIdentifierResolver;

/**
 * Binds a session that names no ref to the one of the {@link BranchScope}, {@code main} by default.
 *
 * <p>Thread-safe.
 */
public final class ArgonTenantResolver implements CurrentTenantIdentifierResolver<String> {

    private final Argon argon;

    /** A resolver of refs of a database. */
    public ArgonTenantResolver(Argon argon) {
        this.argon = argon;
    }

    @Override
    public String resolveCurrentTenantIdentifier() {
        return Tenant.of(argon, BranchScope.current()).toString();
    }

    @Override
    public boolean validateExistingCurrentSessions() {
        return true;
    }
}
