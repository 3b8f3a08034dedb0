package dev.argondb.orm.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argondb.engine.log.Document;
import dev.argondb.engine.log.EncodedDocument;
import dev.argondb.engine.page.MemPageStore;
import dev.argondb.engine.page.PageBatch;
import dev.argondb.engine.page.PageId;
import dev.argondb.engine.schema.CollectionSchema;
import dev.argondb.engine.schema.ColumnSpec;
import dev.argondb.engine.schema.KeyKind;
import dev.argondb.engine.state.Record;
import dev.argondb.engine.state.RecordCodec;
import dev.argondb.engine.tree.BTree;
import dev.argondb.engine.tree.PageCache;
import dev.argondb.engine.tree.TreeCursor;
import dev.argondb.engine.tree.TreeWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.h2.value.TypeInfo;
import org.h2.value.Value;
import org.h2.value.ValueVarchar;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds that a cache of some bytes takes no more than these of the heap, when rows are left decoded in its nodes. */
class PageWeightTest {

    private static final int ROWS = 60_000;
    private static final long CACHE_BYTES = 12 << 20;

    static List<Arguments> tables() {
        return List.of(
                Arguments.of("numbers", List.of("BIGINT", "INTEGER", "BIGINT", "BIGINT", "DOUBLE PRECISION")),
                Arguments.of("texts", List.of("CHARACTER VARYING(9)", "CHARACTER VARYING(99)", "CHARACTER VARYING")),
                Arguments.of("decimals", List.of("NUMERIC(30, 2)", "DECFLOAT", "NUMERIC(9, 2)")),
                Arguments.of("times", List.of("TIMESTAMP", "TIMESTAMP WITH TIME ZONE", "DATE", "TIME", "UUID")),
                Arguments.of("arrays", List.of("INTEGER ARRAY", "CHARACTER VARYING ARRAY", "BINARY VARYING")));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource("tables")
    void cache_fullOfDecodedRows_takesNoMoreThanItsLimit(String name, List<String> types) {
        MemPageStore pages = new MemPageStore();
        TableFormat format = format(types);
        PageId root = store(pages, format);
        long before = heapInUse();
        PageCache cache = new PageCache(pages, CACHE_BYTES);
        BTree<Record> tree = BTree.open(cache, RecordCodec.INSTANCE, root, ROWS);
        readAll(tree, format);
        long heap = heapInUse() - before;
        PageCache.Statistics statistics = cache.statistics();
        System.out.printf("%s: %,d bytes of heap, weighed as %,d%n", name, heap, statistics.weightBytes());
        assertThat(statistics.weightBytes()).isLessThanOrEqualTo(CACHE_BYTES);
        assertThat(heap).isBetween(CACHE_BYTES / 3, CACHE_BYTES * 21 / 20);
        assertThat(tree.size()).isEqualTo(ROWS);
    }

    private static void readAll(BTree<Record> tree, TableFormat format) {
        for (TreeCursor<Record> cursor = tree.cursor(); cursor.next(); ) {
            format.row(cursor.value(), cursor.longKey());
            assertThat(cursor.value().document()).isInstanceOf(SqlRow.class);
        }
    }

    private static long heapInUse() {
        long used = Long.MAX_VALUE;
        for (int i = 0; i < 3; i++) {
            System.gc();
            Runtime runtime = Runtime.getRuntime();
            used = Math.min(used, runtime.totalMemory() - runtime.freeMemory());
        }
        return used;
    }

    private static PageId store(MemPageStore pages, TableFormat format) {
        RandomValues values = new RandomValues(3);
        BTree.Builder<Record> builder = BTree.builder();
        for (int key = 0; key < ROWS; key++) {
            builder.append(
                    key,
                    new Record(
                            key + 1L,
                            new EncodedDocument(row(format.layout(), values).encode())));
        }
        return store(pages, builder.build());
    }

    private static PageId store(MemPageStore pages, BTree<Record> tree) {
        try (PageBatch batch = pages.begin()) {
            PageId root = new TreeWriter(new PageCache(pages, 0), batch).write(tree, RecordCodec.INSTANCE);
            batch.commit();
            return root;
        }
    }

    private static SqlRow row(Layout layout, RandomValues values) {
        Value[] row = new Value[layout.size()];
        for (int i = 0; i < row.length; i++) {
            TypeInfo type = layout.field(i).type();
            row[i] = values.nullable(type);
        }
        return new SqlRow(layout, row, 0);
    }

    private static TableFormat format(List<String> types) {
        List<ColumnSpec> columns = new ArrayList<>();
        for (int i = 0; i < types.size(); i++) {
            columns.add(new ColumnSpec("c" + i, "f" + i, types.get(i), ""));
        }
        CollectionSchema schema = new CollectionSchema(1, "t", KeyKind.LONG, List.of(), columns, List.of(), List.of());
        return (TableFormat) new SqlFormat().format(schema, null);
    }

    @Test
    void largeDocument_readFromItsPage_isNotLeftDecoded() {
        MemPageStore pages = new MemPageStore();
        TableFormat format = format(List.of("CHARACTER VARYING"));
        SqlRow row = new SqlRow(format.layout(), new Value[] {ValueVarchar.get("x".repeat(5000))}, 7);
        PageId root = store(
                pages, BTree.<Record>builder().append(7, new Record(1, row)).build());
        BTree<Record> tree = BTree.open(new PageCache(pages, Long.MAX_VALUE), RecordCodec.INSTANCE, root, 1);
        Record record = Objects.requireNonNull(tree.get(7));
        Document document = record.document();
        assertThat(format.row(record, 7).hasValuesOf(row)).isTrue();
        assertThat(format.row(document).hasValuesOf(row)).isTrue();
        assertThat(record.document()).isSameAs(document).isNotInstanceOf(SqlRow.class);
        assertThat(document.encode()).isEqualTo(row.encode());
    }
}
