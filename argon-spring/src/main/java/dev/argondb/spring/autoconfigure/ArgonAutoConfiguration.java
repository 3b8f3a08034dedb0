package dev.argondb.spring.autoconfigure;

import dev.argondb.Argon;
import dev.argondb.Authorship;
import dev.argondb.UnknownRefException;
import dev.argondb.orm.jdbc.ArgonDataSource;
import dev.argondb.spring.CommitMessageSource;
import dev.argondb.spring.jdbc.ScopedDataSource;
import java.util.Optional;
import java.util.function.Supplier;
import javax.sql.DataSource;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingClass;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Conditional;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.ImportRuntimeHints;
import org.springframework.context.annotation.Role;
import org.springframework.core.env.Environment;
import org.springframework.data.domain.AuditorAware;

/** Opens the database, and makes it the application's data source. */
@AutoConfiguration(before = DataSourceAutoConfiguration.class)
@Conditional({OnArgonCondition.class, NoOtherSourceCondition.class})
@EnableConfigurationProperties(ArgonProperties.class)
@ImportRuntimeHints(ArgonRuntimeHints.class)
public final class ArgonAutoConfiguration {

    /** What an Argon data source beside one of the application's own is qualified by. */
    static final String QUALIFIER = "argon";

    @Bean
    @ConditionalOnMissingBean
    ArgonConnectionDetails argonConnectionDetails(ArgonProperties properties, Environment environment) {
        return ConfiguredDatabase.of(properties, environment);
    }

    /** Closing the last handle closes the database: the application's data source holds it as well. */
    @Bean(destroyMethod = "close")
    @ConditionalOnMissingBean
    Argon argon(ArgonConnectionDetails details, ArgonProperties properties) {
        try (ArgonDataSource source = ConnectionProperties.dataSource(details, properties)) {
            return Argon.open(source.location());
        }
    }

    /** Returns a data source of the database that is open: the application may have opened it itself, elsewhere. */
    private static ScopedDataSource scoped(
            ArgonConnectionDetails details, ArgonProperties properties, Argon argon, Authorship authorship) {
        ArgonDataSource source = ConnectionProperties.dataSource(details, properties);
        source.setLocation(argon.location());
        source.setAuthorship(authorship);
        requireKnown(source, argon);
        return new ScopedDataSource(source);
    }

    private static void requireKnown(ArgonDataSource source, Argon argon) {
        try {
            argon.resolve(source.ref());
        } catch (UnknownRefException e) {
            throw new ArgonConfigurationException(
                    "The application is to work on `" + source.ref() + "` of `" + argon.location()
                            + "`, which is not there: " + e.getMessage(),
                    "Correct `argon.ref`, or the `branch` or `at` of the URL. To make the branch, start once without it and call"
                            + " `argon.createBranch`.",
                    e);
        }
    }

    /** The application's one data source. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnMissingBean(DataSource.class)
    static class Source {

        @Bean(destroyMethod = "close")
        ScopedDataSource dataSource(
                ArgonConnectionDetails details, ArgonProperties properties, Argon argon, Authorship authorship) {
            return scoped(details, properties, argon, authorship);
        }
    }

    /** Beside a data source of the application's own, Argon's is got by its qualifier. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnBean(DataSource.class)
    @ConditionalOnMissingBean(ScopedDataSource.class)
    static class SourceBesideOthers {

        @Bean(destroyMethod = "close", defaultCandidate = false)
        @Qualifier(QUALIFIER)
        ScopedDataSource argonDataSource(
                ArgonConnectionDetails details, ArgonProperties properties, Argon argon, Authorship authorship) {
            return scoped(details, properties, argon, authorship);
        }
    }

    /** Why commits are made. */
    @Configuration(proxyBeanMethods = false)
    static class Messages {

        @Bean
        @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
        static CommitMessages argonCommitMessages() {
            return new CommitMessages();
        }

        @Bean
        @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
        static CommitMessageAdvisor argonCommitMessageAdvisor(CommitMessages messages) {
            return new CommitMessageAdvisor(messages);
        }
    }

    /** Spring Data's auditor is the author. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass(AuditorAware.class)
    static class AuditedAuthorship {

        @Bean
        @ConditionalOnMissingBean(Authorship.class)
        BeanAuthorship argonAuthorship(
                ObjectProvider<AuditorAware<?>> auditors,
                CommitMessages messages,
                ObjectProvider<CommitMessageSource> sources) {
            return new BeanAuthorship(auditor(auditors), messages, sources);
        }

        private static Supplier<String> auditor(ObjectProvider<AuditorAware<?>> auditors) {
            Supplier<Optional<AuditorAware<?>>> auditor =
                    new OneLookup<>(() -> Optional.ofNullable(auditors.getIfUnique()));
            return () -> auditor.get()
                    .flatMap(AuditorAware::getCurrentAuditor)
                    .map(String::valueOf)
                    .orElse("");
        }
    }

    /** Without Spring Data, commits have no author but the configured one. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnMissingClass("org.springframework.data.domain.AuditorAware")
    static class PlainAuthorship {

        @Bean
        @ConditionalOnMissingBean(Authorship.class)
        BeanAuthorship argonAuthorship(CommitMessages messages, ObjectProvider<CommitMessageSource> sources) {
            return new BeanAuthorship(() -> "", messages, sources);
        }
    }
}
