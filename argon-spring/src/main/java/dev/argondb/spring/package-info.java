/**
 * Spring Boot applications on branches: what application code names.
 *
 * <p>Owns the annotation {@link dev.argondb.spring.ArgonBranch @ArgonBranch} of beans and methods (work on this ref; the one of tests is
 * another, in {@code dev.argondb.junit}). Imports the API alone.
 */
@NullMarked
package dev.argondb.spring;

import org.jspecify.annotations.NullMarked;
