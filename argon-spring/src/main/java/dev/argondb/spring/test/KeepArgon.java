package dev.argondb.spring.test;

import dev.argondb.spring.jdbc.ScopedDataSource;
import java.util.Arrays;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.BeanDefinitionRegistryPostProcessor;
import org.springframework.context.EnvironmentAware;
import org.springframework.core.Ordered;
import org.springframework.core.PriorityOrdered;
import org.springframework.core.env.Environment;

/**
 * Keeps Boot from replacing Argon's data source by an embedded H2 in a test: by taking away the post-processor that would do it, which
 * regards every data source that Boot itself did not configure as one to replace. Only the bean definitions, not yet complete when
 * conditions are evaluated, tell whether the application's data source is Argon's.
 *
 * <p>An embedded database that a test asks for by name ({@code connection = H2}) it gets.
 */
final class KeepArgon implements BeanDefinitionRegistryPostProcessor, PriorityOrdered, EnvironmentAware {

    /** Boot's post-processors, by the methods of {@code TestDatabaseAutoConfiguration}. */
    private static final List<String> REPLACING =
            List.of("nonTestEmbeddedDataSourceBeanFactoryPostProcessor", "embeddedDataSourceBeanFactoryPostProcessor");

    private boolean isOtherAskedFor;

    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }

    @Override
    public void setEnvironment(Environment environment) {
        String connection = environment.getProperty("spring.test.database.connection", "NONE");
        isOtherAskedFor = !connection.equalsIgnoreCase("NONE");
    }

    @Override
    public void postProcessBeanDefinitionRegistry(BeanDefinitionRegistry registry) {
        if (!isOtherAskedFor && registry instanceof ConfigurableListableBeanFactory beans && isArgons(beans)) {
            REPLACING.stream().filter(registry::containsBeanDefinition).forEach(registry::removeBeanDefinition);
        }
    }

    /** Whether the data source that Boot would replace, the only or the primary one, is Argon's. */
    private static boolean isArgons(ConfigurableListableBeanFactory beans) {
        List<String> sources = List.of(beans.getBeanNamesForType(DataSource.class, true, false));
        return Arrays.stream(beans.getBeanNamesForType(ScopedDataSource.class, true, false))
                .anyMatch(name ->
                        sources.size() == 1 || beans.getBeanDefinition(name).isPrimary());
    }

    @Override
    public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {}
}
