package dev.argondb.spring.autoconfigure;

import dev.argondb.Argon;
import dev.argondb.InvalidRequestException;
import dev.argondb.spring.web.RefAuthorizer;
import dev.argondb.spring.web.RefFilter;
import dev.argondb.spring.web.RefSources;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingFilterBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnWebApplication;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.web.servlet.FilterRegistrationBean;
import org.springframework.context.annotation.Bean;
import org.springframework.util.StringUtils;

/** Serves requests on the ref they name, where the application wants it. */
@AutoConfiguration(after = ArgonAutoConfiguration.class)
@ConditionalOnWebApplication(type = ConditionalOnWebApplication.Type.SERVLET)
@ConditionalOnClass({Filter.class, FilterRegistrationBean.class})
@ConditionalOnBean(Argon.class)
@ConditionalOnBooleanProperty("argon.web.enabled")
@EnableConfigurationProperties(ArgonWebProperties.class)
public final class ArgonWebAutoConfiguration {

    @Bean
    @ConditionalOnMissingFilterBean
    FilterRegistrationBean<RefFilter> argonRefFilter(
            Argon argon, ObjectProvider<RefAuthorizer> authorizers, ArgonWebProperties properties) {
        RefAuthorizer authorizer = authorizers.getIfAvailable();
        if (authorizer == null) {
            throw new RefAuthorizerRequiredException();
        }
        var registration = new FilterRegistrationBean<>(new RefFilter(argon, authorizer, sources(properties)));
        registration.setOrder(properties.getFilterOrder());
        registration.setUrlPatterns(properties.getPaths());
        registration.setDispatcherTypes(DispatcherType.REQUEST, DispatcherType.ASYNC, DispatcherType.ERROR);
        return registration;
    }

    private static RefSources sources(ArgonWebProperties properties) {
        RefSources sources = new RefSources(
                given(properties.getHeader()),
                given(properties.getParameter()),
                given(properties.getSessionAttribute()));
        if (sources.isEmpty()) {
            throw new InvalidRequestException("`argon.web.enabled` is true, but no request can name a ref; set"
                    + " `argon.web.header`, `argon.web.parameter` or `argon.web.session-attribute`");
        }
        return sources;
    }

    private static @Nullable String given(@Nullable String text) {
        return StringUtils.hasText(text) ? text : null;
    }
}
