package dev.argondb.engine.state;

import dev.argondb.CorruptDataException;
import dev.argondb.engine.format.ByteSink;
import dev.argondb.engine.format.ByteSource;
import dev.argondb.engine.format.MalformedRecordException;
import dev.argondb.engine.page.PageBatch;
import dev.argondb.engine.page.PageId;
import dev.argondb.engine.page.PageStore;
import dev.argondb.engine.schema.CollectionSchema;
import dev.argondb.engine.schema.IndexSpec;
import dev.argondb.engine.schema.KeyKind;
import dev.argondb.engine.schema.Schema;
import dev.argondb.engine.schema.SchemaObject;
import dev.argondb.engine.tree.BTree;
import dev.argondb.engine.tree.PageCache;
import dev.argondb.engine.tree.PageMarker;
import dev.argondb.engine.tree.TreeVerifier;
import dev.argondb.engine.tree.TreeWeigher;
import dev.argondb.engine.tree.TreeWriter;
import dev.argondb.engine.tree.ValueCodec;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.jspecify.annotations.Nullable;

/**
 * Writes states down as pages, and gives them back: snapshots.
 *
 * <pre>
 * snapshot   = version lsn collection*       a page of its own; the list after its count
 * version    = byte                          1
 * collection = id tree index*                the list after its count; the schema's collection first
 * index      = id tree
 * tree       = size [root]                   the root page, where the size is not 0
 * root       = 16 bytes
 * </pre>
 *
 * Numbers are varints. What a collection and its indexes look like is in the documents of the schema's collection.
 *
 * <p>Thread-safe.
 */
public final class StateStore {

    private static final int VERSION = 1;

    private final PageStore pages;
    private final PageCache cache;
    private final DocumentFormat formats;
    /** Schemas by the root page of their documents, so that states of one schema share it. */
    private final Map<PageId, WeakReference<Schema>> schemas = new ConcurrentHashMap<>();

    /**
     * @param pages where snapshots are
     * @param cache keeps their nodes
     */
    public StateStore(PageStore pages, PageCache cache, DocumentFormat formats) {
        this.pages = pages;
        this.cache = cache;
        this.formats = formats;
    }

    /** Returns the cache of its nodes. */
    public PageCache cache() {
        return cache;
    }

    /** One tree of a snapshot: its root page, null for an empty one, and its number of entries. */
    public record TreeImage(@Nullable PageId root, long size) {}

    /** A collection of a snapshot, its indexes by their ids. */
    public record CollectionImage(int id, TreeImage records, Map<Integer, TreeImage> indexes) {}

    /** What the page of a snapshot says. */
    public record Image(long lsn, List<CollectionImage> collections) {}

    /** Returns the state of a snapshot. Only the schema is read; the rest follows when it is used. */
    public DatabaseState read(PageId snapshot) {
        Image image = image(snapshot);
        CollectionImage system = image.collections().get(0);
        CollectionState documents = new CollectionState(
                SystemFormat.SCHEMA, new SystemFormat(), open(system.records(), RecordCodec.INSTANCE), List.of());
        Schema schema = schema(documents, system.records().root());
        Map<Integer, CollectionImage> images = new HashMap<>();
        image.collections().forEach(collection -> images.put(collection.id(), collection));
        List<CollectionState> collections = new ArrayList<>();
        collections.add(documents);
        for (SchemaObject object : schema.objects()) {
            CollectionSchema collection = object.collection();
            if (collection != null) {
                collections.add(open(collection, images.get(collection.id()), snapshot));
            }
        }
        return DatabaseState.of(image.lsn(), schema, collections);
    }

    /** Returns what the page of a snapshot says. */
    public Image image(PageId snapshot) {
        byte[] page = pages.read(snapshot);
        try {
            return decode(new ByteSource(page, 0, page.length));
        } catch (MalformedRecordException e) {
            throw new CorruptDataException(
                    "page `" + snapshot + "` is no snapshot: " + e.getMessage() + "; run `verify`", e);
        }
    }

    private <V> BTree<V> open(TreeImage image, ValueCodec<V> codec) {
        PageId root = image.root();
        return root == null ? BTree.empty() : BTree.open(cache, codec, root, image.size());
    }

    private Schema schema(CollectionState documents, @Nullable PageId root) {
        WeakReference<Schema> known = root == null ? null : schemas.get(root);
        Schema schema = known == null ? null : known.get();
        if (schema == null) {
            schema = DatabaseState.of(0, Schema.EMPTY, List.of(documents)).storedSchema();
            remember(root, schema);
        }
        return schema;
    }

    private void remember(@Nullable PageId root, Schema schema) {
        if (root != null) {
            schemas.values().removeIf(reference -> reference.get() == null);
            schemas.put(root, new WeakReference<>(schema));
        }
    }

    private CollectionState open(CollectionSchema schema, @Nullable CollectionImage image, PageId snapshot) {
        if (image == null) {
            throw new CorruptDataException(
                    "snapshot `" + snapshot + "` has no collection `" + schema.name() + "`; run `verify`");
        }
        List<BTree<Object>> indexes = new ArrayList<>();
        for (IndexSpec index : schema.indexes()) {
            TreeImage tree = image.indexes().get(index.id());
            if (tree == null) {
                throw new CorruptDataException("snapshot `" + snapshot + "` has no index `" + index.name() + "` of `"
                        + schema.name() + "`; run `verify`");
            }
            indexes.add(open(tree, IndexCodec.of(schema.keyKind())));
        }
        return new CollectionState(
                schema, formats.format(schema, null), open(image.records(), RecordCodec.INSTANCE), indexes);
    }

    private static Image decode(ByteSource source) throws MalformedRecordException {
        int version = source.readByte();
        if (version != VERSION) {
            throw new MalformedRecordException("a snapshot of version " + version + ", not " + VERSION);
        }
        long lsn = source.readVarint();
        int count = source.readCountOfFollowing();
        List<CollectionImage> collections = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            collections.add(decodeCollection(source));
        }
        if (source.remaining() > 0
                || collections.isEmpty()
                || collections.get(0).id() != Schema.COLLECTION_ID) {
            throw new MalformedRecordException(
                    collections.size() + " collections and " + source.remaining() + " bytes more");
        }
        return new Image(lsn, collections);
    }

    private static CollectionImage decodeCollection(ByteSource source) throws MalformedRecordException {
        int id = source.readCount();
        TreeImage records = decodeTree(source);
        Map<Integer, TreeImage> indexes = new HashMap<>();
        int count = source.readCountOfFollowing();
        for (int i = 0; i < count; i++) {
            indexes.put(source.readCount(), decodeTree(source));
        }
        return new CollectionImage(id, records, indexes);
    }

    private static TreeImage decodeTree(ByteSource source) throws MalformedRecordException {
        long size = source.readVarint();
        return new TreeImage(size == 0 ? null : new PageId(source.readLong(), source.readLong()), size);
    }

    /** Marks the pages that a state leads to. */
    public static void mark(DatabaseState state, PageMarker marker) {
        for (int i = 0; i < state.count(); i++) {
            CollectionState collection = state.at(i);
            marker.mark(collection.tree(), RecordCodec.INSTANCE);
            for (int j = 0; j < collection.schema().indexes().size(); j++) {
                marker.mark(
                        collection.indexTree(j),
                        IndexCodec.of(collection.schema().keyKind()));
            }
        }
    }

    /** Returns about how many bytes of heap a state holds beside the cache: its nodes that have no page. */
    public static long weighUnstored(DatabaseState state) {
        long weight = 0;
        for (int i = 0; i < state.count(); i++) {
            CollectionState collection = state.at(i);
            weight += TreeWeigher.unstored(collection.tree(), RecordCodec.INSTANCE);
            for (int j = 0; j < collection.schema().indexes().size(); j++) {
                weight += TreeWeigher.unstored(
                        collection.indexTree(j),
                        IndexCodec.of(collection.schema().keyKind()));
            }
        }
        return weight;
    }

    /** Verifies the trees of a snapshot. */
    public void verify(Image image, TreeVerifier trees) {
        Schema schema = null;
        for (CollectionImage collection : image.collections()) {
            boolean isSystem = collection.id() == Schema.COLLECTION_ID;
            verify(collection.records(), RecordCodec.INSTANCE, trees);
            if (isSystem) {
                schema = schema(
                        new CollectionState(
                                SystemFormat.SCHEMA,
                                new SystemFormat(),
                                open(collection.records(), RecordCodec.INSTANCE),
                                List.of()),
                        collection.records().root());
            } else if (schema != null) {
                CollectionSchema known = schema.collection(collection.id());
                KeyKind keys = known == null ? KeyKind.LONG : known.keyKind();
                collection.indexes().values().forEach(index -> verify(index, IndexCodec.of(keys), trees));
            }
        }
    }

    private static <V> void verify(TreeImage tree, ValueCodec<V> codec, TreeVerifier trees) {
        PageId root = tree.root();
        if (root != null) {
            trees.verify(root, tree.size(), codec);
        }
    }

    /** Begins to write; waits while another one writes or pages are reclaimed. */
    public Writer begin() {
        return new Writer(pages.begin());
    }

    /**
     * Writes states, and whatever else goes with them, as one batch of pages. Only nodes that have no page yet are written.
     *
     * <p>Confined to one thread.
     */
    public final class Writer implements AutoCloseable {

        private final PageBatch batch;
        private final TreeWriter trees;
        private final Map<PageId, Schema> written = new HashMap<>();

        private Writer(PageBatch batch) {
            this.batch = batch;
            this.trees = new TreeWriter(cache, batch);
        }

        /** Writes a state and returns the page of its snapshot. */
        public PageId write(DatabaseState state) {
            ByteSink sink = new ByteSink(1 << 10);
            sink.putByte(VERSION);
            sink.putVarint(state.lsn());
            sink.putVarint(state.count());
            for (int i = 0; i < state.count(); i++) {
                CollectionState collection = state.at(i);
                PageId root = write(collection, sink);
                if (i == 0 && root != null) {
                    written.put(root, state.schema());
                }
            }
            return put(sink);
        }

        private @Nullable PageId write(CollectionState collection, ByteSink sink) {
            CollectionSchema schema = collection.schema();
            sink.putVarint(schema.id());
            PageId root = write(collection.tree(), RecordCodec.INSTANCE, sink);
            sink.putVarint(schema.indexes().size());
            for (int i = 0; i < schema.indexes().size(); i++) {
                sink.putVarint(schema.indexes().get(i).id());
                write(collection.indexTree(i), IndexCodec.of(schema.keyKind()), sink);
            }
            return root;
        }

        private <V> @Nullable PageId write(BTree<V> tree, ValueCodec<V> codec, ByteSink sink) {
            sink.putVarint(tree.size());
            if (tree.isEmpty()) {
                return null;
            }
            PageId root = trees.write(tree, codec);
            sink.putLong(root.high());
            sink.putLong(root.low());
            return root;
        }

        /** Writes a tree that is not empty and returns its root page. */
        public <V> PageId write(BTree<V> tree, ValueCodec<V> codec) {
            return trees.write(tree, codec);
        }

        /** Writes a page. */
        public PageId put(ByteSink sink) {
            return batch.put(sink.array(), 0, sink.size());
        }

        /** Returns the bytes written so far. */
        public long bytes() {
            return batch.bytes();
        }

        /**
         * Makes all of it durable and readable.
         *
         * @throws dev.argondb.UnavailableException if the store failed: nothing of it is there
         */
        public void commit() {
            batch.commit();
            trees.published();
            written.forEach(StateStore.this::remember);
        }

        /** Forgets what was not committed. Idempotent. */
        @Override
        public void close() {
            batch.close();
        }
    }
}
