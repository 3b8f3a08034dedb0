package dev.argondb.orm.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.Lob;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.hibernate.Hibernate;
import org.hibernate.annotations.JdbcTypeCode;
import org.hibernate.type.SqlTypes;
import org.junit.jupiter.api.Test;

/** Large objects of 10 MB, JSON documents and SQL arrays. */
@OnPages
class LargeAndStructuredValueTest extends JpaFeatureTest {
    private static final int TEN_MEGABYTES = 10 * 1024 * 1024;

    LargeAndStructuredValueTest() {
        super(Archive.class, Document.class);
    }

    @Override
    Map<String, Object> settings() {
        return Map.of("hibernate.query.hql.json_functions_enabled", true);
    }

    @Test
    void bytes_tenMegabytes_roundTripExactly() {
        Archive archive = new Archive();
        archive.bytes = BasicTypeTest.randomBytes(TEN_MEGABYTES);
        save(archive);

        assertThat(Arrays.equals(find(archive).bytes, archive.bytes)).isTrue();
        assertThat(nativeValue("select octet_length(bytes) from archive", Long.class))
                .isEqualTo(TEN_MEGABYTES);
    }

    @Test
    void text_millionsOfCharacters_roundTripExactly() {
        Archive archive = new Archive();
        archive.text = "Grüße \uD83C\uDF33 ".repeat(400_000);
        save(archive);

        assertThat(find(archive).text.equals(archive.text)).isTrue();
    }

    @Test
    void largeObjects_replaced_keepOnlyTheNew() {
        Archive archive = new Archive();
        archive.bytes = BasicTypeTest.randomBytes(1_000_000);
        archive.text = "x".repeat(1_000_000);
        save(archive);

        inTransaction(session -> {
            Archive found = session.find(Archive.class, archive.id);
            found.bytes = new byte[] {1};
            found.text = null;
        });

        assertThat(find(archive).bytes).containsExactly(1);
        assertThat(find(archive).text).isNull();
    }

    @Test
    void largeObject_rolledBack_leavesTheOld() {
        Archive archive = new Archive();
        archive.bytes = BasicTypeTest.randomBytes(500_000);
        save(archive);

        inTransaction(session -> {
            session.find(Archive.class, archive.id).bytes = BasicTypeTest.randomBytes(600_000);
            session.flush();
            session.getTransaction().markRollbackOnly();
        });

        assertThat(Arrays.equals(find(archive).bytes, archive.bytes)).isTrue();
    }

    @Test
    void blobAndClob_locators_streamBothWays() {
        byte[] bytes = BasicTypeTest.randomBytes(2_000_000);
        Archive archive = new Archive();
        archive.blob = Hibernate.getLobHelper().createBlob(new ByteArrayInputStream(bytes), bytes.length);
        archive.clob = Hibernate.getLobHelper().createClob("clob ✓".repeat(1000));
        save(archive);

        inTransaction(session -> {
            Archive found = session.find(Archive.class, archive.id);
            assertThat(Arrays.equals(bytesOf(found.blob), bytes)).isTrue();
            assertThat(textOf(found.clob)).isEqualTo("clob ✓".repeat(1000));
        });
    }

    @Test
    void jsonMap_nested_roundTrips() {
        Document document = new Document();
        document.attributes = new LinkedHashMap<>();
        document.attributes.put("name", "Ada \"the\" first");
        document.attributes.put("tags", List.of("a", "b"));
        document.attributes.put("inner", Map.of("n", 42, "ok", true));
        document.attributes.put("nothing", null);

        assertThat(saveAndFind(document).attributes).isEqualTo(document.attributes);
    }

    @Test
    void jsonRecord_andListOfRecords_roundTripAndAreDirtyChecked() {
        Document document = new Document();
        document.main = new Contact("Ada", List.of("1", "2"));
        document.contacts = List.of(new Contact("Bob", List.of()), new Contact("Eve", List.of("3")));
        save(document);
        assertThat(find(document).main).isEqualTo(document.main);
        assertThat(find(document).contacts).isEqualTo(document.contacts);

        inTransaction(session -> session.find(Document.class, document.id).main = new Contact("Ada L.", List.of()));

        assertThat(find(document).main).isEqualTo(new Contact("Ada L.", List.of()));
    }

    @Test
    void json_nativeDereference_readsInside() {
        Document document = new Document();
        document.main = new Contact("Ada", List.of("1", "2"));
        save(document, new Document());

        assertThat(nativeValue(
                        "select cast((main).\"phones\"[2] as varchar) from document where (main).\"name\" = json '\"Ada\"'",
                        String.class))
                .isEqualTo("\"2\"");
    }

    @Test
    void json_hqlValue_readsInside() {
        Document document = new Document();
        document.main = new Contact("Ada", List.of("1", "2"));
        save(document, new Document());

        assertThat(list("select json_value(d.main, '$.name') from Document d where d.main is not null", String.class))
                .containsExactly("Ada");
        assertThat(list("from Document d where json_value(d.main, '$.name') = 'Ada'", Document.class))
                .hasSize(1);
    }

    @Test
    void arrays_eachElementType_roundTrip() {
        Document document = new Document();
        document.words = new String[] {"a", null, "", "Ü,'\""};
        document.numbers = List.of(3, 1, 2);
        document.ratios = new double[] {0.1, -0.0, 1e300};
        Document found = saveAndFind(document);

        assertThat(found.words).containsExactly("a", null, "", "Ü,'\"");
        assertThat(found.numbers).containsExactly(3, 1, 2);
        assertThat(found.ratios).hasSize(3).startsWith(0.1).endsWith(1e300);
    }

    @Test
    void arrays_emptyNullAndChanged_areStored() {
        Document document = new Document();
        document.words = new String[0];
        save(document);
        assertThat(find(document).words).isEmpty();
        assertThat(find(document).numbers).isNull();

        inTransaction(session -> session.find(Document.class, document.id).words = new String[] {"x", "y"});

        assertThat(find(document).words).containsExactly("x", "y");
    }

    @Test
    void arrays_hqlFunctions_searchInside() {
        Document document = new Document();
        document.words = new String[] {"tree", "leaf"};
        document.numbers = List.of(3, 1, 2);
        save(document, new Document());

        assertThat(list("from Document d where array_contains(d.words, 'leaf')", Document.class))
                .hasSize(1);
        assertThat(list(
                        "select array_get(d.numbers, 1) from Document d where array_length(d.numbers) = 3",
                        Integer.class))
                .containsExactly(3);
    }

    private static byte[] bytesOf(Blob blob) {
        try (InputStream in = blob.getBinaryStream()) {
            return in.readAllBytes();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String textOf(Clob clob) {
        try {
            return clob.getSubString(1, Math.toIntExact(clob.length()));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Entity(name = "Archive")
    static class Archive {
        @Id
        @GeneratedValue
        Long id;

        @Lob
        @Column(length = 2 * TEN_MEGABYTES)
        byte[] bytes;

        @Lob
        String text;

        Blob blob;
        Clob clob;
    }

    record Contact(String name, List<String> phones) {}

    @Entity(name = "Document")
    static class Document {
        @Id
        @GeneratedValue
        Long id;

        @JdbcTypeCode(SqlTypes.JSON)
        Map<String, Object> attributes;

        @JdbcTypeCode(SqlTypes.JSON)
        Contact main;

        @JdbcTypeCode(SqlTypes.JSON)
        List<Contact> contacts;

        String[] words;

        @JdbcTypeCode(SqlTypes.ARRAY)
        List<Integer> numbers;

        double[] ratios;
    }
}
