package dev.argondb.orm.sql;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argondb.engine.schema.ColumnSpec;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.bson.BsonBinaryReader;
import org.bson.BsonDocument;
import org.bson.BsonType;
import org.bson.codecs.BsonDocumentCodec;
import org.bson.codecs.DecoderContext;
import org.h2.value.TypeInfo;
import org.h2.value.Value;
import org.h2.value.ValueNull;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds that every value comes back from its document as it went in. */
class DocumentCodecTest {

    static List<String> types() {
        List<String> types = new ArrayList<>(RandomValues.KEY_TYPES);
        types.addAll(List.of("CHARACTER LARGE OBJECT", "BINARY LARGE OBJECT", "NUMERIC(3)", "TIMESTAMP(0)"));
        return types;
    }

    private static Layout layout(String... types) {
        List<ColumnSpec> columns = new ArrayList<>();
        for (int i = 0; i < types.length; i++) {
            columns.add(new ColumnSpec("c" + i, "f" + i, types[i], ""));
        }
        return new Layout(columns);
    }

    private static BsonDocument bson(byte[] bytes) {
        return new BsonDocumentCodec()
                .decode(
                        new BsonBinaryReader(java.nio.ByteBuffer.wrap(bytes)),
                        DecoderContext.builder().build());
    }

    @ParameterizedTest
    @MethodSource("types")
    void value_writtenAndRead_sameTypeScaleAndContent(String typeName) {
        TypeInfo type = TypeText.parse(typeName);
        Layout layout = layout(typeName, typeName);
        RandomValues values = new RandomValues(typeName.hashCode());
        for (int i = 0; i < 1000; i++) {
            SqlRow row = new SqlRow(layout, new Value[] {values.nullable(type), values.of(type)}, 7);
            byte[] bson = row.encode();
            SqlRow read = layout.decode(bson, 7);
            assertThat(read.hasValuesOf(row)).as("%s read as %s", row, read).isTrue();
            assertThat(layout.isPure(bson)).isTrue();
            assertThat(bson(bson)).containsOnlyKeys("f0", "f1");
        }
    }

    @Test
    void text_withLoneSurrogates_exact() {
        Layout layout = layout("CHARACTER VARYING(9)");
        SqlRow row = new SqlRow(layout, new Value[] {RandomValues.brokenText()}, 1);
        assertThat(layout.decode(row.encode(), 1).hasValuesOf(row)).isTrue();
    }

    @Test
    void values_withANaturalBsonType_haveIt() {
        Layout layout =
                layout("INTEGER", "BIGINT", "NUMERIC(9, 2)", "UUID", "TIMESTAMP", "BOOLEAN", "CHARACTER VARYING");
        Value[] values = {
            org.h2.value.ValueInteger.get(1),
            org.h2.value.ValueBigint.get(2),
            org.h2.value.ValueNumeric.get(new java.math.BigDecimal("3.50")),
            org.h2.value.ValueUuid.get(1, 2),
            org.h2.value.ValueTimestamp.parse("2026-11-23 10:00:00.123", null),
            org.h2.value.ValueBoolean.TRUE,
            org.h2.value.ValueVarchar.get("ä")
        };
        BsonDocument document = bson(new SqlRow(layout, values, 1).encode());
        assertThat(document.values().stream().map(value -> value.getBsonType()).toList())
                .containsExactly(
                        BsonType.INT32,
                        BsonType.INT64,
                        BsonType.DECIMAL128,
                        BsonType.BINARY,
                        BsonType.DATE_TIME,
                        BsonType.BOOLEAN,
                        BsonType.STRING);
        assertThat(document.getDecimal128("f2").getValue()).hasToString("3.50");
    }

    @Test
    void beforeImage_twoOfThreeFieldsChanged_holdsThese() {
        Layout layout = layout("INTEGER", "INTEGER", "CHARACTER VARYING");
        Value one = org.h2.value.ValueInteger.get(1);
        Value two = org.h2.value.ValueInteger.get(2);
        SqlRow before = new SqlRow(layout, new Value[] {one, one, ValueNull.INSTANCE}, 1);
        SqlRow after = new SqlRow(layout, new Value[] {one, two, org.h2.value.ValueVarchar.get("x")}, 1);
        assertThat(bson(before.encodeChangedBy(after)).toJson()).isEqualTo("{\"f1\": 1, \"f2\": null}");
    }

    @Test
    void olderLayout_fieldAddedDroppedAndConverted_adapted() {
        Layout old = layout("INTEGER", "INTEGER");
        Layout now = new Layout(List.of(
                new ColumnSpec("a", "f1", "BIGINT", ""),
                new ColumnSpec(
                        "b", "f9", "CHARACTER VARYING", MissingValue.write(org.h2.value.ValueVarchar.get("new")))));
        SqlRow row =
                new SqlRow(old, new Value[] {org.h2.value.ValueInteger.get(1), org.h2.value.ValueInteger.get(2)}, 1);
        Value[] expected = {org.h2.value.ValueBigint.get(2), org.h2.value.ValueVarchar.get("new")};
        assertThat(now.adapt(row).copyOfValues()).isEqualTo(expected);
        assertThat(now.decode(row.encode(), 1).copyOfValues()).isEqualTo(expected);
        assertThat(now.isPure(row.encode())).isFalse();
    }

    @ParameterizedTest
    @MethodSource("types")
    void missingValue_writtenAndRead_same(String typeName) {
        TypeInfo type = TypeText.parse(typeName);
        RandomValues values = new RandomValues(3);
        for (int i = 0; i < 50; i++) {
            Value value = values.nullable(type);
            assertThat(MissingValue.read(MissingValue.write(value), type)).isEqualTo(value);
        }
    }

    @Test
    void largeObject_tenMegabytes_exact() {
        byte[] bytes = new byte[10 << 20];
        Arrays.setAll(new Integer[bytes.length], i -> (int) (bytes[i] = (byte) (i * 31)));
        Layout layout = layout("BINARY LARGE OBJECT", "CHARACTER LARGE OBJECT");
        String text = new String(bytes, StandardCharsets.ISO_8859_1);
        SqlRow row = new SqlRow(
                layout,
                new Value[] {org.h2.value.ValueBlob.createSmall(bytes), org.h2.value.ValueClob.createSmall(text)},
                1);
        SqlRow read = layout.decode(row.encode(), 1);
        assertThat(read.value(0).getBytes()).isEqualTo(bytes);
        assertThat(read.value(1).getString()).isEqualTo(text);
    }
}
