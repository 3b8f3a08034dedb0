package dev.argondb.spring.autoconfigure;

import dev.argondb.Argon;
import dev.argondb.spring.data.RepositoryFragmentsPostProcessor;
import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnClass;
import org.springframework.boot.autoconfigure.condition.ConditionalOnMissingBean;
import org.springframework.context.annotation.Bean;
import org.springframework.data.jpa.repository.support.JpaRepositoryFactoryBean;

/**
 * Completes repositories that extend one of Argon's. Not conditional on Argon: such a repository has to start without it as well, and
 * refuses when it is asked.
 */
@AutoConfiguration(after = ArgonAutoConfiguration.class)
@ConditionalOnClass(JpaRepositoryFactoryBean.class)
public final class ArgonDataAutoConfiguration {

    @Bean
    @ConditionalOnMissingBean
    static RepositoryFragmentsPostProcessor argonRepositoryFragments(ListableBeanFactory beans) {
        boolean isOnArgon = beans.getBeanNamesForType(Argon.class, true, false).length > 0;
        return new RepositoryFragmentsPostProcessor(beans, isOnArgon);
    }
}
