package dev.argondb.spring.test;

import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.beans.factory.support.RootBeanDefinition;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.test.context.ContextCustomizer;
import org.springframework.test.context.MergedContextConfiguration;

/** Adds {@link TestHttpConfiguration} to a context. One for all, and equal only to itself. */
enum ArgonContextCustomizer implements ContextCustomizer {
    INSTANCE;

    @Override
    public void customizeContext(ConfigurableApplicationContext context, MergedContextConfiguration configuration) {
        if (context.getBeanFactory() instanceof BeanDefinitionRegistry registry) {
            registry.registerBeanDefinition(
                    TestHttpConfiguration.class.getName(), new RootBeanDefinition(TestHttpConfiguration.class));
        }
    }
}
