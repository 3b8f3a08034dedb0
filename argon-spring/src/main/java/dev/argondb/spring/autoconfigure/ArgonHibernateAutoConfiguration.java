package dev.argondb.spring.autoconfigure;

import dev.argondb.Argon;
import dev.argondb.Authorship;
import dev.argondb.orm.hibernate.BranchSessionFactory;
import dev.argondb.spring.jdbc.ScopedDataSource;
import jakarta.persistence.EntityManagerFactory;
import javax.sql.DataSource;
import org.hibernate.SessionFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnSingleCandidate;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.hibernate.autoconfigure.HibernatePropertiesCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

/** Binds Hibernate's sessions to branches, where the application's one data source is Argon's. */
@AutoConfiguration(after = {ArgonAutoConfiguration.class, HibernateJpaAutoConfiguration.class})
@ConditionalOnClass({HibernatePropertiesCustomizer.class, SessionFactory.class})
@ConditionalOnBean({Argon.class, ScopedDataSource.class})
public final class ArgonHibernateAutoConfiguration {

    @Bean
    HibernatePropertiesCustomizer argonHibernateProperties(
            Argon argon, Authorship authorship, ObjectProvider<DataSource> dataSources) {
        return properties -> {
            if (dataSources.getIfUnique() instanceof ScopedDataSource source) {
                BranchSessionFactory.settings(argon, source.ref(), authorship).forEach(properties::putIfAbsent);
            }
        };
    }

    /** The branches of the session factory, for code that names them. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnSingleCandidate(EntityManagerFactory.class)
    static final class Sessions {

        @Bean(destroyMethod = "")
        @ConditionalOnMissingBean
        BranchSessionFactory branchSessionFactory(EntityManagerFactory factory) {
            return BranchSessionFactory.of(factory.unwrap(SessionFactory.class));
        }
    }
}
