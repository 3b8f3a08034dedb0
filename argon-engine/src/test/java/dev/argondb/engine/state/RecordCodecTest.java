package dev.argondb.engine.state;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argondb.CorruptDataException;
import dev.argondb.engine.log.EncodedDocument;
import dev.argondb.engine.page.MemPageStore;
import dev.argondb.engine.page.PageBatch;
import dev.argondb.engine.page.PageId;
import dev.argondb.engine.schema.KeyKind;
import dev.argondb.engine.tree.BTree;
import dev.argondb.engine.tree.KeyRange;
import dev.argondb.engine.tree.Keys;
import dev.argondb.engine.tree.MutableBTree;
import dev.argondb.engine.tree.PageCache;
import dev.argondb.engine.tree.TreeCursor;
import dev.argondb.engine.tree.TreeWriter;
import dev.argondb.engine.tree.ValueCodec;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.Set;
import org.bson.BsonBinaryWriter;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.BsonString;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.codecs.EncoderContext;
import org.bson.io.BasicOutputBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Records and index entries, written to pages and read back. */
class RecordCodecTest {

    private final MemPageStore pages = new MemPageStore();
    private final PageCache cache = new PageCache(pages, 0);

    @Test
    void record_readBack_hasItsLsnItsLockAndItsDocument() {
        Record record = new Record(1207, document(20)).lockedAt(1300);
        Record read = readBack(record);
        assertThat(read.lsn()).isEqualTo(1207);
        assertThat(read.lastTouched()).isEqualTo(1300);
        assertThat(read.document().encode()).isEqualTo(record.document().encode());
        assertThat(read.document()).isInstanceOf(EncodedDocument.class);
    }

    @Test
    void sameRecord_readTwice_isNoDifference_aLockIs() {
        Record record = new Record(1207, document(20));
        Record read = readBack(record);
        assertThat(RecordCodec.INSTANCE.same(record, read)).isTrue();
        assertThat(RecordCodec.INSTANCE.same(record, read.lockedAt(1300))).isFalse();
        assertThat(RecordCodec.INSTANCE.same(record, new Record(1208, record.document())))
                .isFalse();
    }

    @Test
    void recordsThatAreNotCommitted_areSameByIdentityOnly() {
        Record record = new Record(document(20));
        assertThat(RecordCodec.INSTANCE.same(record, record)).isTrue();
        assertThat(RecordCodec.INSTANCE.same(record, new Record(record.document())))
                .isFalse();
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 1000, 4070, 4096, 4097, 100_000})
    void document_ofAnySize_comesBack(int textBytes) {
        EncodedDocument document = document(textBytes);
        Record read = readBack(new Record(1, document));
        assertThat(read.document().encode()).isEqualTo(document.bson());
        assertThat(read.document() instanceof StoredDocument)
                .isEqualTo(document.bson().length > RecordCodec.LARGEST_INLINE);
    }

    @Test
    void largeDocument_whoseLeafIsWrittenAgain_keepsItsPage() {
        BTree<Record> tree = stored(tree(new Record(1, document(100_000))), RecordCodec.INSTANCE);
        long bytes = pages.bytes();
        MutableBTree<Record> edited = tree.edit();
        edited.put(2, new Record(2, document(10)));
        BTree<Record> both = stored(edited.snapshot(), RecordCodec.INSTANCE);
        assertThat(pages.bytes() - bytes).isLessThan(1000);
        assertThat(Objects.requireNonNull(both.get(1)).document().encode())
                .isEqualTo(document(100_000).bson());
    }

    @Test
    void largeDocument_ofAnotherStore_isWrittenToThisOne() {
        Record read = readBack(new Record(1, document(100_000)));
        MemPageStore others = new MemPageStore();
        PageCache otherCache = new PageCache(others, 0);
        BTree<Record> tree = tree(read);
        PageId root = store(tree, RecordCodec.INSTANCE, others, otherCache);
        Record again = Objects.requireNonNull(
                BTree.open(otherCache, RecordCodec.INSTANCE, root, 1).get(1));
        pages.close();
        assertThat(again.document().encode()).isEqualTo(document(100_000).bson());
    }

    @Test
    void largeDocument_whosePageIsMissing_isAnErrorThatNamesIt() {
        BTree<Record> tree = stored(tree(new Record(1, document(100_000))), RecordCodec.INSTANCE);
        PageId root = Objects.requireNonNull(tree.page());
        pages.retain(root::equals);
        Record record = Objects.requireNonNull(tree.get(1));
        assertThatThrownBy(() -> record.document().encode())
                .isInstanceOf(CorruptDataException.class)
                .hasMessageContaining("is missing");
    }

    @Test
    void diff_ofRecordsReadTwice_tellsChangesOnly() {
        MutableBTree<Record> records = BTree.<Record>empty().edit();
        for (long key = 0; key < 10_000; key++) {
            records.put(key, new Record(key + 1, document(10)));
        }
        BTree<Record> base = stored(records.snapshot(), RecordCodec.INSTANCE);
        MutableBTree<Record> left = base.edit();
        left.put(17, new Record(20_000, document(11)));
        MutableBTree<Record> right = base.edit();
        right.put(18, Objects.requireNonNull(base.get(18)).lockedAt(20_001));
        List<Long> keys = new ArrayList<>();
        BTree.diff(
                left.snapshot(),
                right.snapshot(),
                KeyRange.ALL,
                RecordCodec.INSTANCE,
                (key, before, after) -> keys.add(Keys.toLong(key)));
        assertThat(keys).containsExactly(17L, 18L);
    }

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 7, 8, 9, 40})
    void indexEntry_ofTupleCollection_comesBackWithTheDocumentsKey(int keyBytes) {
        byte[] documentKey = new byte[keyBytes];
        Arrays.fill(documentKey, (byte) 5);
        MutableBTree<Object> index = BTree.empty().edit();
        for (int i = 0; i < 100; i++) {
            byte[] indexKey = new byte[1 + keyBytes];
            indexKey[0] = (byte) i;
            System.arraycopy(documentKey, 0, indexKey, 1, keyBytes);
            index.put(indexKey, documentKey);
        }
        BTree<Object> read = stored(index.snapshot(), IndexCodec.of(KeyKind.TUPLE));
        int count = 0;
        for (TreeCursor<Object> cursor = read.cursor(); cursor.next(); count++) {
            assertThat((byte[]) cursor.value()).isEqualTo(documentKey);
        }
        assertThat(count).isEqualTo(100);
    }

    @Test
    void indexEntry_ofLongCollection_takesNoByteButItsKeys() {
        MutableBTree<Object> index = BTree.empty().edit();
        for (int i = 0; i < 64; i++) {
            index.put(new byte[] {9, 9, 9, 9, 9, 9, 9, 9, (byte) i}, DocumentKeys.IN_INDEX_KEY);
        }
        BTree<Object> read = stored(index.snapshot(), IndexCodec.of(KeyKind.LONG));
        assertThat(pages.bytes()).isLessThan(64 * 3 + 20);
        for (TreeCursor<Object> cursor = read.cursor(); cursor.next(); ) {
            assertThat(cursor.value()).isSameAs(DocumentKeys.IN_INDEX_KEY);
        }
    }

    @Test
    void indexKey_thatDoesNotEndWithTheDocumentsKey_isABrokenInvariant() {
        BTree<Object> index =
                BTree.builder().append(new byte[] {1, 2}, new byte[] {3}).build();
        assertThatThrownBy(() -> stored(index, IndexCodec.of(KeyKind.TUPLE)))
                .isInstanceOf(AssertionError.class)
                .hasMessageContaining("does not end with its document's key");
    }

    @Test
    void weight_ofDamagedBson_isItsLengthAtLeast() {
        byte[] bson = document(300).bson();
        Random random = new Random(8);
        Set<Integer> weights = new HashSet<>();
        for (int i = 0; i < 20_000; i++) {
            byte[] damaged = Arrays.copyOf(bson, random.nextInt(bson.length + 1));
            for (int j = 0; j < damaged.length && j < 3; j++) {
                damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            }
            int weight = DocumentWeight.of(damaged);
            assertThat(weight).isBetween(damaged.length, 100 * damaged.length + 1000);
            weights.add(weight);
        }
        assertThat(weights).hasSizeGreaterThan(100);
    }

    private static EncodedDocument document(int textBytes) {
        BasicOutputBuffer out = new BasicOutputBuffer();
        BsonDocument document =
                new BsonDocument("a", new BsonInt64(7)).append("b", new BsonString("x".repeat(textBytes)));
        new BsonDocumentCodec()
                .encode(
                        new BsonBinaryWriter(out),
                        document,
                        EncoderContext.builder().build());
        return new EncodedDocument(out.toByteArray());
    }

    private static BTree<Record> tree(Record record) {
        return BTree.<Record>builder().append(1, record).build();
    }

    private Record readBack(Record record) {
        return Objects.requireNonNull(stored(tree(record), RecordCodec.INSTANCE).get(1));
    }

    private <V> BTree<V> stored(BTree<V> tree, ValueCodec<V> codec) {
        return BTree.open(cache, codec, store(tree, codec, pages, cache), tree.size());
    }

    private static <V> PageId store(BTree<V> tree, ValueCodec<V> codec, MemPageStore to, PageCache through) {
        try (PageBatch batch = to.begin()) {
            TreeWriter writer = new TreeWriter(through, batch);
            PageId root = writer.write(tree, codec);
            batch.commit();
            writer.published();
            return root;
        }
    }
}
