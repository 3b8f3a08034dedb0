package dev.argondb.orm.hibernate;

import org.hibernate.engine.jdbc.connections.spi.MultiTenantConnectionProvider;
import org.hibernate.resource.jdbc.spi.PhysicalConnectionHandlingMode;
import org.hibernate.resource.transaction.spi.DdlTransactionIsolator;
import org.hibernate.resource.transaction.spi.TransactionCoordinator;
import org.hibernate.resource.transaction.spi.TransactionCoordinatorBuilder;
import org.hibernate.resource.transaction.spi.TransactionCoordinatorOwner;
import org.hibernate.service.ServiceRegistry;
import org.hibernate.tool.schema.internal.exec.JdbcContext;
import org.jspecify.annotations.Nullable;

/**
 * Puts an {@link ArgonTransactionCoordinator} around the coordinators of another builder.
 *
 * <p>Thread-safe.
 */
final class ArgonTransactionCoordinatorBuilder implements TransactionCoordinatorBuilder {

    private static final long serialVersionUID = 1L;

    private final TransactionCoordinatorBuilder inner;
    private final transient ServiceRegistry services;

    ArgonTransactionCoordinatorBuilder(TransactionCoordinatorBuilder inner, ServiceRegistry services) {
        this.inner = inner;
        this.services = services;
    }

    /** Returns what binds tenants to refs, or null where this session factory's tenants are none of ours. */
    @Nullable
    ArgonConnectionProvider tenants() {
        return services.getService(MultiTenantConnectionProvider.class) instanceof ArgonConnectionProvider ours
                ? ours
                : null;
    }

    @Override
    public TransactionCoordinator buildTransactionCoordinator(TransactionCoordinatorOwner owner, Options options) {
        return new ArgonTransactionCoordinator(
                this, inner.buildTransactionCoordinator(owner, options), owner.getJdbcSessionOwner());
    }

    @Override
    public boolean isJta() {
        return inner.isJta();
    }

    @Override
    public PhysicalConnectionHandlingMode getDefaultConnectionHandlingMode() {
        return inner.getDefaultConnectionHandlingMode();
    }

    @Override
    public DdlTransactionIsolator buildDdlTransactionIsolator(JdbcContext jdbcContext) {
        return inner.buildDdlTransactionIsolator(jdbcContext);
    }
}
