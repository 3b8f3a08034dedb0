/**
 * Turns properties and beans of a Spring Boot application into an open database, a data source and sessions on branches.
 *
 * <p>Owns the properties {@code argon.*}. May import all other packages of this module; none imports it.
 *
 * <p>Invariants, and the tests that hold them: every bean gives way to one of the application, and without Argon's say ({@code
 * argon.enabled=false}, another data source configured) the application is exactly as it was (ConditionsTest); what contradicts or is
 * malformed is refused with what to do about it (FailureAnalysisTest); in memory all is as Boot does it in H2's memory (SchemaTest); a
 * persistence unit is bound to branches if its data source is Argon's, and only then (PersistenceUnitsTest); a context lets go of its
 * directory when it is closed or fails to start (LifecycleTest); each commit is by the auditor, for the reason that the method around it
 * gives (AuthorshipTest).
 */
@NullMarked
package dev.argondb.spring.autoconfigure;

import org.jspecify.annotations.NullMarked;
