package dev.argondb.spring.test;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.jdbc.test.autoconfigure.AutoConfigureTestDatabase.Replace;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.env.Environment;
import org.springframework.core.type.AnnotatedTypeMetadata;

/**
 * Whether {@code @AutoConfigureTestDatabase} replaces the application's database: with its default what is not in memory, with
 * {@code ANY} and {@code AUTO_CONFIGURED} always, with {@code NONE} never.
 */
final class OnReplacedDatabase extends SpringBootCondition {

    private static final String IN_MEMORY = "mem:";

    @Override
    public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
        ConditionMessage.Builder message = ConditionMessage.forCondition("Argon test database");
        Environment environment = context.getEnvironment();
        Replace replace = environment.getProperty("spring.test.database.replace", Replace.class, Replace.NON_TEST);
        boolean isReplaced = replace == Replace.NON_TEST ? !isInMemory(environment) : replace != Replace.NONE;
        return new ConditionOutcome(isReplaced, message.because("replace is " + replace));
    }

    private static boolean isInMemory(Environment environment) {
        String url = environment.getProperty("argon.url", environment.getProperty("spring.datasource.url", ""));
        return url.startsWith(IN_MEMORY) || url.startsWith("jdbc:argon:" + IN_MEMORY);
    }
}
