package dev.argondb.spring.web;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argondb.InvalidRequestException;
import dev.argondb.spring.autoconfigure.ArgonAutoConfiguration;
import dev.argondb.spring.autoconfigure.ArgonWebAutoConfiguration;
import jakarta.servlet.Filter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.security.autoconfigure.web.servlet.SecurityFilterProperties;
import org.springframework.boot.test.context.FilteredClassLoader;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.test.context.runner.WebApplicationContextRunner;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Configuration;

/** When there is a filter, and which. */
@ExtendWith(OutputCaptureExtension.class)
class WebAutoConfigurationTest {

    private static final AutoConfigurations CONFIGURATIONS =
            AutoConfigurations.of(ArgonAutoConfiguration.class, ArgonWebAutoConfiguration.class);

    private final WebApplicationContextRunner application = new WebApplicationContextRunner()
            .withConfiguration(CONFIGURATIONS)
            .withPropertyValues("argon.url=mem:web-configuration-test")
            .withBean(RefAuthorizer.class, RefAuthorizer::permitAll);

    @Test
    void filter_isOffByDefault() {
        application.run(context -> assertThat(context).doesNotHaveBean(FilterRegistrationBean.class));
        application.withPropertyValues("argon.web.enabled=false").run(context -> assertThat(context)
                .doesNotHaveBean(FilterRegistrationBean.class));
    }

    @Test
    void filter_withoutArgon_isNotThere() {
        application
                .withPropertyValues("argon.web.enabled=true", "argon.enabled=false")
                .run(context -> assertThat(context).doesNotHaveBean(FilterRegistrationBean.class));
    }

    @Test
    void filter_withoutServlets_isNotThere() {
        new ApplicationContextRunner()
                .withConfiguration(CONFIGURATIONS)
                .withPropertyValues("argon.url=mem:web-configuration-test", "argon.web.enabled=true")
                .run(context -> assertThat(context).hasNotFailed().doesNotHaveBean(FilterRegistrationBean.class));
        new ApplicationContextRunner()
                .withClassLoader(new FilteredClassLoader("jakarta.servlet"))
                .withConfiguration(CONFIGURATIONS)
                .withPropertyValues("argon.url=mem:web-configuration-test", "argon.web.enabled=true")
                .run(context -> assertThat(context).hasNotFailed());
    }

    @Test
    void filter_switchedOn_standsBehindSecurity() {
        application.withPropertyValues("argon.web.enabled=true").run(context -> {
            FilterRegistrationBean<?> registration = context.getBean(FilterRegistrationBean.class);
            assertThat(registration.getFilter()).isInstanceOf(RefFilter.class);
            assertThat(registration.getOrder()).isGreaterThan(SecurityFilterProperties.DEFAULT_FILTER_ORDER);
            assertThat(registration.getUrlPatterns()).containsExactly("/*");
        });
    }

    @Test
    void filter_takesItsPathsAndOrderFromProperties() {
        application
                .withPropertyValues(
                        "argon.web.enabled=true", "argon.web.paths=/api/*,/preview/*", "argon.web.filter-order=7")
                .run(context -> {
                    FilterRegistrationBean<?> registration = context.getBean(FilterRegistrationBean.class);
                    assertThat(registration.getOrder()).isEqualTo(7);
                    assertThat(registration.getUrlPatterns()).containsExactly("/api/*", "/preview/*");
                });
    }

    @Test
    void filter_ofTheApplication_goesBefore() {
        application
                .withPropertyValues("argon.web.enabled=true")
                .withBean(
                        "own",
                        RefFilter.class,
                        () -> new RefFilter(
                                org.mockito.Mockito.mock(dev.argondb.Argon.class),
                                RefAuthorizer.permitAll(),
                                new RefSources("X", null, null)))
                .run(context -> assertThat(context)
                        .doesNotHaveBean(FilterRegistrationBean.class)
                        .hasSingleBean(Filter.class));
    }

    @Test
    void filter_withoutAnySource_stopsTheStart() {
        application
                .withPropertyValues("argon.web.enabled=true", "argon.web.header=")
                .run(context -> assertThat(context)
                        .getFailure()
                        .rootCause()
                        .isInstanceOf(InvalidRequestException.class)
                        .hasMessage(
                                "`argon.web.enabled` is true, but no request can name a ref; set `argon.web.header`,"
                                        + " `argon.web.parameter` or `argon.web.session-attribute`"));
    }

    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class WithoutAuthorizer {}

    @Test
    void filter_withoutAuthorizer_stopsTheStartAndSaysWhatToWrite(CapturedOutput output) {
        SpringApplication application = new SpringApplication(WithoutAuthorizer.class);
        assertThat(org.assertj.core.api.Assertions.catchThrowable(() -> application.run(
                        "--argon.url=mem:web-configuration-test",
                        "--argon.web.enabled=true",
                        "--server.port=0",
                        "--server.address=127.0.0.1",
                        "--spring.flyway.enabled=false",
                        "--spring.liquibase.enabled=false")))
                .isNotNull();
        assertThat(output)
                .contains(
                        "`argon.web.enabled` is true, but there is no `RefAuthorizer` bean to decide which caller may see"
                                + " which ref")
                .contains("return (request, ref) -> request.isUserInRole(\"EDITOR\");")
                .contains("(`RefAuthorizer.permitAll()` lets every caller see every branch and all history), or set"
                        + " `argon.web.enabled=false`.");
    }
}
