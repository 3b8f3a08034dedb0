package dev.argondb.orm.hibernate;

import dev.argondb.UnsupportedException;
import org.hibernate.binder.internal.TenantIdBinder;
import org.hibernate.boot.Metadata;
import org.hibernate.boot.spi.BootstrapContext;
import org.hibernate.engine.jdbc.connections.spi.MultiTenantConnectionProvider;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.event.service.spi.EventListenerRegistry;
import org.hibernate.integrator.spi.Integrator;
import org.hibernate.resource.transaction.spi.TransactionCoordinatorBuilder;
import org.hibernate.service.ServiceRegistry;

/**
 * Registers the entity listeners of Argon with every session factory; found by {@link java.util.ServiceLoader}. The listeners do
 * nothing in sessions whose connection is not Argon's. Refuses what sessions on branches cannot have: JTA's transactions, and tenants
 * of the application.
 *
 * <p>Thread-safe.
 */
public final class ArgonIntegrator implements Integrator {

    @Override
    public void integrate(Metadata metadata, BootstrapContext bootstrap, SessionFactoryImplementor factory) {
        ServiceRegistry services = factory.getServiceRegistry();
        if (services.getService(MultiTenantConnectionProvider.class) instanceof ArgonConnectionProvider) {
            requireOwnTransactions(services);
            requireNoTenantColumn(metadata);
        }
        EventListenerRegistry registry = factory.getEventListenerRegistry();
        new PastWriteGuard().register(registry);
        new EntityEventNamer().register(registry);
    }

    /** Nothing enlists the connections of branch sessions: each statement would commit itself, and a rollback undo nothing. */
    private static void requireOwnTransactions(ServiceRegistry services) {
        if (services.requireService(TransactionCoordinatorBuilder.class).isJta()) {
            throw new UnsupportedException(
                    "sessions on branches take no part in JTA's transactions, so that each statement would be committed by"
                            + " itself; set `hibernate.transaction.coordinator_class` to `jdbc`, or a persistence unit's"
                            + " transaction type to `RESOURCE_LOCAL`");
        }
    }

    /** The tenant of a branch session is its branch: a column would hold that, and rows of before a merge be hidden after it. */
    private static void requireNoTenantColumn(Metadata metadata) {
        metadata.getEntityBindings().stream()
                .filter(entity -> entity.getFilters().stream()
                        .anyMatch(filter -> filter.getName().equals(TenantIdBinder.FILTER_NAME)))
                .findFirst()
                .ifPresent(entity -> {
                    throw new UnsupportedException("`" + entity.getJpaEntityName()
                            + "` has a `@TenantId`, but on branches the tenant of a session is its branch; map the attribute"
                            + " as an ordinary one, and restrict queries by it with a `@Filter` of your own");
                });
    }
}
