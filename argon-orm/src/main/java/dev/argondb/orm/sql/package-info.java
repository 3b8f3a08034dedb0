/**
 * SQL over the engine: turns Argon's states and units of work into the tables and indexes of H2's SQL engine, and H2's rows
 * and definitions into documents and schemas.
 *
 * <p>Owns the words catalog (one in-memory H2 database that holds the definitions of one {@link
 * dev.argondb.engine.schema.Schema}, and no rows), layout (the columns a row was written under) and format. The only
 * package that knows the inside of H2, which is pinned to one release. Imports the engine, never the layers above.
 *
 * <p>Invariants: keys order as H2 compares their values (KeyEncodingTest); every value comes back from its document as it
 * went in (DocumentCodecTest); SQL reaches no file, address or class (SqlDoorsTest); a schema read from the log gives the
 * catalog it was written from (SqlRecoveryTest).
 */
@NullMarked
package dev.argondb.orm.sql;

import org.jspecify.annotations.NullMarked;
