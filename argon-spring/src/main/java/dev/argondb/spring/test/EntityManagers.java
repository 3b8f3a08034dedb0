package dev.argondb.spring.test;

import dev.argondb.orm.hibernate.BranchSessionFactory;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.util.Optional;
import org.hibernate.Session;
import org.springframework.context.ApplicationContext;
import org.springframework.orm.jpa.SharedEntityManagerCreator;

/** What of an application context is Hibernate's; loaded where Hibernate is there. */
final class EntityManagers {

    private EntityManagers() {}

    static Optional<Object> sessionFactory(ApplicationContext context) {
        return Optional.ofNullable(
                context.getBeanProvider(BranchSessionFactory.class).getIfUnique());
    }

    /** Returns Spring's shared entity manager, if that type was asked for and there is one persistence unit. */
    static Optional<Object> shared(ApplicationContext context, Class<?> type) {
        if (type != EntityManager.class && type != Session.class) {
            return Optional.empty();
        }
        return Optional.ofNullable(
                        context.getBeanProvider(EntityManagerFactory.class).getIfUnique())
                .<Object>map(SharedEntityManagerCreator::createSharedEntityManager)
                .filter(type::isInstance);
    }
}
