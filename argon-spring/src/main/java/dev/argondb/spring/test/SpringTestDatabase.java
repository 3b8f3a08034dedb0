package dev.argondb.spring.test;

import dev.argondb.Argon;
import dev.argondb.InvalidRequestException;
import dev.argondb.Ref;
import dev.argondb.junit.TestDatabase;
import dev.argondb.spring.jdbc.ScopedDataSource;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.context.ApplicationContext;
import org.springframework.transaction.support.TransactionSynchronizationManager;
import org.springframework.util.ClassUtils;

/**
 * The database of an application context. Work on it follows the scope of the test's thread.
 *
 * <p>Confined to the test's thread.
 */
final class SpringTestDatabase implements TestDatabase {

    private static final ClassLoader LOADER = SpringTestDatabase.class.getClassLoader();

    private static final boolean HAS_JPA =
            ClassUtils.isPresent("org.springframework.orm.jpa.SharedEntityManagerCreator", LOADER)
                    && ClassUtils.isPresent("org.hibernate.SessionFactory", LOADER);

    private final ApplicationContext context;
    private final Argon argon;
    private final Ref from;

    private SpringTestDatabase(ApplicationContext context, Argon argon, Ref from) {
        this.context = context;
        this.argon = argon;
        this.from = from;
    }

    /** Returns the database of an application context. */
    static SpringTestDatabase of(ApplicationContext context, Class<?> test) {
        Argon argon = context.getBeanProvider(Argon.class).getIfUnique();
        if (argon == null) {
            throw new InvalidRequestException("the application of `" + test.getName() + "` has "
                    + context.getBeanNamesForType(Argon.class).length
                    + " `Argon` beans, @ArgonBranch needs one; set `argon.url`, or `spring.datasource.url` to a `jdbc:argon:` URL,"
                    + " and mark one as @Primary where there are several");
        }
        return new SpringTestDatabase(context, argon, source(context, test).ref());
    }

    private static ScopedDataSource source(ApplicationContext context, Class<?> test) {
        return context.getBeanProvider(DataSource.class).stream()
                .flatMap(source -> ScopedDataSource.behind(source).stream())
                .findFirst()
                .orElseThrow(
                        () -> new InvalidRequestException("the data source of the application of `" + test.getName()
                                + "` is not Argon's but " + String.join(", ", describe(context))
                                + ", where @ArgonBranch makes no branches; leave out what replaces it"));
    }

    private static Iterable<String> describe(ApplicationContext context) {
        return context.getBeanProvider(DataSource.class).stream()
                .map(other -> "`" + other.getClass().getName() + "`")
                .toList();
    }

    @Override
    public Argon argon() {
        return argon;
    }

    @Override
    public Ref from() {
        return from;
    }

    @Override
    public Optional<Object> sessionFactory() {
        return HAS_JPA ? EntityManagers.sessionFactory(context) : Optional.empty();
    }

    /** The application's own entity manager, which takes part in the transaction of the test's thread. */
    @Override
    public Optional<Object> provide(Class<?> type) {
        return HAS_JPA ? EntityManagers.shared(context, type) : Optional.empty();
    }

    @Override
    public void requireIdle() {
        if (TransactionSynchronizationManager.isActualTransactionActive()) {
            throw new InvalidRequestException(
                    "the test is inside a transaction of Spring's, which cannot be taken to another moment; end it first"
                            + " (`TestTransaction.end()`), or leave out @Transactional: the test's branch isolates it");
        }
    }
}
