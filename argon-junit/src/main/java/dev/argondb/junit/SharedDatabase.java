package dev.argondb.junit;

import dev.argondb.Argon;
import dev.argondb.Ref;
import java.lang.reflect.Field;
import java.lang.reflect.Member;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.extension.ExtensionConfigurationException;

/**
 * One database of a test run, shared by all tests that name its source; or a framework's, held for one test.
 *
 * <p>Thread-safe.
 */
final class SharedDatabase implements AutoCloseable {

    private static final String SESSION_FACTORY = "dev.argondb.orm.hibernate.BranchSessionFactory";

    private final Argon argon;
    private final @Nullable Object sessionFactory;
    private final boolean isOwned;
    private final @Nullable TestDatabase framework;

    private SharedDatabase(Argon argon, @Nullable Object sessionFactory, boolean isOwned) {
        this.argon = argon;
        this.sessionFactory = sessionFactory;
        this.isOwned = isOwned;
        this.framework = null;
    }

    /** A handle of its own on a framework's database: the framework may close its one before the test has ended. */
    private SharedDatabase(TestDatabase framework) {
        this.argon = Argon.open(framework.argon().location());
        this.sessionFactory = null;
        this.isOwned = true;
        this.framework = framework;
    }

    /** Takes hold of the database that a framework has for one test or test class. */
    static SharedDatabase of(TestDatabase framework) {
        return new SharedDatabase(framework);
    }

    /** Opens the database of a source. */
    static SharedDatabase open(DatabaseSource.OfRun source) {
        if (source instanceof DatabaseSource.Location location) {
            Argon argon = Argon.open(location.location());
            return new SharedDatabase(argon, null, true);
        }
        Member member = ((DatabaseSource.Supplier) source).member();
        return of(member, DatabaseSource.supply(member));
    }

    private static SharedDatabase of(Member member, @Nullable Object supplied) {
        boolean owned = !(member instanceof Field);
        if (supplied instanceof Argon argon) {
            return new SharedDatabase(argon, null, owned);
        }
        if (supplied != null && supplied.getClass().getName().equals(SESSION_FACTORY)) {
            return new SharedDatabase(BranchPersistence.argon(supplied), supplied, owned);
        }
        throw new ExtensionConfigurationException("@ArgonDatabase member `" + member.getName() + "` supplied `"
                + supplied + "`; expected an `Argon` or a `BranchSessionFactory`");
    }

    Argon argon() {
        return argon;
    }

    /** Returns the {@code BranchSessionFactory}, or null where the database came without one. */
    @Nullable
    Object sessionFactory() {
        return framework == null ? sessionFactory : framework.sessionFactory().orElse(null);
    }

    /** Returns whether it is to be closed with the test that it was made for, and the test is to be within its branch's scope. */
    boolean isOfOneTest() {
        return framework != null;
    }

    /** Returns what a test's branch is made from where the test does not say it. */
    Ref from() {
        return framework == null ? Ref.MAIN : framework.from();
    }

    /** Returns what the framework gives in place of Argon's, or null. */
    @Nullable
    Object provide(Class<?> type) {
        return framework == null ? null : framework.provide(type).orElse(null);
    }

    /**
     * Checks that the framework has no work open.
     *
     * @throws dev.argondb.InvalidRequestException if it has
     */
    void requireIdle() {
        if (framework != null) {
            framework.requireIdle();
        }
    }

    /** Closes what a method supplied or a URL named; what a field holds is left as it is. */
    @Override
    public void close() {
        if (!isOwned) {
            return;
        }
        if (sessionFactory != null) {
            BranchPersistence.close(sessionFactory);
        }
        argon.close();
    }
}
