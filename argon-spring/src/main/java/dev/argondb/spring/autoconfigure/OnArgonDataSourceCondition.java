package dev.argondb.spring.autoconfigure;

import dev.argondb.spring.jdbc.ScopedDataSource;
import java.util.Arrays;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.AbstractBeanDefinition;
import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.context.annotation.ConfigurationCondition;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.Assert;

/** Whether the data source that an application gets by asking for one is Argon's. */
final class OnArgonDataSourceCondition extends SpringBootCondition implements ConfigurationCondition {

    @Override
    public ConfigurationPhase getConfigurationPhase() {
        return ConfigurationPhase.REGISTER_BEAN;
    }

    @Override
    public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
        ConfigurableListableBeanFactory beans = context.getBeanFactory();
        Assert.state(beans != null, "conditions on beans are evaluated with a bean factory");
        List<String> names = candidates(beans);
        ConditionMessage.Builder message = ConditionMessage.forCondition("Argon's data source");
        return names.size() == 1 && beans.isTypeMatch(names.get(0), ScopedDataSource.class)
                ? ConditionOutcome.match(message.found("bean").items(names))
                : ConditionOutcome.noMatch(message.because("the data source is not Argon's: " + names));
    }

    private static List<String> candidates(ConfigurableListableBeanFactory beans) {
        List<String> names = Arrays.stream(beans.getBeanNamesForType(DataSource.class, true, false))
                .filter(name -> isDefaultCandidate(beans, name))
                .toList();
        List<String> primary = names.stream()
                .filter(name -> beans.containsBeanDefinition(name)
                        && beans.getBeanDefinition(name).isPrimary())
                .toList();
        return primary.isEmpty() ? names : primary;
    }

    private static boolean isDefaultCandidate(ConfigurableListableBeanFactory beans, String name) {
        return !beans.containsBeanDefinition(name)
                || !(beans.getBeanDefinition(name) instanceof AbstractBeanDefinition definition)
                || (definition.isAutowireCandidate() && definition.isDefaultCandidate());
    }
}
