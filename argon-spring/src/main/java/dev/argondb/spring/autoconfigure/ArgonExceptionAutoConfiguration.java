package dev.argondb.spring.autoconfigure;

import dev.argondb.Argon;
import dev.argondb.spring.jdbc.ArgonExceptions;
import dev.argondb.spring.jdbc.ScopedDataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionManagerCustomizationAutoConfiguration;
import org.springframework.boot.transaction.autoconfigure.TransactionManagerCustomizer;
import org.springframework.context.annotation.Bean;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.support.PersistenceExceptionTranslator;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.jdbc.support.SQLExceptionTranslator;

/** Lets Argon's exceptions leave templates, repositories and commits as those of Spring's data access. */
@AutoConfiguration(
        after = ArgonAutoConfiguration.class,
        before = {
            JdbcTemplateAutoConfiguration.class,
            TransactionManagerCustomizationAutoConfiguration.class,
            DataSourceTransactionManagerAutoConfiguration.class
        })
@ConditionalOnBean({Argon.class, ScopedDataSource.class})
public final class ArgonExceptionAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    SQLExceptionTranslator argonSqlExceptionTranslator() {
        return ArgonExceptions.ofJdbc();
    }

    /** Hibernate's would know no more of them than that they are errors. */
    @Bean
    @ConditionalOnMissingBean(name = "argonPersistenceExceptionTranslator")
    @Order(Ordered.HIGHEST_PRECEDENCE)
    PersistenceExceptionTranslator argonPersistenceExceptionTranslator() {
        return ArgonExceptions.ofRepositories();
    }

    /** A conflict is found by the commit. */
    @Bean
    @ConditionalOnMissingBean(name = "argonJdbcTransactionManagerCustomizer")
    TransactionManagerCustomizer<JdbcTransactionManager> argonJdbcTransactionManagerCustomizer(
            ObjectProvider<SQLExceptionTranslator> translators) {
        return manager -> translators.ifUnique(manager::setExceptionTranslator);
    }
}
