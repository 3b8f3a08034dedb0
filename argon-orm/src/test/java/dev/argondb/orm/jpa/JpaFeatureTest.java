package dev.argondb.orm.jpa;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import org.hibernate.Session;
import org.hibernate.SessionFactory;
import org.hibernate.StatelessSession;
import org.hibernate.cfg.AvailableSettings;
import org.hibernate.jpa.HibernatePersistenceConfiguration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.AfterParameterizedClassInvocation;
import org.junit.jupiter.params.BeforeParameterizedClassInvocation;
import org.junit.jupiter.params.Parameter;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.ArgumentsSource;

/**
 * The base of the suite: one database and one session factory for each class, empty tables before each test, and the short
 * words that the tests are written in.
 */
@ParameterizedClass(name = "{0}")
@ArgumentsSource(TestDatabases.class)
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
abstract class JpaFeatureTest {
    @Parameter
    TestDatabase database;

    private final Class<?>[] entities;
    private final SqlLog sqlLog = new SqlLog();
    private TestDatabase.Opened opened;
    private SessionFactory factory;

    JpaFeatureTest(Class<?>... entities) {
        this.entities = entities;
    }

    /** Settings of this class on top of those of the suite. */
    Map<String, Object> settings() {
        return Map.of();
    }

    @BeforeParameterizedClassInvocation
    final void openFactory() {
        opened = database.open();
        factory = newFactory(opened, settings(), entities);
    }

    @AfterParameterizedClassInvocation
    final void closeFactory() {
        if (factory != null) {
            factory.close();
        }
        if (opened != null) {
            opened.close();
        }
    }

    @BeforeEach
    final void emptyTables() {
        factory.inTransaction(session -> session.doWork(Tables::empty));
        factory.getCache().evictAllRegions();
        factory.getStatistics().clear();
        sqlLog.clear();
    }

    /** A session factory on a database: created by URL alone, schema exported, statistics on. */
    final SessionFactory newFactory(TestDatabase.Opened target, Map<String, Object> settings, Class<?>... types) {
        Map<String, Object> properties = new HashMap<>();
        properties.put(AvailableSettings.HBM2DDL_AUTO, "create");
        properties.put(AvailableSettings.GENERATE_STATISTICS, true);
        properties.put(AvailableSettings.STATEMENT_INSPECTOR, sqlLog);
        properties.putAll(target.settings());
        properties.putAll(settings);
        return new HibernatePersistenceConfiguration(getClass().getSimpleName())
                .jdbcUrl(target.url())
                .managedClasses(types)
                .properties(properties)
                .createEntityManagerFactory();
    }

    final TestDatabase.Opened opened() {
        return opened;
    }

    final SessionFactory factory() {
        return factory;
    }

    /** The SQL that Hibernate prepared since the test began or the log was cleared. */
    final SqlLog sql() {
        return sqlLog;
    }

    final void inTransaction(Consumer<Session> work) {
        factory.inTransaction(work);
    }

    final <R> R fromTransaction(Function<Session, R> work) {
        return factory.fromTransaction(work);
    }

    final void inStatelessTransaction(Consumer<StatelessSession> work) {
        factory.inStatelessTransaction(work);
    }

    /** Persists the entities, in this order, in a transaction of its own. */
    final void save(Object... saved) {
        inTransaction(session -> {
            for (Object entity : saved) {
                session.persist(entity);
            }
        });
    }

    /** Persists one entity in a transaction of its own and reads it back in another. */
    final <T> T saveAndFind(T entity) {
        save(entity);
        return find(entity);
    }

    /** The stored state of an entity, read in a transaction of its own; null if there is none. */
    @SuppressWarnings("unchecked")
    final <T> T find(T entity) {
        Object id = factory.getPersistenceUnitUtil().getIdentifier(entity);
        return (T) find(entity.getClass(), id);
    }

    final <T> T find(Class<T> type, Object id) {
        return fromTransaction(session -> session.find(type, id));
    }

    final <T> List<T> list(String hql, Class<T> type) {
        return fromTransaction(
                session -> session.createSelectionQuery(hql, type).getResultList());
    }

    final <T> List<T> list(String hql, Class<T> type, Map<String, ?> parameters) {
        return fromTransaction(session -> {
            var query = session.createSelectionQuery(hql, type);
            parameters.forEach(query::setParameter);
            return query.getResultList();
        });
    }

    final <T> T single(String hql, Class<T> type) {
        return fromTransaction(
                session -> session.createSelectionQuery(hql, type).getSingleResult());
    }

    final long count(Class<?> type) {
        return single("select count(e) from " + type.getName() + " e", Long.class);
    }

    /** The rows of a native query as lists of column values. */
    final List<List<Object>> rows(String sql) {
        List<Object[]> found = fromTransaction(
                session -> session.createNativeQuery(sql, Object[].class).getResultList());
        List<List<Object>> rows = new ArrayList<>();
        found.forEach(row -> rows.add(Arrays.asList(row)));
        return rows;
    }

    /** The one value of a native query. */
    final <T> T nativeValue(String sql, Class<T> type) {
        return fromTransaction(session -> session.createNativeQuery(sql, type).getSingleResult());
    }

    /** Prepared statements that the work took. */
    final long statementsOf(Runnable work) {
        long before = factory.getStatistics().getPrepareStatementCount();
        work.run();
        return factory.getStatistics().getPrepareStatementCount() - before;
    }
}
