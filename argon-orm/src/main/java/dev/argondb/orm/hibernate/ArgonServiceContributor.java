package dev.argondb.orm.hibernate;

import java.util.Map;
import org.hibernate.boot.registry.StandardServiceInitiator;
import org.hibernate.boot.registry.StandardServiceRegistryBuilder;
import org.hibernate.resource.transaction.internal.TransactionCoordinatorBuilderInitiator;
import org.hibernate.resource.transaction.spi.TransactionCoordinatorBuilder;
import org.hibernate.service.spi.ServiceContributor;
import org.hibernate.service.spi.ServiceRegistryImplementor;

/**
 * Makes Hibernate report the conflicts that a commit on Argon finds as the exceptions that users of optimistic locking expect;
 * found by {@link java.util.ServiceLoader}. Changes nothing for other databases, or under JTA.
 *
 * <p>Thread-safe.
 */
public final class ArgonServiceContributor implements ServiceContributor {

    @Override
    public void contribute(StandardServiceRegistryBuilder builder) {
        builder.addInitiator(new CoordinatorInitiator());
    }

    private static final class CoordinatorInitiator implements StandardServiceInitiator<TransactionCoordinatorBuilder> {

        @Override
        public Class<TransactionCoordinatorBuilder> getServiceInitiated() {
            return TransactionCoordinatorBuilder.class;
        }

        @Override
        public TransactionCoordinatorBuilder initiateService(
                Map<String, Object> settings, ServiceRegistryImplementor registry) {
            TransactionCoordinatorBuilder inner =
                    TransactionCoordinatorBuilderInitiator.INSTANCE.initiateService(settings, registry);
            return inner.isJta() ? inner : new ArgonTransactionCoordinatorBuilder(inner, registry);
        }
    }
}
