package dev.argondb.orm.hibernate;

import org.hibernate.boot.Metadata;
import org.hibernate.boot.spi.BootstrapContext;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.hibernate.event.service.spi.EventListenerRegistry;
import org.hibernate.integrator.spi.Integrator;

/**
 * Registers the entity listeners of Argon with every session factory; found by {@link java.util.ServiceLoader}. The listeners do
 * nothing in sessions whose connection is not Argon's.
 *
 * <p>Thread-safe.
 */
public final class ArgonIntegrator implements Integrator {

    @Override
    public void integrate(Metadata metadata, BootstrapContext bootstrap, SessionFactoryImplementor factory) {
        EventListenerRegistry registry = factory.getEventListenerRegistry();
        new PastWriteGuard().register(registry);
        new EntityEventNamer().register(registry);
    }
}
