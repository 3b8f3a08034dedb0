package dev.argondb.engine.tree;

/**
 * A node and what is known of it from its page.
 *
 * @param hasOwnPages whether any leaf here or below names pages that values have to themselves
 * @param weight about how many bytes of heap it takes, and what a cache keeps about it
 */
record DecodedNode(Node node, boolean hasOwnPages, int weight) {
    /** Makes the node resident in a reference to its page, or in a new one that knows more; returns that reference. */
    PageRef settle(PageRef ref) {
        PageRef settled = ref.isUnknown() ? new PageRef(ref.pages, ref.id, node.level(), hasOwnPages) : ref;
        settled.weight = weight;
        node.page = settled;
        settled.node = node;
        return settled;
    }
}
