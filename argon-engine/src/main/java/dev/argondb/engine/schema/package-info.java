/**
 * The schema of a state as data: collections, their columns, indexes and foreign keys, kept as documents of a system
 * collection, so that it is branched, logged and recovered with the rest.
 *
 * <p>Owns the words {@link dev.argondb.engine.schema.Schema schema} and
 * {@link dev.argondb.engine.schema.CollectionSchema collection schema}. What the SQL layer adds to a definition is carried
 * as text the engine does not read.
 */
@NullMarked
package dev.argondb.engine.schema;

import org.jspecify.annotations.NullMarked;
