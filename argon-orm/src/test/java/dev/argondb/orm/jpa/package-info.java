/**
 * The JPA feature suite: what an application may expect of Hibernate on a database, as assertions that hold on every {@link
 * dev.argondb.orm.jpa.TestDatabase}. Stock H2 is the reference: an assertion that fails there is a mistake of the suite.
 *
 * <p>Each class extends {@link dev.argondb.orm.jpa.JpaFeatureTest}, brings its entities as nested classes, and runs once for
 * each database on a session factory of its own. Assertions state what the program can rely on, not how a database gets there:
 * where two databases may lawfully differ (which of two rival transactions fails), the assertion is the common promise (exactly
 * one of them does).
 *
 * <p>Some classes run on a directory as well, where all that is read was written down as pages: see {@link
 * dev.argondb.orm.jpa.TestDatabases}.
 *
 * <p>The package is not null-marked: Hibernate fills the fields of entities, and many are null on purpose.
 */
package dev.argondb.orm.jpa;
