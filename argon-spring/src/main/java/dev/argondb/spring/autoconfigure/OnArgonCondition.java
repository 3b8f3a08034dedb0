package dev.argondb.spring.autoconfigure;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.StringUtils;

/**
 * Whether the application's data is Argon's: {@code argon.url} says so, {@code spring.datasource.url} is Argon's, or no other data
 * source is configured by properties.
 */
class OnArgonCondition extends SpringBootCondition {

    private static final String[] OTHERS = {
        "spring.datasource.url",
        "spring.datasource.jndi-name",
        "spring.datasource.type",
        "spring.datasource.driver-class-name",
        "spring.datasource.xa.data-source-class-name"
    };

    @Override
    public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
        Environment environment = context.getEnvironment();
        ConditionMessage.Builder message = ConditionMessage.forCondition("Argon");
        if (!environment.getProperty("argon.enabled", Boolean.class, true)) {
            return ConditionOutcome.noMatch(message.because("argon.enabled is false"));
        }
        if (StringUtils.hasText(environment.getProperty("argon.url"))) {
            return ConditionOutcome.match(message.foundExactly("property argon.url"));
        }
        String url = environment.getProperty("spring.datasource.url");
        if (url != null && ConnectionProperties.isUrl(url)) {
            return ConditionOutcome.match(message.because("spring.datasource.url is Argon's"));
        }
        String other = otherDataSource(environment);
        return other == null
                ? ConditionOutcome.match(message.because("no other data source is configured"))
                : ConditionOutcome.noMatch(message.because(other + " configures another data source"));
    }

    private static @Nullable String otherDataSource(Environment environment) {
        for (String property : OTHERS) {
            if (StringUtils.hasText(environment.getProperty(property))) {
                return property;
            }
        }
        return null;
    }
}
