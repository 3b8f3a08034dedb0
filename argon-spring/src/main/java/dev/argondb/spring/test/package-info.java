/**
 * Spring's tests on branches: {@code @ArgonBranch} of {@code dev.argondb.junit} beside {@code @SpringBootTest}, {@code @DataJpaTest} and
 * all others that have an application context.
 *
 * <p>Turns a test into a {@link dev.argondb.BranchScope} around everything of it that works on data: the transaction of a
 * {@code @Transactional} test, {@code @Sql}, {@code @BeforeEach} to {@code @AfterEach}. Over HTTP the scope goes along as a
 * {@link dev.argondb.spring.test.TestBranchHeader header}. Invariants: one application context serves all branches; a test without the
 * annotation is as it was; no request but those of this context's tests chooses a branch. Held by {@code SpringBranchTest}.
 *
 * <p>Imports {@code dev.argondb.junit}, spring-test and Boot's test modules, all optional: what {@code spring.factories} names loads
 * without them. Nothing outside of tests imports it.
 */
@NullMarked
package dev.argondb.spring.test;

import org.jspecify.annotations.NullMarked;
