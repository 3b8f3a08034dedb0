/**
 * The Spring Boot application and the test classes of {@code spring-test-isolation}: one test, run with each way of giving it data of its
 * own. Public where Jupiter, Hibernate or Spring asks for it.
 */
@NullMarked
package dev.argondb.benchmarks.spring;

import org.jspecify.annotations.NullMarked;
