/**
 * The Jupiter extension that gives each test a branch of its own.
 *
 * <p>Owns the words {@link dev.argondb.junit.ArgonBranch @ArgonBranch} (asks for a branch),
 * {@link dev.argondb.junit.ArgonDatabase @ArgonDatabase} (names the database), {@link dev.argondb.junit.OnBranch @OnBranch} (a
 * field to fill) and {@link dev.argondb.junit.ArgonFixture fixture} (a test's handle on its branch).
 *
 * <p>A framework around tests, such as Spring, supplies their database through {@link dev.argondb.junit.TestDatabases}: it enters the
 * scope of a test's branch in the test's thread. What its class-level code does is on a {@link dev.argondb.junit.ClassBranch}.
 *
 * <p>May import {@code dev.argondb.orm} and the Jupiter API. Only {@link dev.argondb.junit.BranchPersistence} touches Hibernate, and
 * is loaded only by tests that ask for it. Invariants: a test's branch exists before its first {@code @BeforeEach} method and after
 * its last {@code @AfterEach} method; no test sees another's branch; tests without the annotation cost nothing.
 */
@NullMarked
package dev.argondb.junit;

import org.jspecify.annotations.NullMarked;
