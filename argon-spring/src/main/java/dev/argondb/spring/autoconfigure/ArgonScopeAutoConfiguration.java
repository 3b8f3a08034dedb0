package dev.argondb.spring.autoconfigure;

import dev.argondb.Argon;
import dev.argondb.spring.scope.ArgonBranchAdvisor;
import dev.argondb.spring.scope.ScopeTaskDecorator;
import org.springframework.aop.config.AopConfigUtils;
import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.beans.factory.support.BeanDefinitionRegistry;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBean;
import org.springframework.boot.autoconfigure.condition.ConditionalOnBooleanProperty;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Fallback;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.ImportBeanDefinitionRegistrar;
import org.springframework.context.annotation.Role;
import org.springframework.core.type.AnnotationMetadata;

/** Puts beans with {@code @ArgonBranch} into scopes, and lets scopes go with tasks. */
@AutoConfiguration(after = ArgonAutoConfiguration.class)
@ConditionalOnBean(Argon.class)
@EnableConfigurationProperties(ArgonScopeProperties.class)
@Import(ArgonScopeAutoConfiguration.Proxying.class)
public final class ArgonScopeAutoConfiguration {

    @Bean
    @Role(BeanDefinition.ROLE_INFRASTRUCTURE)
    @ConditionalOnMissingBean
    static ArgonBranchAdvisor argonBranchAdvisor() {
        return new ArgonBranchAdvisor();
    }

    /** Beside decorators of the application, which Boot composes; an application that asks for one of them gets its own. */
    @Bean
    @Fallback
    @ConditionalOnMissingBean
    @ConditionalOnBooleanProperty(name = "argon.scope.propagation.enabled", matchIfMissing = true)
    static ScopeTaskDecorator argonScopeTaskDecorator() {
        return new ScopeTaskDecorator();
    }

    /** Where nothing else has beans proxied for their advisors. */
    static final class Proxying implements ImportBeanDefinitionRegistrar {

        @Override
        public void registerBeanDefinitions(AnnotationMetadata metadata, BeanDefinitionRegistry registry) {
            AopConfigUtils.registerAutoProxyCreatorIfNecessary(registry);
        }
    }
}
