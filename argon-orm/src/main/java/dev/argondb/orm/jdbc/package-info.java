/**
 * JDBC over units of work: {@code jdbc:argon:} URLs, the driver and the data source; a connection is bound to one ref and runs
 * its statements on H2's engine, inside a unit of work that begins with the first statement of a transaction.
 *
 * <p>Owns the words {@link dev.argondb.orm.jdbc.Location location} (where a database is) and
 * {@link dev.argondb.orm.jdbc.OpenDatabases open database} (shared in a process, counted). Imports the engine and the SQL
 * package, and of H2 nothing but what {@code java.sql} shows.
 *
 * <p>Invariants: a failed statement leaves no trace in its unit of work; a failed commit leaves the connection usable and
 * nothing written; a unit of work belongs to one branch; every statement runs on a catalog of its unit's schema.
 */
@NullMarked
package dev.argondb.orm.jdbc;

import org.jspecify.annotations.NullMarked;
