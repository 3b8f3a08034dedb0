/**
 * The commit graph: branches as movable pointers, the chains of commits behind them, the pipeline that orders and makes
 * durable what is committed, and the materializer that rebuilds the state of any commit.
 *
 * <p>Branch metadata is a fold over the log; a checkpoint keeps the fold, snapshots keep states, and retention lets go of both
 * (docs/decisions/011). Owns the words chain, checkpoint, snapshot and watermark. Invariants: LSNs strictly increase; a state is
 * visible only once it is durable; what a reset discarded never resurfaces; a checkpoint is durable before anything goes that an
 * older one needs; what cannot be read right is refused. {@code SimulationTest} holds them through crashes and faults,
 * {@code SnapshotTest} and {@code RetentionTest} without.
 */
@NullMarked
package dev.argondb.engine.branch;

import org.jspecify.annotations.NullMarked;
