package dev.argondb.spring.autoconfigure;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.StringUtils;

/**
 * Whether the properties of an application leave its data to Argon: {@code argon.url} says so, {@code spring.datasource.url} is
 * Argon's, or no other data source is configured. What beans there are is another question: {@link NoOtherSourceCondition}.
 */
class OnArgonCondition extends SpringBootCondition {

    /** What configures a data source that Argon's can never be. */
    static final List<String> OTHER_SOURCES = List.of(
            "spring.datasource.jndi-name", "spring.datasource.type", "spring.datasource.xa.data-source-class-name");

    private static final String JNDI = OTHER_SOURCES.get(0);

    /** What configures another data source where no URL of Argon's is given. */
    private static final List<String> OTHERS = Stream.concat(
                    Stream.of(
                            ConfiguredDatabase.SPRING_URL,
                            "spring.datasource.driver-class-name",
                            "spring.datasource.embedded-database-connection",
                            "spring.r2dbc.url"),
                    OTHER_SOURCES.stream())
            .toList();

    @Override
    public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
        Environment environment = context.getEnvironment();
        ConditionMessage.Builder message = ConditionMessage.forCondition("Argon");
        if (!environment.getProperty("argon.enabled", Boolean.class, true)) {
            return ConditionOutcome.noMatch(message.because("argon.enabled is false"));
        }
        if (isSet(environment, ConfiguredDatabase.ARGON_URL)) {
            return ConditionOutcome.match(message.foundExactly("property argon.url"));
        }
        if (isArgonUrl(environment) && !isSet(environment, JNDI)) {
            return ConditionOutcome.match(message.because("spring.datasource.url is Argon's"));
        }
        return otherDataSource(environment)
                .map(other -> ConditionOutcome.noMatch(message.because(other + " configures another data source")))
                .orElseGet(() -> ConditionOutcome.match(message.because("no other data source is configured")));
    }

    private static boolean isArgonUrl(Environment environment) {
        return isSet(environment, ConfiguredDatabase.SPRING_URL)
                && ConnectionProperties.isUrl(environment.getProperty(ConfiguredDatabase.SPRING_URL, ""));
    }

    private static Optional<String> otherDataSource(Environment environment) {
        return OTHERS.stream().filter(property -> isSet(environment, property)).findFirst();
    }

    private static boolean isSet(Environment environment, String property) {
        return StringUtils.hasText(environment.getProperty(property));
    }
}
