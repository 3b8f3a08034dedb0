package dev.argondb.spring.data;

import java.util.Arrays;
import org.springframework.beans.factory.BeanFactory;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.core.GenericTypeResolver;
import org.springframework.data.jpa.repository.JpaContext;
import org.springframework.data.jpa.repository.support.JpaRepositoryFactoryBean;
import org.springframework.data.repository.core.support.RepositoryComposition.RepositoryFragments;
import org.springframework.data.repository.core.support.RepositoryFactoryBeanSupport;
import org.springframework.data.repository.core.support.RepositoryFragment;
import org.springframework.data.repository.history.RevisionRepository;

/**
 * Adds Argon's fragments to the repositories that Spring Data does not add them to by itself: those that extend
 * {@link ArgonRepository} through an interface of their own, {@link ArgonRevisionRepository}, and plain
 * {@link RevisionRepository revision repositories} that would not start otherwise. Leaves all others, and whatever a chosen factory bean brings, as they are.
 *
 * <p>Spring Data finds the fragments of {@code spring.factories} only where the repository names them itself, and never those that are
 * repositories as well.
 */
public final class RepositoryFragmentsPostProcessor implements BeanPostProcessor {

    private final BeanFactory beans;
    private final boolean servesRevisions;

    /**
     * @param beans where the entity managers are
     * @param servesRevisions whether plain revision repositories are served
     */
    public RepositoryFragmentsPostProcessor(BeanFactory beans, boolean servesRevisions) {
        this.beans = beans;
        this.servesRevisions = servesRevisions;
    }

    @Override
    public Object postProcessBeforeInitialization(Object bean, String name) {
        if (bean instanceof RepositoryFactoryBeanSupport<?, ?, ?> factory) {
            add(factory, factory.getObjectType());
        }
        return bean;
    }

    private void add(RepositoryFactoryBeanSupport<?, ?, ?> factory, Class<?> type) {
        ObjectProvider<JpaContext> contexts = beans.getBeanProvider(JpaContext.class);
        if (extendsIndirectly(type, ArgonRepository.class)) {
            add(
                    factory,
                    RepositoryFragment.implemented(ArgonRepository.class, new ArgonRepositoryFragment<>(contexts)));
        }
        if (ArgonRevisionRepository.class.isAssignableFrom(type) || isUnserved(factory, type)) {
            add(
                    factory,
                    RepositoryFragment.implemented(RevisionRepository.class, new ArgonRevisionFragment<>(contexts)));
        }
    }

    private static void add(RepositoryFactoryBeanSupport<?, ?, ?> factory, RepositoryFragment<?> fragment) {
        factory.setRepositoryFragments(RepositoryFragments.of(fragment));
    }

    /** The factory bean of Spring Data JPA itself serves no revisions; others may. */
    private boolean isUnserved(RepositoryFactoryBeanSupport<?, ?, ?> factory, Class<?> type) {
        return servesRevisions
                && factory.getClass() == JpaRepositoryFactoryBean.class
                && RevisionRepository.class.isAssignableFrom(type)
                && hasLongRevisions(type);
    }

    private static boolean hasLongRevisions(Class<?> type) {
        Class<?>[] arguments = GenericTypeResolver.resolveTypeArguments(type, RevisionRepository.class);
        return arguments != null && arguments[2] == Long.class;
    }

    private static boolean extendsIndirectly(Class<?> type, Class<?> fragment) {
        return fragment.isAssignableFrom(type)
                && !Arrays.asList(type.getInterfaces()).contains(fragment);
    }
}
