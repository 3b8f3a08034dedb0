package dev.argondb.spring.autoconfigure;

import dev.argondb.Argon;
import dev.argondb.InvalidRequestException;
import dev.argondb.orm.hibernate.ArgonConnectionProvider;
import dev.argondb.orm.hibernate.BranchSessionFactory;
import jakarta.persistence.EntityManagerFactory;
import java.util.List;
import org.hibernate.SessionFactory;
import org.hibernate.engine.jdbc.connections.spi.MultiTenantConnectionProvider;
import org.hibernate.engine.spi.SessionFactoryImplementor;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.hibernate.autoconfigure.HibernateProperties;
import org.springframework.boot.jdbc.SchemaManagementProvider;
import org.springframework.boot.jpa.autoconfigure.EntityManagerFactoryBuilderCustomizer;
import org.springframework.boot.jpa.autoconfigure.JpaProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Role;

/** Binds Hibernate's sessions to branches, in each persistence unit whose data source is Argon's. */
@AutoConfiguration(after = {ArgonAutoConfiguration.class, HibernateJpaAutoConfiguration.class})
@ConditionalOnClass({HibernateJpaAutoConfiguration.class, SessionFactory.class})
@ConditionalOnBean(Argon.class)
public final class ArgonHibernateAutoConfiguration {

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    static PersistenceUnits argonPersistenceUnits(ObjectProvider<SchemaChoice> schema) {
        return new PersistenceUnits(schema);
    }

    @Bean
    @ConditionalOnMissingBean
    SchemaChoice argonSchemaChoice(
            ArgonProperties properties,
            ObjectProvider<JpaProperties> jpa,
            ObjectProvider<HibernateProperties> hibernate,
            ObjectProvider<SchemaManagementProvider> migrations) {
        return new SchemaChoice(properties, jpa, hibernate, migrations);
    }

    @Bean
    EntityManagerFactoryBuilderCustomizer argonLocalTransactions() {
        return builder -> builder.addPersistenceUnitPostProcessors(new LocalTransactions());
    }

    /** The branches of the session factory, for code that names them. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnBean(EntityManagerFactory.class)
    static class Sessions {

        /** Lazy, since an application may have no persistence unit on Argon at all, or several. */
        @Bean(destroyMethod = "")
        @Lazy
        @ConditionalOnMissingBean
        BranchSessionFactory branchSessionFactory(ObjectProvider<EntityManagerFactory> factories) {
            List<SessionFactoryImplementor> bound = factories.stream()
                    .map(factory -> factory.unwrap(SessionFactoryImplementor.class))
                    .filter(Sessions::isBound)
                    .toList();
            if (bound.size() != 1) {
                throw new InvalidRequestException(
                        "the application has " + bound.size()
                                + " persistence units on Argon where one is expected; make a bean with `BranchSessionFactory.of`");
            }
            return BranchSessionFactory.of(bound.get(0));
        }

        private static boolean isBound(SessionFactoryImplementor factory) {
            return factory.getServiceRegistry().getService(MultiTenantConnectionProvider.class)
                    instanceof ArgonConnectionProvider;
        }
    }
}
