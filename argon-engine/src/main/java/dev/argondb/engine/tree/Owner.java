package dev.argondb.engine.tree;

/**
 * The right to edit nodes in place: a node belongs to the tree whose current owner it carries. An owner that has
 * readers is given up at the next edit, which freezes its nodes for them.
 *
 * <p>Confined to the thread of its tree.
 */
final class Owner {
    /** Cursors that still read nodes of this owner. */
    int readers;
}
