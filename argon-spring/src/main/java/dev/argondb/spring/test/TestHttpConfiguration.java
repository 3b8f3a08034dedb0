package dev.argondb.spring.test;

import dev.argondb.Argon;
import jakarta.servlet.Filter;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.restclient.RestClientCustomizer;
import org.springframework.boot.restclient.RestTemplateCustomizer;
import org.springframework.boot.resttestclient.TestRestTemplate;
import org.springframework.boot.resttestclient.autoconfigure.RestTestClientBuilderCustomizer;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.Ordered;
import org.springframework.core.env.Environment;
import org.springframework.http.client.ClientHttpRequestInterceptor;
import org.springframework.test.web.servlet.client.RestTestClient;
import org.springframework.web.client.RestClient;
import org.springframework.web.client.RestTemplate;

/** Carries the branch of a test to the server it runs, over HTTP. */
@Configuration(proxyBeanMethods = false)
class TestHttpConfiguration {

    @Bean
    static TestBranchHeader argonTestBranchHeader(Environment environment) {
        return new TestBranchHeader(environment);
    }

    /** The server's side. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({Filter.class, FilterRegistrationBean.class})
    @ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
    static class Server {

        /** Before all others, so that an application's own choice of a ref is the inner one. */
        @Bean
        FilterRegistrationBean<TestBranchFilter> argonTestBranchFilter(
                TestBranchHeader header, ObjectProvider<Argon> argon) {
            FilterRegistrationBean<TestBranchFilter> registration =
                    new FilterRegistrationBean<>(new TestBranchFilter(header, argon));
            registration.setOrder(Ordered.HIGHEST_PRECEDENCE);
            registration.setAsyncSupported(true);
            return registration;
        }
    }

    /** Clients that an application has, for calls of its own server. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({RestClientCustomizer.class, RestClient.class})
    static class Clients {

        @Bean
        RestClientCustomizer argonTestBranchOfRestClient(TestBranchHeader header) {
            ClientHttpRequestInterceptor interceptor = new TestBranchInterceptor(header);
            return builder -> builder.requestInterceptor(interceptor);
        }

        @Bean
        RestTemplateCustomizer argonTestBranchOfRestTemplate(TestBranchHeader header) {
            return template -> TestBranchInterceptor.addTo(template, header);
        }
    }

    /** Boot's client for tests. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({RestTestClientBuilderCustomizer.class, RestTestClient.class})
    static class TestClients {

        @Bean
        RestTestClientBuilderCustomizer argonTestBranchOfRestTestClient(TestBranchHeader header) {
            ClientHttpRequestInterceptor interceptor = new TestBranchInterceptor(header);
            return builder -> builder.requestInterceptor(interceptor);
        }
    }

    /** Boot's other client for tests, which may come from a builder that no customizer reaches. */
    @Configuration(proxyBeanMethods = false)
    @ConditionalOnClass({TestRestTemplate.class, RestTemplate.class})
    static class TestTemplates {

        @Bean
        static BeanPostProcessor argonTestBranchOfTestRestTemplate(ObjectProvider<TestBranchHeader> header) {
            return new BeanPostProcessor() {
                @Override
                public Object postProcessAfterInitialization(Object bean, String name) {
                    if (bean instanceof TestRestTemplate template) {
                        TestBranchInterceptor.addTo(template.getRestTemplate(), header.getObject());
                    }
                    return bean;
                }
            };
        }
    }
}
