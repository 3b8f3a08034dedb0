package dev.argondb.junit;

import java.lang.annotation.Documented;
import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;

/**
 * Marks the static field, or static method without parameters, that supplies the database of {@link ArgonBranch} tests: an
 * {@link dev.argondb.Argon} or a {@code BranchSessionFactory}.
 *
 * <p>A method is called once in the test run, before the first test that needs it, and makes the fixture; what it returns is shared
 * by all tests and closed at the end of the run. What a field holds is the business of who made it.
 */
@Documented
@Retention(RetentionPolicy.RUNTIME)
@Target({ElementType.FIELD, ElementType.METHOD})
public @interface ArgonDatabase {}
