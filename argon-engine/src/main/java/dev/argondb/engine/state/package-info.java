/**
 * States: every collection and index of one commit, immutable; and the materializer that turns (branch, LSN) into one.
 *
 * <p>Owns the words {@link dev.argondb.engine.state.DatabaseState state}, {@link dev.argondb.engine.state.CollectionState
 * collection} and {@link dev.argondb.engine.state.Record record}.
 */
@NullMarked
package dev.argondb.engine.state;

import org.jspecify.annotations.NullMarked;
