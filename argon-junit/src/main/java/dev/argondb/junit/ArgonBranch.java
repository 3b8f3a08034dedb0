package dev.argondb.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Inherited;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import org.junit.jupiter.api.extension.ExtendWith;

/**
 * Runs each test on a fresh branch of a fixture branch: whatever it commits, in whatever thread, is gone after it, and its
 * sequences give the same ids in every run.
 *
 * <p>The test gets at its branch through parameters of the types {@link ArgonFixture}, {@link dev.argondb.Branch},
 * {@link dev.argondb.Argon}, {@link javax.sql.DataSource}, {@link java.sql.Connection} and, where the database comes with a
 * session factory, {@code SessionFactory}, {@code EntityManagerFactory}, {@code Session} and {@code EntityManager}; or through
 * fields of these types that carry {@link OnBranch}. Everything opened for it is closed after it.
 *
 * <p>The database is the one of {@link #url}, of {@link #database}, or of the {@link ArgonDatabase} member of the test class, its
 * superclasses or the classes around it, in this order; where none of them is there, that of the {@linkplain TestDatabases framework}
 * the test is of: the application under test, in Spring's tests.
 *
 * <p>On a method it overrides what the class says; what it leaves out is taken from the class.
 */
@Documented
@Inherited
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.TYPE, ElementType.METHOD, ElementType.ANNOTATION_TYPE})
@ExtendWith(ArgonExtension.class)
public @interface ArgonBranch {

    /** The ref that the branch is made from: a branch, a tag or a past moment; by default {@code main}, or the application's own. */
    String from() default "";

    /** The database, as {@code mem:NAME}, {@code file:PATH} or a {@code jdbc:argon:} URL of these. */
    String url() default "";

    /** A class with an {@link ArgonDatabase} member: how several test classes share one database. */
    Class<?> database() default void.class;

    /** Whether the branch of a failed test is kept; its name is then added to the failure and to the test report. */
    boolean keepOnFailure() default false;

    /** Whether a failure lists what the test had committed on its branch. Costs what the test changed, and only if it fails. */
    boolean changesOnFailure() default true;
}
