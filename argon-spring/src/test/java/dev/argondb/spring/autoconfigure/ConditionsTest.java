package dev.argondb.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argondb.Argon;
import dev.argondb.Authorship;
import dev.argondb.Ref;
import dev.argondb.orm.jdbc.ArgonDataSource;
import dev.argondb.spring.jdbc.ScopedDataSource;
import java.util.function.UnaryOperator;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.beans.factory.annotation.BeanFactoryAnnotationUtils;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.flyway.autoconfigure.FlywayAutoConfiguration;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceInitializationAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceTransactionManagerAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JdbcConnectionDetails;
import org.springframework.boot.jdbc.autoconfigure.JdbcTemplateAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.JndiDataSourceAutoConfiguration;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.assertj.AssertableApplicationContext;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.data.domain.AuditorAware;
import org.springframework.jdbc.core.JdbcTemplate;

/** When Argon is there, and each case in which it is not. */
class ConditionsTest {

    private static final String[] ANY_OTHER = {"spring.datasource.generate-unique-name=false"};

    private final ApplicationContextRunner boot = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    JndiDataSourceAutoConfiguration.class,
                    DataSourceAutoConfiguration.class,
                    DataSourceInitializationAutoConfiguration.class,
                    DataSourceTransactionManagerAutoConfiguration.class,
                    HibernateJpaAutoConfiguration.class,
                    JdbcTemplateAutoConfiguration.class));

    private final ApplicationContextRunner application = withArgon(boot);

    private static ApplicationContextRunner withArgon(ApplicationContextRunner runner) {
        return runner.withConfiguration(AutoConfigurations.of(
                ArgonAutoConfiguration.class,
                ArgonFlywayAutoConfiguration.class,
                ArgonHibernateAutoConfiguration.class,
                ArgonSqlInitializationAutoConfiguration.class));
    }

    /** Argon is not there: the same beans, and an equal failure to start where there is one. */
    private void assertAsWithoutArgon(UnaryOperator<ApplicationContextRunner> settings) {
        settings.apply(boot).run(without -> settings.apply(application).run(with -> {
            assertThat(with.getStartupFailure() == null).isEqualTo(without.getStartupFailure() == null);
            if (with.getStartupFailure() == null) {
                assertThat(with).doesNotHaveBean(Argon.class).doesNotHaveBean(Authorship.class);
                assertThat(beans(with)).containsExactly(beans(without));
            }
        }));
    }

    private static String[] beans(AssertableApplicationContext context) {
        return java.util.Arrays.stream(context.getBeanDefinitionNames())
                .filter(name -> !name.startsWith("org.springframework.boot.autoconfigure.AutoConfigurationPackages"))
                .sorted()
                .toArray(String[]::new);
    }

    private static String refAndAuthor(AssertableApplicationContext context) {
        JdbcTemplate jdbc = context.getBean(JdbcTemplate.class);
        jdbc.execute("create table t(id int primary key)");
        jdbc.update("insert into t values (1)");
        String author = jdbc.queryForObject("select author from argon.commits order by lsn desc limit 1", String.class);
        jdbc.execute("drop table t");
        return jdbc.queryForObject("select argon_ref()", String.class) + " by " + author;
    }

    @Test
    void argonUrl_isTheDataSource() {
        application
                .withPropertyValues("argon.url=mem:conditions-1", "argon.author=ada")
                .run(context -> {
                    assertThat(context).hasSingleBean(DataSource.class).hasSingleBean(ScopedDataSource.class);
                    assertThat(refAndAuthor(context)).isEqualTo("main by ada");
                });
    }

    @Test
    void springUrl_ofArgon_isTheDataSourceAndItsUserTheAuthor() {
        application
                .withPropertyValues(
                        "spring.datasource.url=jdbc:argon:mem:conditions-2",
                        "spring.datasource.username=sa",
                        "spring.datasource.password=secret",
                        "spring.datasource.hikari.maximum-pool-size=3",
                        "spring.datasource.driver-class-name=dev.argondb.orm.jdbc.ArgonDriver")
                .run(context -> assertThat(refAndAuthor(context)).isEqualTo("main by sa"));
    }

    @Test
    void author_asked_goesBeforeUserOfSpring() {
        application
                .withPropertyValues(
                        "spring.datasource.url=jdbc:argon:mem:conditions-3",
                        "spring.datasource.username=sa",
                        "argon.author=grace")
                .run(context -> assertThat(refAndAuthor(context)).isEqualTo("main by grace"));
    }

    @Test
    void url_ofBothPropertiesTheSame_isTheDataSource() {
        application
                .withPropertyValues("spring.datasource.url=jdbc:argon:mem:conditions-4", "argon.url=mem:conditions-4")
                .run(context -> assertThat(context).hasSingleBean(ScopedDataSource.class));
    }

    @Test
    void ref_ofBranch_isWhereConnectionsAre() {
        try (Argon argon = Argon.open("mem:conditions-5")) {
            argon.createBranch("feature", "main");
        }
        application
                .withPropertyValues("argon.url=mem:conditions-5", "argon.ref=feature")
                .run(context -> assertThat(refAndAuthor(context)).startsWith("feature by"));
    }

    @Test
    void nothingConfigured_isTheDefaultDirectory() {
        assertThat(ConfiguredDatabase.of(new ArgonProperties(), new org.springframework.mock.env.MockEnvironment()))
                .isEqualTo(new ConfiguredDatabase("argon.url", "file:./argon-data", null));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "spring.datasource.url=jdbc:h2:mem:foreign",
                "spring.datasource.driver-class-name=org.h2.Driver",
                "spring.datasource.type=org.springframework.jdbc.datasource.SimpleDriverDataSource",
                "spring.datasource.jndi-name=java:comp/env/jdbc/none",
                "spring.datasource.embedded-database-connection=h2",
                "spring.datasource.xa.data-source-class-name=org.h2.jdbcx.JdbcDataSource",
                "spring.r2dbc.url=r2dbc:h2:mem:///x"
            })
    void otherSource_byProperty_leavesApplicationAsItWas(String property) {
        assertAsWithoutArgon(runner -> runner.withPropertyValues(property));
    }

    @Test
    void jndi_besideUrlOfArgon_leavesApplicationAsItWas() {
        assertAsWithoutArgon(runner -> runner.withPropertyValues(
                "spring.datasource.jndi-name=java:comp/env/jdbc/none", "spring.datasource.url=jdbc:argon:mem:unused"));
    }

    @Test
    void disabled_leavesApplicationAsItWas() {
        assertAsWithoutArgon(runner -> runner.withPropertyValues("argon.enabled=false"));
        assertAsWithoutArgon(runner ->
                runner.withPropertyValues("argon.enabled=false", "spring.datasource.url=jdbc:h2:mem:disabled"));
    }

    @Test
    void otherSource_byBean_leavesApplicationAsItWas() {
        assertAsWithoutArgon(runner -> runner.withUserConfiguration(OwnSource.class));
        assertAsWithoutArgon(runner -> runner.withUserConfiguration(OwnSource.class)
                .withPropertyValues("spring.datasource.url=jdbc:argon:mem:unused"));
    }

    @Test
    void otherSource_byServiceConnection_leavesApplicationAsItWas() {
        assertAsWithoutArgon(runner -> runner.withUserConfiguration(Container.class));
    }

    @Test
    void beanOfApplication_isNoDefaultCandidate_argonIsTheDataSource() {
        application
                .withUserConfiguration(SecondarySource.class)
                .withPropertyValues("argon.url=mem:conditions-6")
                .run(context -> {
                    assertThat(context.getBean(JdbcTemplate.class).getDataSource())
                            .isInstanceOf(ScopedDataSource.class);
                    assertThat(context).hasBean("secondary");
                });
    }

    @Test
    void ownSource_besideArgonUrl_bothAreThereArgonByQualifier() {
        application
                .withUserConfiguration(OwnSource.class)
                .withPropertyValues("argon.url=mem:conditions-7")
                .run(context -> {
                    assertThat(context.getBean(JdbcTemplate.class).getDataSource())
                            .isInstanceOf(JdbcDataSource.class);
                    assertThat(BeanFactoryAnnotationUtils.qualifiedBeanOfType(
                                    context.getBeanFactory(), DataSource.class, "argon"))
                            .isInstanceOf(ScopedDataSource.class);
                });
    }

    @Test
    void ownSource_besideConnectionDetails_bothAreThere() {
        application.withUserConfiguration(OwnSource.class, OwnDetails.class).run(context -> assertThat(
                        context.getBean(Argon.class).location())
                .isEqualTo("mem:conditions-8"));
    }

    @Test
    void connectionDetails_ofApplication_goBeforeProperties() {
        application
                .withUserConfiguration(OwnDetails.class)
                .withPropertyValues("argon.url=mem:conditions-unused")
                .run(context -> {
                    assertThat(context.getBean(Argon.class).location()).isEqualTo("mem:conditions-8");
                    assertThat(refAndAuthor(context)).isEqualTo("main by container");
                });
    }

    @Test
    void handle_ofApplication_isWhereTheDataSourceConnects() {
        application.withUserConfiguration(OwnHandle.class).run(context -> {
            assertThat(context).hasSingleBean(Argon.class);
            assertThat(context.getBean(ScopedDataSource.class).connections().location())
                    .isEqualTo("mem:conditions-9");
        });
    }

    @Test
    void scopedSource_ofApplication_isTheOnlyOne() {
        application
                .withUserConfiguration(OwnScopedSource.class)
                .withPropertyValues("argon.url=mem:conditions-10")
                .run(context -> assertThat(context.getBean(DataSource.class)).isSameAs(context.getBean("mine")));
    }

    @Test
    void authorship_ofApplication_isAsked() {
        application
                .withUserConfiguration(OwnAuthorship.class)
                .withPropertyValues("argon.url=mem:conditions-11")
                .run(context -> {
                    assertThat(context).hasSingleBean(Authorship.class);
                    assertThat(refAndAuthor(context)).isEqualTo("main by myself");
                });
    }

    @Test
    void withoutSpringData_authorIsTheConfiguredOne() {
        application
                .withClassLoader(new FilteredClassLoader(AuditorAware.class))
                .withPropertyValues("argon.url=mem:conditions-12", "argon.author=ada")
                .run(context -> assertThat(refAndAuthor(context)).isEqualTo("main by ada"));
    }

    @Test
    void withoutHibernateAndFlyway_jdbcWorks() {
        application
                .withClassLoader(new FilteredClassLoader(
                        "org.hibernate", "jakarta.persistence", "org.flywaydb", "org.springframework.orm"))
                .withPropertyValues("argon.url=mem:conditions-13")
                .run(context -> assertThat(refAndAuthor(context)).isEqualTo("main by "));
    }

    @Test
    void flyway_isToldTheVendor_onlyWithArgon() {
        ApplicationContextRunner flyway =
                application.withConfiguration(AutoConfigurations.of(FlywayAutoConfiguration.class));
        flyway.withPropertyValues("argon.url=mem:conditions-14")
                .run(context -> assertThat(context).hasBean("argonFlywayVendor"));
        flyway.withPropertyValues(ANY_OTHER)
                .withPropertyValues("spring.datasource.url=jdbc:h2:mem:conditions")
                .run(context -> assertThat(context).doesNotHaveBean("argonFlywayVendor"));
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnSource {
        @Bean
        JdbcDataSource own() {
            JdbcDataSource source = new JdbcDataSource();
            source.setURL("jdbc:h2:mem:own");
            return source;
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class SecondarySource {
        @Bean(defaultCandidate = false)
        JdbcDataSource secondary() {
            return new OwnSource().own();
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class Container {
        @Bean
        JdbcConnectionDetails connectionDetails() {
            return new JdbcConnectionDetails() {
                @Override
                public String getUsername() {
                    return "sa";
                }

                @Override
                public String getPassword() {
                    return "";
                }

                @Override
                public String getJdbcUrl() {
                    return "jdbc:h2:mem:container";
                }
            };
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnDetails {
        @Bean
        ArgonConnectionDetails details() {
            return new ArgonConnectionDetails() {
                @Override
                public String url() {
                    return "mem:conditions-8";
                }

                @Override
                public String user() {
                    return "container";
                }
            };
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnHandle {
        @Bean(destroyMethod = "close")
        Argon handle() {
            return Argon.open("mem:conditions-9");
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnScopedSource {
        @Bean
        ScopedDataSource mine() {
            ArgonDataSource source = new ArgonDataSource("jdbc:argon:mem:conditions-10");
            source.setRef(Ref.MAIN.toString());
            return new ScopedDataSource(source);
        }
    }

    @Configuration(proxyBeanMethods = false)
    static class OwnAuthorship {
        @Bean
        Authorship mine() {
            return () -> "myself";
        }
    }
}
