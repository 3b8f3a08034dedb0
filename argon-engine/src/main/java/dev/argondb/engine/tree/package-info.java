/**
 * Turns an ordered map from byte strings to values into immutable B+trees that share their unchanged nodes.
 *
 * <p>Words: a {@code Node} is a {@code LeafNode} (entries) or an {@code InnerNode} (separators, children and how many
 * entries lie below each). A <em>head</em> is the first eight bytes of a key as a long whose signed order is the byte
 * order; a node searches its heads and looks at whole keys only where heads tie. An {@code Owner} is the token of one
 * {@link dev.argondb.engine.tree.MutableBTree}: nodes that carry it are edited in place, all others are frozen.
 *
 * <p>Invariants, held by {@code BTreeModelTest} and {@code BTreeCostTest}: a frozen node never changes; keys are
 * strictly ascending; every entry below child {@code i} is at or above separator {@code i - 1} and below separator
 * {@code i}; all leaves have the same depth; nodes off the right edge are at least a third full; an owned node is
 * reached through owned nodes only. The package imports nothing of Argon.
 */
@NullMarked
package dev.argondb.engine.tree;

import org.jspecify.annotations.NullMarked;
