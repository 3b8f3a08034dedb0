package dev.argondb.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argondb.Argon;
import dev.argondb.BranchScope;
import dev.argondb.orm.hibernate.BranchSessionFactory;
import dev.argondb.orm.jdbc.ArgonDataSource;
import dev.argondb.spring.autoconfigure.archive.ArchivedNote;
import dev.argondb.spring.autoconfigure.notes.Note;
import dev.argondb.spring.autoconfigure.notes.Notes;
import dev.argondb.spring.autoconfigure.notes.NotesApplication;
import dev.argondb.spring.jdbc.ScopedDataSource;
import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import jakarta.transaction.TransactionManager;
import jakarta.transaction.UserTransaction;
import java.lang.reflect.Proxy;
import java.util.Map;
import java.util.function.Consumer;
import javax.sql.DataSource;
import org.h2.jdbcx.JdbcDataSource;
import org.hibernate.Session;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Qualifier;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.hibernate.autoconfigure.HibernatePropertiesCustomizer;
import org.springframework.boot.jpa.EntityManagerFactoryBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.annotation.Primary;
import org.springframework.jdbc.datasource.DelegatingDataSource;
import org.springframework.orm.jpa.LocalContainerEntityManagerFactoryBean;
import org.springframework.transaction.jta.JtaTransactionManager;

/** Units whose data source is Argon's are on branches, all others are as they were. */
class PersistenceUnitsTest {

    private static JdbcDataSource h2(String name) {
        JdbcDataSource source = new JdbcDataSource();
        source.setURL("jdbc:h2:mem:" + name + ";DB_CLOSE_DELAY=-1");
        return source;
    }

    /** The second unit, in Boot's present way: beside what Boot configures. */
    @Configuration(proxyBeanMethods = false)
    @Import(NotesApplication.class)
    static class SecondUnit {

        @Bean(defaultCandidate = false)
        @Qualifier("archive")
        DataSource archiveSource() {
            return h2("units-archive");
        }

        @Bean(defaultCandidate = false)
        @Qualifier("archive")
        LocalContainerEntityManagerFactoryBean archiveFactory(
                @Qualifier("archive") DataSource source, EntityManagerFactoryBuilder builder) {
            return builder.dataSource(source)
                    .packages(ArchivedNote.class)
                    .persistenceUnit("archive")
                    .properties(Map.of("hibernate.hbm2ddl.auto", "create"))
                    .build();
        }
    }

    /** Both units by hand, H2's the primary one. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class BothByHand {

        @Bean
        @Primary
        DataSource archiveSource() {
            return h2("units-primary");
        }

        @Bean
        @Primary
        LocalContainerEntityManagerFactoryBean archiveFactory(
                @Qualifier("archiveSource") DataSource source, EntityManagerFactoryBuilder builder) {
            return builder.dataSource(source)
                    .packages(ArchivedNote.class)
                    .persistenceUnit("archive")
                    .properties(Map.of("hibernate.hbm2ddl.auto", "create"))
                    .build();
        }

        @Bean
        LocalContainerEntityManagerFactoryBean notesFactory(
                @Qualifier("argon") DataSource source, EntityManagerFactoryBuilder builder) {
            return builder.dataSource(source)
                    .packages(Note.class)
                    .persistenceUnit("notes")
                    .build();
        }
    }

    /** Two databases of Argon's. */
    @Configuration(proxyBeanMethods = false)
    @Import(NotesApplication.class)
    static class TwoDatabases {

        @Bean(defaultCandidate = false)
        @Qualifier("archive")
        ScopedDataSource archiveSource() {
            return new ScopedDataSource(new ArgonDataSource("jdbc:argon:mem:units-second?author=archivist"));
        }

        @Bean(defaultCandidate = false)
        @Qualifier("archive")
        LocalContainerEntityManagerFactoryBean archiveFactory(
                @Qualifier("archive") DataSource source, EntityManagerFactoryBuilder builder) {
            return builder.dataSource(source)
                    .packages(ArchivedNote.class)
                    .persistenceUnit("archive")
                    .build();
        }
    }

    /** The data source behind a proxy, as metrics and logging of SQL make one. */
    @Configuration(proxyBeanMethods = false)
    @EnableAutoConfiguration
    static class Proxied {

        @Bean
        @Primary
        DataSource proxy(@Qualifier("argon") ScopedDataSource source) {
            return new DelegatingDataSource(source);
        }

        @Bean
        LocalContainerEntityManagerFactoryBean notesFactory(DataSource source, EntityManagerFactoryBuilder builder) {
            return builder.dataSource(source).packages(Note.class).build();
        }
    }

    @Configuration(proxyBeanMethods = false)
    @Import(NotesApplication.class)
    static class OwnTenants {

        @Bean
        HibernatePropertiesCustomizer tenants() {
            return properties -> properties.put("hibernate.tenant_identifier_resolver", "com.example.Tenants");
        }
    }

    @Configuration(proxyBeanMethods = false)
    @Import(NotesApplication.class)
    static class Jta {

        @Bean
        JtaTransactionManager transactionManager() {
            return new JtaTransactionManager(none(UserTransaction.class), none(TransactionManager.class));
        }

        private static <T> T none(Class<T> type) {
            return type.cast(Proxy.newProxyInstance(
                    type.getClassLoader(), new Class<?>[] {type}, (proxy, method, arguments) -> null));
        }
    }

    private static void in(EntityManagerFactory factory, Consumer<EntityManager> work) {
        factory.runInTransaction(work);
    }

    private static EntityManagerFactory factory(ConfigurableApplicationContext context, String name) {
        return context.getBean(name, EntityManagerFactory.class);
    }

    private static long count(EntityManagerFactory factory, Class<?> entity) {
        return factory.callInTransaction(
                entities -> entities.createQuery("select count(*) from " + entity.getSimpleName(), Long.class)
                        .getSingleResult());
    }

    @Test
    void secondUnit_onH2_isNotOnBranches() {
        try (var context = Applications.run(SecondUnit.class, "argon.url=mem:units-1")) {
            context.getBean(Argon.class).createBranch("feature", "main");
            EntityManagerFactory archive = factory(context, "archiveFactory");
            BranchScope.run("feature", () -> {
                context.getBean(Notes.class).save(new Note("on the branch"));
                in(archive, entities -> entities.persist(new ArchivedNote("everywhere")));
            });

            assertThat(context.getBean(Notes.class).count()).isZero();
            assertThat(count(archive, ArchivedNote.class)).isOne();
            assertThat(BranchSessionFactory.refOf(archive.createEntityManager().unwrap(Session.class)))
                    .isEmpty();
            assertThat(context.getBean(BranchSessionFactory.class).sessionFactory())
                    .isNotSameAs(archive);
        }
    }

    @Test
    void bothUnits_byHand_onlyTheOneOnArgonIsOnBranches() {
        try (var context = Applications.run(
                BothByHand.class, "argon.url=mem:units-2", "spring.data.jpa.repositories.enabled=false")) {
            EntityManagerFactory notes = factory(context, "notesFactory");
            context.getBean(Argon.class).createBranch("feature", "main");
            BranchScope.run("feature", () -> in(notes, entities -> entities.persist(new Note("on the branch"))));

            assertThat(count(notes, Note.class)).isZero();
            BranchScope.run(
                    "feature", () -> assertThat(count(notes, Note.class)).isOne());
            assertThat(count(factory(context, "archiveFactory"), ArchivedNote.class))
                    .isZero();
            context.getBean(BranchSessionFactory.class).inTransaction("feature", session -> assertThat(
                            session.createSelectionQuery("from Note", Note.class)
                                    .getResultList())
                    .hasSize(1));
        }
    }

    @Test
    void unit_onASecondDatabaseOfArgons_isOnItsBranches() {
        try (var context = Applications.run(TwoDatabases.class, "argon.url=mem:units-3");
                Argon second = Argon.open("mem:units-second")) {
            in(factory(context, "archiveFactory"), entities -> entities.persist(new ArchivedNote("kept")));

            assertThat(second.commits(dev.argondb.Ref.MAIN, 1).get(0).author()).isEqualTo("archivist");
            assertThat(count(factory(context, "archiveFactory"), ArchivedNote.class))
                    .isOne();
            assertThat(context.getBean(BranchSessionFactory.class).argon().location())
                    .isEqualTo("mem:units-3");
        } finally {
            Argon.discard("mem:units-second");
        }
    }

    @Test
    void unit_behindAProxyOfTheDataSource_isOnBranches() {
        try (var context = Applications.run(
                Proxied.class, "argon.url=mem:units-4", "spring.data.jpa.repositories.enabled=false")) {
            EntityManagerFactory notes = factory(context, "notesFactory");
            context.getBean(Argon.class).createBranch("feature", "main");
            BranchScope.run("feature", () -> in(notes, entities -> entities.persist(new Note("on the branch"))));

            assertThat(count(notes, Note.class)).isZero();
        }
    }

    @Test
    void sessions_haveAuthorAndIsolationOfTheProperties() {
        try (var context = Applications.run(
                NotesApplication.class, "argon.url=mem:units-5", "argon.author=ada", "argon.isolation=serializable")) {
            context.getBean(Notes.class).save(new Note("hers"));
            assertThat(Applications.text(context, "select author from argon.commits order by lsn desc limit 1"))
                    .isEqualTo("ada");
            in(context.getBean(EntityManagerFactory.class), entities -> entities.unwrap(Session.class)
                    .doWork(connection -> assertThat(connection.getTransactionIsolation())
                            .isEqualTo(java.sql.Connection.TRANSACTION_SERIALIZABLE)));
        }
    }

    @Test
    void tenants_ofTheApplication_areRefused() {
        assertThatThrownBy(() -> Applications.run(OwnTenants.class, "argon.url=mem:units-6"))
                .rootCause()
                .isInstanceOf(ArgonConfigurationException.class)
                .hasMessage(
                        "The persistence unit of bean `entityManagerFactory` works on Argon, and has"
                                + " `hibernate.tenant_identifier_resolver` of its own: on Argon, the tenant of a session is its branch.");
    }

    @Test
    void jtaTransactions_areRefused() {
        assertThatThrownBy(() -> Applications.run(Jta.class, "argon.url=mem:units-7"))
                .rootCause()
                .isInstanceOf(ArgonConfigurationException.class)
                .hasMessage(
                        "The persistence unit `default` works on Argon, and its transactions are JTA's: Argon takes no part in"
                                + " those, so that each statement would be committed by itself.");
    }
}
