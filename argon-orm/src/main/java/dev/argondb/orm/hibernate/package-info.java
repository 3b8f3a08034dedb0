/**
 * Turns Hibernate sessions into work on branches: a tenant is a {@link dev.argondb.Ref ref}, a session is bound to one, and
 * entity listeners name in each commit what happened in JPA's terms.
 *
 * <p>Owns the words {@link dev.argondb.orm.hibernate.BranchSessionFactory branch session factory}
 * and {@link dev.argondb.orm.hibernate.BranchSessions branch sessions}.
 * May import {@code dev.argondb.orm.jdbc}, {@code dev.argondb.orm.sql} and the engine's unit of work; nothing imports it.
 *
 * <p>Invariants: a tenant identifier names one history (branch id and epoch) or one immutable state, so no cache keyed by it ever
 * mixes branches, moments or rewinds (SecondLevelCacheTest); a session on a past moment refuses to write at once
 * (PastSessionTest); sessions on branches have Hibernate's own transactions, never JTA's (JtaTest); everything here is inert for
 * a session whose connection is not Argon's (InertTest).
 */
@NullMarked
package dev.argondb.orm.hibernate;

import org.jspecify.annotations.NullMarked;
