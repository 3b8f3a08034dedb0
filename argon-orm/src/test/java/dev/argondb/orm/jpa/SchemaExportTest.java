package dev.argondb.orm.jpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.Index;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Table;
import java.util.List;
import java.util.Map;
import org.hibernate.SessionFactory;
import org.hibernate.tool.schema.spi.SchemaManagementException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The schema that Hibernate makes: create, update, validate, drop and truncate, with the data that is there. */
class SchemaExportTest extends JpaFeatureTest {
    private TestDatabase.Opened target;

    SchemaExportTest() {
        super(Plain.class);
    }

    @BeforeEach
    void openTarget() {
        target = database.open();
    }

    @AfterEach
    void closeTarget() {
        target.close();
    }

    @Test
    void create_thenValidate_agrees() {
        try (SessionFactory first = newFactory(target, action("create"), GuestV1.class)) {
            first.inTransaction(session -> session.persist(new GuestV1("Ada")));
            first.getSchemaManager().validateMappedObjects();
        }
        try (SessionFactory second = newFactory(target, action("validate"), GuestV1.class)) {
            assertThat(names(second)).containsExactly("Ada");
        }
    }

    @Test
    void create_overAnOldSchema_startsEmpty() {
        try (SessionFactory first = newFactory(target, action("create"), GuestV1.class)) {
            first.inTransaction(session -> session.persist(new GuestV1("Ada")));
        }
        try (SessionFactory second = newFactory(target, action("create"), GuestV1.class)) {
            assertThat(names(second)).isEmpty();
        }
    }

    @Test
    void update_newColumnTableAndIndex_keepsTheData() {
        try (SessionFactory first = newFactory(target, action("create"), GuestV1.class)) {
            first.inTransaction(session -> session.persist(new GuestV1("Ada")));
        }
        try (SessionFactory second = newFactory(target, action("update"), GuestV2.class, Room.class)) {
            second.inTransaction(session -> {
                GuestV2 ada = session.createSelectionQuery("from GuestV2", GuestV2.class)
                        .getSingleResult();
                assertThat(ada.name).isEqualTo("Ada");
                assertThat(ada.email).isNull();
                ada.email = "ada@example.org";
                ada.room = new Room();
                session.persist(ada.room);
                session.persist(new GuestV2("Bob"));
            });
            second.getSchemaManager().validateMappedObjects();
            assertThat(indexes(second)).anyMatch("IX_GUEST_EMAIL"::equalsIgnoreCase);
        }
        try (SessionFactory third = newFactory(target, action("validate"), GuestV2.class, Room.class)) {
            assertThat(names(third)).containsExactlyInAnyOrder("Ada", "Bob");
        }
    }

    @Test
    void update_sameMappingTwice_changesNothing() {
        newFactory(target, action("create"), GuestV2.class, Room.class).close();
        sql().clear();

        newFactory(target, action("update"), GuestV2.class, Room.class).close();

        assertThat(sql().containing("create ")).isEmpty();
        assertThat(sql().containing("alter ")).isEmpty();
    }

    @Test
    void validate_missingTable_isNamed() {
        assertThatThrownBy(() ->
                        newFactory(target, action("validate"), GuestV1.class).close())
                .rootCause()
                .isInstanceOf(SchemaManagementException.class)
                .hasMessageContaining("missing table")
                .hasMessageContaining("guest");
    }

    @Test
    void validate_missingColumn_isNamed() {
        newFactory(target, action("create"), GuestV1.class, Room.class).close();

        assertThatThrownBy(() -> newFactory(target, action("validate"), GuestV2.class, Room.class)
                        .close())
                .rootCause()
                .isInstanceOf(SchemaManagementException.class)
                .hasMessageContaining("missing column")
                .hasMessageContaining("email");
    }

    @Test
    void validate_otherType_isNamed() {
        newFactory(target, action("create"), GuestV1.class).close();

        assertThatThrownBy(() -> newFactory(target, action("validate"), GuestOfNumber.class)
                        .close())
                .rootCause()
                .isInstanceOf(SchemaManagementException.class)
                .hasMessageContaining("wrong column type")
                .hasMessageContaining("name");
    }

    @Test
    void createDrop_closedFactory_leavesNoTable() {
        newFactory(target, action("create-drop"), GuestV1.class).close();

        try (SessionFactory empty = newFactory(target, action("none"), Plain.class)) {
            assertThat(tables(empty)).isEmpty();
        }
    }

    @Test
    void schemaManager_truncateDropCreate_workAtRunTime() {
        try (SessionFactory one = newFactory(target, action("create"), GuestV1.class)) {
            one.inTransaction(session -> session.persist(new GuestV1("Ada")));
            one.getSchemaManager().truncate();
            assertThat(names(one)).isEmpty();
            one.getSchemaManager().drop(false);
            assertThat(tables(one)).isEmpty();
            one.getSchemaManager().create(false);
            one.inTransaction(session -> session.persist(new GuestV1("Bob")));
            assertThat(names(one)).containsExactly("Bob");
        }
    }

    @Test
    void ownSchema_createdByHibernate_holdsTheTables() {
        try (SessionFactory one = newFactory(
                target,
                Map.of("hibernate.hbm2ddl.auto", "create-only", "jakarta.persistence.create-database-schemas", true),
                InSchema.class)) {
            one.inTransaction(session -> session.persist(new InSchema()));
            Long found = one.fromTransaction(
                    session -> session.createNativeQuery("select count(*) from hotel.in_schema", Long.class)
                            .getSingleResult());
            assertThat(found).isEqualTo(1);
        }
    }

    private static Map<String, Object> action(String action) {
        return Map.of("hibernate.hbm2ddl.auto", action);
    }

    private static List<String> names(SessionFactory factory) {
        return nativeTexts(factory, "select name from guest");
    }

    private static List<String> tables(SessionFactory factory) {
        return nativeTexts(
                factory,
                "select table_name from information_schema.tables where table_schema = 'PUBLIC' and table_type = 'BASE TABLE'");
    }

    private static List<String> indexes(SessionFactory factory) {
        return nativeTexts(factory, "select index_name from information_schema.indexes where table_name = 'GUEST'");
    }

    private static List<String> nativeTexts(SessionFactory factory, String sql) {
        return factory.fromTransaction(
                session -> session.createNativeQuery(sql, String.class).getResultList());
    }

    @Entity(name = "Plain")
    static class Plain {
        @Id
        Long id;
    }

    @Entity(name = "GuestV1")
    @Table(name = "guest")
    static class GuestV1 {
        @Id
        @GeneratedValue
        Long id;

        String name;

        GuestV1() {}

        GuestV1(String name) {
            this.name = name;
        }
    }

    @Entity(name = "GuestV2")
    @Table(name = "guest", indexes = @Index(name = "ix_guest_email", columnList = "email"))
    static class GuestV2 {
        @Id
        @GeneratedValue
        Long id;

        String name;

        @Column(length = 320)
        String email;

        @ManyToOne
        Room room;

        GuestV2() {}

        GuestV2(String name) {
            this.name = name;
        }
    }

    @Entity(name = "GuestOfNumber")
    @Table(name = "guest")
    static class GuestOfNumber {
        @Id
        Long id;

        Long name;
    }

    @Entity(name = "Room")
    static class Room {
        @Id
        @GeneratedValue
        Long id;
    }

    @Entity(name = "InSchema")
    @Table(name = "in_schema", schema = "hotel")
    static class InSchema {
        @Id
        @GeneratedValue
        Long id;
    }
}
