/**
 * Turns {@code @ArgonBranch} and {@link dev.argondb.BranchScope} into work that Spring's transactions, sessions and executors do on
 * the right ref.
 *
 * <p>Words: a resource (a connection or an entity manager of Argon that Spring bound to the thread) is <em>transactional</em> while
 * an actual transaction uses it; a <em>view</em> is an entity manager that is bound without one, as open-in-view does. Imports the
 * API, {@code dev.argondb.orm}, Spring's transactions and AOP; Hibernate and Micrometer are optional.
 *
 * <p>Invariants: no code within a scope gets a resource that is bound to another ref, and none bound within is found after it
 * (TransactionScopeListenerTest); the scope of {@code @ArgonBranch} is around the transaction and inside of
 * {@code @Async} (ArgonBranchTest, ArgonBranchAdvisorTest); a pooled thread has no scope after a task (ScopePropagationTest).
 */
@NullMarked
package dev.argondb.spring.scope;

import org.jspecify.annotations.NullMarked;
