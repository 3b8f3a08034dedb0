/**
 * Spring Boot applications on branches: what application code names.
 *
 * <p>Owns the annotation {@link dev.argondb.spring.ArgonBranch @ArgonBranch} of beans and methods (work on this ref; the one of tests is
 * another, in {@code dev.argondb.junit}), and what says why commits are made: {@link dev.argondb.spring.CommitMessage
 * @CommitMessage} and {@link dev.argondb.spring.CommitMessageSource}. Imports the API alone.
 */
@NullMarked
package dev.argondb.spring;

import org.jspecify.annotations.NullMarked;
