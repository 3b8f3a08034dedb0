package dev.argondb.orm.hibernate;

import dev.argondb.Argon;
import dev.argondb.BranchScope;
import dev.argondb.Ref;
import org.hibernate.context.spi.CurrentTenantIdentifierResolver;

/**
 * Binds a session that names no ref to the one of the {@link BranchScope}; outside of all scopes to {@code main}, or to the ref
 * that was chosen instead.
 *
 * <p>Thread-safe.
 */
public final class ArgonTenantResolver implements CurrentTenantIdentifierResolver<String> {

    private final Argon argon;
    private final Ref otherwise;

    /** A resolver of refs of a database. */
    public ArgonTenantResolver(Argon argon, Ref otherwise) {
        this.argon = argon;
        this.otherwise = otherwise;
    }

    @Override
    public String resolveCurrentTenantIdentifier() {
        return Tenant.of(argon, BranchScope.find().orElse(otherwise)).toString();
    }

    @Override
    public boolean validateExistingCurrentSessions() {
        return true;
    }
}
