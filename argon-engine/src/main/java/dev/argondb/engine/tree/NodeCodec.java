package dev.argondb.engine.tree;

import dev.argondb.engine.format.ByteSink;
import dev.argondb.engine.format.ByteSource;
import dev.argondb.engine.format.MalformedRecordException;
import dev.argondb.engine.page.PageBatch;
import dev.argondb.engine.page.PageId;
import dev.argondb.engine.page.PageStore;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Nodes as pages.
 *
 * <pre>
 * page      = version kind (leaf | inner)
 * version   = 1 (a byte)
 * kind      = the number of the codec of the values (a byte)
 * leaf      = 0 (a byte) own count keys value*
 * inner     = level (a byte, 1 or more) count keys child*    one child more than keys
 * own       = number of pages that values of this leaf have to themselves, then their ids in the order of the values
 * count     = number of keys
 * keys      = 0 (a byte) long*                                all keys have eight bytes
 *           | 1 (a byte) bytes*
 * long      = the first in eight bytes, as {@link Keys#ofLong} has it; each other as its distance from the one before it
 * bytes     = length of what it has in common with the key before it, length of the rest, the rest
 * child     = page id (16 bytes), number of entries * 2 + (1 if any leaf there names pages of values, else 0)
 * value     = as its codec has it
 * </pre>
 *
 * Numbers are varints unless said otherwise. Equal nodes give equal pages.
 */
final class NodeCodec {
    static final int VERSION = 1;

    private static final int LONGS = 0;
    private static final int BYTES = 1;
    private static final byte[] NO_BYTES = {};

    /** About the heap bytes of a node with its arrays and what the cache keeps about it; of an array; of a reference. */
    private static final int NODE_WEIGHT = 160;

    private static final int ARRAY_WEIGHT = 20;
    private static final int REF_WEIGHT = 80;

    private NodeCodec() {}

    // ---- writing

    /** Adds a node, all of whose children are stored, to a batch, and returns the reference to its page. */
    static <V> Encoded encode(Node node, NodePages<V> pages, Children children, PageBatch batch, ByteSink out) {
        out.clear(out.array().length);
        out.putByte(VERSION);
        out.putByte(pages.codec().kind());
        out.putByte(node.level());
        boolean hasOwnPages;
        int weight = NODE_WEIGHT;
        if (node instanceof InnerNode inner) {
            weight += writeKeys(inner, out);
            hasOwnPages = writeChildren(inner, children, out);
            weight += inner.childCount() * (REF_WEIGHT + Long.BYTES);
        } else {
            ByteSink values = new ByteSink(1024);
            OwnPageWriter own = new OwnPageWriter(pages.cache().store(), batch);
            weight += writeValues((LeafNode) node, pages.codec(), values, own);
            own.write(out);
            weight += writeKeys(node, out);
            out.putBytes(values.array(), 0, values.size());
            hasOwnPages = !own.ids.isEmpty();
        }
        PageId id = batch.put(out.array(), 0, out.size());
        return new Encoded(
                new PageRef(pages, id, node.level(), hasOwnPages), new DecodedNode(node, hasOwnPages, weight));
    }

    /** A node and the reference to the page that it was written to. */
    record Encoded(PageRef ref, DecodedNode node) {}

    /** Tells the page of a child: of one that is stored, or is in the same batch. */
    interface Children {
        PageRef page(Object child);
    }

    private static boolean writeChildren(InnerNode inner, Children children, ByteSink out) {
        boolean any = false;
        for (int i = 0; i < inner.childCount(); i++) {
            PageRef page = children.page(inner.childOrPage(i));
            out.putLong(page.id.high());
            out.putLong(page.id.low());
            out.putVarint(inner.count(i) << 1 | (page.hasOwnPages ? 1 : 0));
            any |= page.hasOwnPages;
        }
        return any;
    }

    @SuppressWarnings("unchecked") // a tree of V holds nothing else
    private static <V> int writeValues(LeafNode leaf, ValueCodec<V> codec, ByteSink out, OwnPageWriter own) {
        int weight = leaf.size * Integer.BYTES;
        for (int i = 0; i < leaf.size; i++) {
            weight += codec.write(codec.usesKeys() ? leaf.key(i) : NO_BYTES, (V) leaf.values[i], out, own);
        }
        return weight;
    }

    private static int writeKeys(Node node, ByteSink out) {
        out.putVarint(node.size);
        if (node.areLongs()) {
            out.putByte(LONGS);
            return writeLongs(node, out);
        }
        out.putByte(BYTES);
        return writeBytes(node, out);
    }

    private static int writeLongs(Node node, ByteSink out) {
        for (int i = 0; i < node.size; i++) {
            if (i == 0) {
                out.putLong(node.heads[0] ^ Long.MIN_VALUE);
            } else {
                out.putVarint(node.heads[i] - node.heads[i - 1]);
            }
        }
        return node.size * Long.BYTES;
    }

    private static int writeBytes(Node node, ByteSink out) {
        byte[] before = NO_BYTES;
        int weight = 0;
        for (int i = 0; i < node.size; i++) {
            byte[] key = node.key(i);
            int common = common(before, key);
            out.putVarint(common);
            out.putVarint(key.length - common);
            out.putBytes(key, common, key.length - common);
            before = key;
            weight += keyWeight(key);
        }
        return weight;
    }

    private static int common(byte[] a, byte[] b) {
        int mismatch = Arrays.mismatch(a, b);
        return mismatch < 0 ? a.length : mismatch;
    }

    /** Weighs an inner node, but for its keys. */
    static int weighInner(int children) {
        return NODE_WEIGHT + children * (REF_WEIGHT + Long.BYTES);
    }

    /** Weighs a leaf, but for its keys and values. */
    static int weighLeaf(int values) {
        return NODE_WEIGHT + values * Integer.BYTES;
    }

    static int weighKey(Node node, int at) {
        return node.areLongs() ? Long.BYTES : keyWeight(node.key(at));
    }

    private static int keyWeight(byte[] key) {
        return 2 * Long.BYTES + ARRAY_WEIGHT + key.length;
    }

    /** Adds the pages that the values of one leaf have to themselves. */
    private static final class OwnPageWriter implements OwnPages.Sink {
        private final PageStore store;
        private final PageBatch batch;
        final List<PageId> ids = new ArrayList<>();

        OwnPageWriter(PageStore store, PageBatch batch) {
            this.store = store;
            this.batch = batch;
        }

        @Override
        public void add(byte[] content) {
            ids.add(batch.put(content, 0, content.length));
        }

        @Override
        @SuppressWarnings("ReferenceEquality") // the very store
        public void keep(OwnPages.OwnPage page) {
            if (page.store() == store) {
                ids.add(page.id());
            } else {
                add(page.read());
            }
        }

        void write(ByteSink out) {
            out.putVarint(ids.size());
            for (PageId id : ids) {
                out.putLong(id.high());
                out.putLong(id.low());
            }
        }
    }

    // ---- reading

    /** Reads a node of a page. */
    static <V> DecodedNode decode(byte[] page, NodePages<V> pages) throws MalformedRecordException {
        ByteSource in = new ByteSource(page, 0, page.length);
        Header header = Header.read(in);
        if (header.kind() != pages.codec().kind()) {
            throw new MalformedRecordException("kind " + header.kind() + " of values where kind "
                    + pages.codec().kind() + " is due");
        }
        DecodedNode node = header.level() == 0 ? readLeaf(in, pages) : readInner(in, header.level(), pages);
        if (in.remaining() > 0) {
            throw new MalformedRecordException(in.remaining() + " bytes behind the end");
        }
        return node;
    }

    /** The first bytes of a page. */
    record Header(int kind, int level) {
        static Header read(ByteSource in) throws MalformedRecordException {
            int version = in.readByte();
            if (version != VERSION) {
                throw new MalformedRecordException(
                        "version " + version + " where version " + VERSION + " is the newest known");
            }
            int kind = in.readByte();
            int level = in.readByte();
            if (level >= MutableBTree.MOST_LEVELS) {
                throw new MalformedRecordException("level " + level);
            }
            return new Header(kind, level);
        }
    }

    /** Reads the ids of the pages that the values of a leaf have to themselves; none of an inner node. */
    static List<PageId> ownPages(byte[] page) throws MalformedRecordException {
        ByteSource in = new ByteSource(page, 0, page.length);
        return Header.read(in).level() == 0 ? readOwnPages(in) : List.of();
    }

    private static <V> DecodedNode readLeaf(ByteSource in, NodePages<V> pages) throws MalformedRecordException {
        List<PageId> ids = readOwnPages(in);
        DecodedKeys keys = readKeys(in);
        OwnPageReader own = new OwnPageReader(pages.cache().store(), ids);
        Object[] values = new Object[keys.size()];
        int weight = weighLeaf(values.length) + keys.weight();
        ValueCodec<V> codec = pages.codec();
        for (int i = 0; i < values.length; i++) {
            V value = codec.read(codec.usesKeys() ? keys.key(i) : NO_BYTES, in, own);
            weight += codec.weigh(value);
            values[i] = value;
        }
        own.requireEnd();
        return new DecodedNode(new LeafNode(keys.heads(), keys.full(), values), !ids.isEmpty(), weight);
    }

    private static List<PageId> readOwnPages(ByteSource in) throws MalformedRecordException {
        int count = readCount(in, 0);
        List<PageId> ids = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            ids.add(readId(in));
        }
        return ids;
    }

    private static DecodedNode readInner(ByteSource in, int level, NodePages<?> pages) throws MalformedRecordException {
        DecodedKeys keys = readKeys(in);
        PageRef[] children = new PageRef[keys.size() + 1];
        long[] counts = new long[children.length];
        boolean any = false;
        for (int i = 0; i < children.length; i++) {
            ChildPage child = ChildPage.read(in);
            children[i] = new PageRef(pages, child.id(), level - 1, child.hasOwnPages());
            counts[i] = child.count();
            any |= child.hasOwnPages();
        }
        int weight = weighInner(children.length) + keys.weight();
        return new DecodedNode(new InnerNode(level, keys.heads(), keys.full(), children, counts), any, weight);
    }

    /** What an inner page says of a child. */
    private record ChildPage(PageId id, long count, boolean hasOwnPages) {
        static ChildPage read(ByteSource in) throws MalformedRecordException {
            PageId id = readId(in);
            long count = in.readVarint();
            if (count < 0) {
                throw new MalformedRecordException("a count of " + Long.toUnsignedString(count));
            }
            return new ChildPage(id, count >>> 1, (count & 1) != 0);
        }
    }

    private static PageId readId(ByteSource in) throws MalformedRecordException {
        return new PageId(in.readLong(), in.readLong());
    }

    /** Keys of a node, and about how much heap they take. */
    private record DecodedKeys(long[] heads, byte @Nullable [] @Nullable [] full, int weight) {
        int size() {
            return heads.length;
        }

        byte[] key(int at) {
            return Keys.key(heads[at], full == null ? null : full[at]);
        }
    }

    private static int readCount(ByteSource in, int least) throws MalformedRecordException {
        int count = in.readCountOfFollowing();
        if (count < least || count > Node.FANOUT) {
            throw new MalformedRecordException("a count of " + count + " in a node of at most " + Node.FANOUT);
        }
        return count;
    }

    private static DecodedKeys readKeys(ByteSource in) throws MalformedRecordException {
        int count = readCount(in, 1);
        int form = in.readByte();
        return switch (form) {
            case LONGS -> readLongs(in, count);
            case BYTES -> readBytes(in, count);
            default -> throw new MalformedRecordException("keys of form " + form);
        };
    }

    private static DecodedKeys readLongs(ByteSource in, int count) throws MalformedRecordException {
        long[] heads = new long[count];
        heads[0] = in.readLong() ^ Long.MIN_VALUE;
        for (int i = 1; i < count; i++) {
            heads[i] = heads[i - 1] + in.readVarint();
            requireAscending(heads[i] > heads[i - 1], i);
        }
        return new DecodedKeys(heads, null, count * Long.BYTES);
    }

    private static DecodedKeys readBytes(ByteSource in, int count) throws MalformedRecordException {
        long[] heads = new long[count];
        byte @Nullable [][] full = new byte[count][];
        byte[] before = NO_BYTES;
        int weight = 0;
        for (int i = 0; i < count; i++) {
            byte[] key = readKey(in, before);
            requireAscending(i == 0 || Keys.compare(before, key) < 0, i);
            heads[i] = Keys.head(key);
            full[i] = Keys.full(key);
            weight += keyWeight(key);
            before = key;
        }
        return new DecodedKeys(heads, full, weight);
    }

    private static byte[] readKey(ByteSource in, byte[] before) throws MalformedRecordException {
        int common = in.readCount();
        int rest = in.readCountOfFollowing();
        if (common > before.length) {
            throw new MalformedRecordException(common + " bytes in common with a key of " + before.length + " bytes");
        }
        byte[] key = Arrays.copyOf(before, common + rest);
        in.readBytes(key, common, rest);
        return key;
    }

    private static void requireAscending(boolean ascending, int at) throws MalformedRecordException {
        if (!ascending) {
            throw new MalformedRecordException("key " + at + " is not above the one before it");
        }
    }

    /** Gives the pages that the values of one leaf have to themselves. */
    private static final class OwnPageReader implements OwnPages.Source {
        private final PageStore store;
        private final List<PageId> ids;
        private int at;

        OwnPageReader(PageStore store, List<PageId> ids) {
            this.store = store;
            this.ids = ids;
        }

        @Override
        public OwnPages.OwnPage next() throws MalformedRecordException {
            if (at == ids.size()) {
                throw new MalformedRecordException("more than the " + at + " pages of values that are named");
            }
            return new OwnPages.OwnPage(store, ids.get(at++));
        }

        void requireEnd() throws MalformedRecordException {
            if (at < ids.size()) {
                throw new MalformedRecordException(at + " pages of values, " + ids.size() + " named");
            }
        }
    }
}
