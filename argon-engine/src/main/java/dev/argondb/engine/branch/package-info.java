/**
 * The commit graph: branches as movable pointers, the chains of commits behind them, the pipeline that orders and makes
 * durable what is committed, and the materializer that rebuilds the state of any commit.
 *
 * <p>Branch metadata is a fold over the log. Invariants: LSNs strictly increase; a state is visible only once it is durable;
 * what a reset discarded never resurfaces.
 */
@NullMarked
package dev.argondb.engine.branch;

import org.jspecify.annotations.NullMarked;
