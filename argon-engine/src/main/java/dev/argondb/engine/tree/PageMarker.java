package dev.argondb.engine.tree;

import dev.argondb.engine.format.ByteSink;
import dev.argondb.engine.page.PageMarks;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Objects;
import java.util.Set;

/**
 * Finds the pages that trees lead to: the mark of a mark and sweep (McCarthy 1960). Subtrees that were seen before are not
 * entered again; of leaves in pages only those that name pages of values are read.
 *
 * <p>Confined to one thread, beside any number that read the trees and edit copies of them.
 */
public final class PageMarker {
    private static final byte[] NO_BYTES = {};

    private final PageMarks marked;
    private final Set<Node> seen = Collections.newSetFromMap(new IdentityHashMap<>());
    private final ByteSink scratch = new ByteSink(1 << 12);

    /** @param marked takes the pages; what is in it already is taken to be marked with all that it leads to */
    public PageMarker(PageMarks marked) {
        this.marked = marked;
    }

    /** Marks what a tree leads to. */
    public <V> void mark(BTree<V> tree, ValueCodec<V> codec) {
        if (!tree.isEmpty()) {
            markSlot(tree.rootOrPage(), codec);
        }
    }

    private <V> void markSlot(Object slot, ValueCodec<V> codec) {
        PageRef ref = PageRef.of(slot);
        if (ref == null) {
            Node node = (Node) slot;
            if (seen.add(node)) {
                markBelow(node, codec);
            }
        } else if (!ref.isUnknown() && ref.level() == 0 && !ref.hasOwnPages) {
            marked.addEnd(ref.id);
        } else if (marked.addLeading(ref.id)) {
            markBelow(ref.isUnknown() ? Objects.requireNonNull(ref.node().page) : ref, codec);
        }
    }

    private <V> void markBelow(PageRef ref, ValueCodec<V> codec) {
        if (ref.level() > 0) {
            markBelow(ref.node(), codec);
        } else if (ref.hasOwnPages) {
            ref.pages.cache().ownPages(ref.id).forEach(marked::addEnd);
        }
    }

    private <V> void markBelow(Node node, ValueCodec<V> codec) {
        if (node instanceof InnerNode inner) {
            for (int i = 0; i < inner.childCount(); i++) {
                markSlot(inner.childOrPage(i), codec);
            }
        } else {
            markValues((LeafNode) node, codec);
        }
    }

    /** Values of a leaf that is not stored tell the pages they keep when they are written; what they would add has none yet. */
    @SuppressWarnings("unchecked") // a tree of V holds nothing else
    private <V> void markValues(LeafNode leaf, ValueCodec<V> codec) {
        OwnPages.Sink sink = new OwnPages.Sink() {
            @Override
            public void add(byte[] content) {}

            @Override
            public void keep(OwnPages.OwnPage page) {
                marked.addEnd(page.id());
            }
        };
        for (int i = 0; i < leaf.size; i++) {
            codec.write(codec.usesKeys() ? leaf.key(i) : NO_BYTES, (V) leaf.values[i], scratch, sink);
            scratch.clear(1 << 12);
        }
    }
}
