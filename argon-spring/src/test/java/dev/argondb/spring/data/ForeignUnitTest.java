package dev.argondb.spring.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argondb.Lsn;
import dev.argondb.UnsupportedException;
import dev.argondb.spring.autoconfigure.ArgonAutoConfiguration;
import dev.argondb.spring.autoconfigure.ArgonDataAutoConfiguration;
import dev.argondb.spring.autoconfigure.ArgonExceptionAutoConfiguration;
import dev.argondb.spring.autoconfigure.ArgonHibernateAutoConfiguration;
import jakarta.persistence.EntityManager;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.hibernate.autoconfigure.HibernateJpaAutoConfiguration;
import org.springframework.boot.jdbc.autoconfigure.DataSourceAutoConfiguration;
import org.springframework.boot.persistence.autoconfigure.EntityScan;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.boot.transaction.autoconfigure.TransactionAutoConfiguration;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.FilterType;
import org.springframework.data.domain.Page;
import org.springframework.data.domain.Pageable;
import org.springframework.data.history.Revision;
import org.springframework.data.history.Revisions;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.config.EnableJpaRepositories;
import org.springframework.data.jpa.repository.support.JpaRepositoryFactory;
import org.springframework.data.jpa.repository.support.JpaRepositoryFactoryBean;
import org.springframework.data.repository.core.RepositoryMetadata;
import org.springframework.data.repository.core.support.RepositoryComposition.RepositoryFragments;
import org.springframework.data.repository.core.support.RepositoryFactorySupport;
import org.springframework.data.repository.history.RevisionRepository;

/** Repositories whose persistence unit is not Argon's, or whose factory bean is another's. */
class ForeignUnitTest {

    private final ApplicationContextRunner runner = new ApplicationContextRunner()
            .withConfiguration(AutoConfigurations.of(
                    ArgonAutoConfiguration.class,
                    ArgonHibernateAutoConfiguration.class,
                    ArgonExceptionAutoConfiguration.class,
                    ArgonDataAutoConfiguration.class,
                    DataSourceAutoConfiguration.class,
                    HibernateJpaAutoConfiguration.class,
                    TransactionAutoConfiguration.class))
            .withPropertyValues("spring.jpa.hibernate.ddl-auto=update");

    @Configuration(proxyBeanMethods = false)
    @EntityScan(basePackageClasses = Category.class)
    @EnableJpaRepositories(
            considerNestedRepositories = true,
            includeFilters = @ComponentScan.Filter(type = FilterType.ASSIGNABLE_TYPE, classes = CategoryLog.class),
            excludeFilters =
                    @ComponentScan.Filter(
                            type = FilterType.REGEX,
                            pattern = ".*(Items|Shelves|Vehicles|Trucks|Reviews|ReviewLog|Revised|Elsewhere).*"))
    static class Plain {}

    @Configuration(proxyBeanMethods = false)
    @EntityScan(basePackageClasses = Category.class)
    @EnableJpaRepositories(
            considerNestedRepositories = true,
            repositoryFactoryBeanClass = OtherFactoryBean.class,
            excludeFilters =
                    @ComponentScan.Filter(
                            type = FilterType.REGEX,
                            pattern = ".*\\.(Items|Shelves|Vehicles|Trucks|Reviews|ReviewLog|Elsewhere).*"))
    static class Other {}

    /** A repository with revisions of another's and all of Argon's. */
    interface Revised
            extends JpaRepository<Category, String>,
                    RevisionRepository<Category, String, Long>,
                    ArgonRepository<Category, String> {}

    /** Brings a fragment of revisions, as the factory bean of Spring Data Envers does. */
    static class OtherFactoryBean<T extends org.springframework.data.repository.Repository<S, ID>, S, ID>
            extends JpaRepositoryFactoryBean<T, S, ID> {

        OtherFactoryBean(Class<? extends T> type) {
            super(type);
        }

        @Override
        protected RepositoryFactorySupport createRepositoryFactory(EntityManager entityManager) {
            return new JpaRepositoryFactory(entityManager) {
                @Override
                protected RepositoryFragments getRepositoryFragments(RepositoryMetadata metadata) {
                    return RepositoryFragments.just(new OtherRevisions())
                            .append(super.getRepositoryFragments(metadata));
                }
            };
        }
    }

    /** Has no revisions of anything. */
    static class OtherRevisions implements RevisionRepository<Category, String, Long> {

        @Override
        public Optional<Revision<Long, Category>> findLastChangeRevision(String id) {
            return Optional.empty();
        }

        @Override
        public Revisions<Long, Category> findRevisions(String id) {
            return Revisions.none();
        }

        @Override
        public Page<Revision<Long, Category>> findRevisions(String id, Pageable pageable) {
            return Page.empty();
        }

        @Override
        public Optional<Revision<Long, Category>> findRevision(String id, Long revisionNumber) {
            return Optional.empty();
        }
    }

    @Test
    void repository_onOtherDatabase_startsAndRefuses() {
        runner.withUserConfiguration(Plain.class)
                .withPropertyValues("argon.enabled=false", "spring.datasource.url=jdbc:h2:mem:foreign")
                .run(context -> {
                    CategoryLog log = context.getBean(CategoryLog.class);
                    log.save(new Category("a", "A"));
                    assertThat(log.findById("a")).isPresent();
                    assertThatThrownBy(() -> log.history("a"))
                            .isInstanceOf(UnsupportedException.class)
                            .hasMessage(
                                    "the persistence unit of `Category` is not on Argon, so its repository knows no branches"
                                            + " and no past; set `argon.url`, or do without the methods of Argon's fragments");
                    assertThatThrownBy(() -> log.onBranch("main")).isInstanceOf(UnsupportedException.class);
                    assertThatThrownBy(() -> log.at(Lsn.of(1))).isInstanceOf(UnsupportedException.class);
                    assertThatThrownBy(() -> log.findAt("a", Lsn.of(1))).isInstanceOf(UnsupportedException.class);
                    assertThatThrownBy(() -> log.diff("a", "b")).isInstanceOf(UnsupportedException.class);
                    assertThatThrownBy(() -> log.revert("a", "b")).isInstanceOf(UnsupportedException.class);
                    assertThat(context).doesNotHaveBean("argonPersistenceExceptionTranslator");
                });
    }

    @Test
    void repository_ofOtherFactoryBean_keepsItsRevisionsAndGainsTheRest() {
        runner.withUserConfiguration(Other.class)
                .withPropertyValues("argon.url=mem:other-factory")
                .run(context -> {
                    Revised repository = context.getBean(Revised.class);
                    repository.save(new Category("a", "A"));
                    assertThat(repository.findRevisions("a")).isEmpty();
                    assertThat(repository.history("a")).hasSize(1);
                });
    }
}
