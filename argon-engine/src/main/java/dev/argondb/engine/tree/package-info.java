/**
 * Turns an ordered map from byte strings to values into immutable B+trees that share their unchanged nodes.
 *
 * <p>Words: a {@code Node} is a {@code LeafNode} (entries) or an {@code InnerNode} (separators, children and how many
 * entries lie below each). A <em>head</em> is the first eight bytes of a key as a long whose signed order is the byte
 * order; a node searches its heads and looks at whole keys only where heads tie. An {@code Owner} is the token of one
 * {@link dev.argondb.engine.tree.MutableBTree}: nodes that carry it are edited in place, all others are frozen.
 *
 * <p>A frozen node may be stored as a {@link dev.argondb.engine.page.PageStore page}, whose format is in {@code NodeCodec}; a
 * {@code PageRef} is a reference to it. A stored node is <em>resident</em> while a {@link dev.argondb.engine.tree.PageCache}
 * keeps it, and read again when it is needed later. A {@link dev.argondb.engine.tree.TreeWriter} stores the nodes of trees that
 * have no page yet.
 *
 * <p>Invariants, held by {@code BTreeModelTest}, {@code BTreeCostTest}, {@code StoredTreeCostTest} and {@code PageCacheTest}: a
 * frozen node never changes in what it says; keys are strictly ascending; every entry below child {@code i} is at or above
 * separator {@code i - 1} and below separator {@code i}; all leaves have the same depth; nodes off the right edge are at least a
 * third full; an owned node is reached through owned nodes only; equal nodes are equal pages; one page is at most one
 * resident node. Imports the contracts, formats and pages.
 */
@NullMarked
package dev.argondb.engine.tree;

import org.jspecify.annotations.NullMarked;
