package dev.argondb.junit;

import dev.argondb.Argon;
import dev.argondb.Ref;
import java.util.Optional;

/**
 * The database of a test as the framework around it knows it.
 *
 * <p>Confined to the test's thread.
 */
public interface TestDatabase {

    /** Returns the database. */
    Argon argon();

    /** Returns what a test's branch is made from where the test does not say it. */
    Ref from();

    /** Returns the {@code BranchSessionFactory}; empty where there is none. */
    Optional<Object> sessionFactory();

    /** Returns a value that the framework gives to tests in place of Argon's of that type, such as an {@code EntityManager}. */
    Optional<Object> provide(Class<?> type);

    /**
     * Checks that the framework has no work of this thread open, before the branch goes back to an earlier moment.
     *
     * @throws dev.argondb.InvalidRequestException if it has
     */
    void requireIdle();
}
