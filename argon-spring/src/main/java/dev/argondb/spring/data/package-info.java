/**
 * Turns Spring Data repositories into ones that know branches and the past: {@link dev.argondb.spring.data.ArgonRepository} is a fragment
 * that an application's repository interface extends beside {@code JpaRepository}.
 *
 * <p>Owns the words <i>change</i> (what one commit did to one entity) and <i>difference</i> (what tells an entity of one state from
 * that of another). Imports the API, {@code dev.argondb.orm.hibernate}, Hibernate's mapping metamodel, Spring Data and Spring's
 * transactions; the auto-configuration imports it.
 *
 * <p>Invariants: an entity as of then is read by a session at that moment, never put together from log entries
 * (EntityHistoryTest); a repository whose persistence unit is not Argon's starts, and refuses these methods (ForeignUnitTest);
 * exceptions of Argon leave repositories and templates as Spring's (ExceptionTranslationTest).
 */
@NullMarked
package dev.argondb.spring.data;

import org.jspecify.annotations.NullMarked;
