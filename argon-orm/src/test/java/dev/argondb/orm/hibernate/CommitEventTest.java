package dev.argondb.orm.hibernate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.argondb.Commit;
import dev.argondb.EntityEvent;
import dev.argondb.Operation;
import dev.argondb.Ref;
import dev.argondb.WalEntry;
import dev.argondb.orm.hibernate.Shop.Car;
import dev.argondb.orm.hibernate.Shop.Category;
import dev.argondb.orm.hibernate.Shop.Label;
import dev.argondb.orm.hibernate.Shop.Place;
import dev.argondb.orm.hibernate.Shop.Product;
import dev.argondb.orm.hibernate.Shop.Receipt;
import dev.argondb.orm.hibernate.Shop.Stock;
import dev.argondb.orm.hibernate.Shop.Ticket;
import dev.argondb.orm.hibernate.Shop.Zone;
import java.math.BigDecimal;
import java.sql.Statement;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What a commit says about entities, and that changes below Hibernate's listeners are recorded just as well. */
class CommitEventTest extends ShopTest {

    @Test
    void persist_namesEntityIdAndAttributesSet() {
        factory.inTransaction("main", session -> session.persist(new Label("a", "first")));
        assertThat(events()).containsExactly(new EntityEvent(Operation.INSERT, "Sticker", "a", List.of("text")));
        assertThat(named()).containsExactly(tuple(Operation.INSERT, "sticker", "a", Optional.of("Sticker")));

        factory.inTransaction("main", session -> session.persist(new Label("b", null)));
        assertThat(events()).containsExactly(new EntityEvent(Operation.INSERT, "Sticker", "b", List.of()));
    }

    @Test
    void update_namesAttributesChanged() {
        Product lamp = product("main", "lamp", 10);

        reprice("main", lamp, 12);

        assertThat(events())
                .containsExactly(new EntityEvent(Operation.UPDATE, "Product", lamp.id.toString(), List.of("price")));
        assertThat(named()).containsExactly(tuple(Operation.UPDATE, "product", lamp.id, Optional.of("Product")));
        assertThat(entries().get(0).before()).containsEntry("price", 10);
        assertThat(entries().get(0).after()).containsEntry("price", 12);
    }

    @Test
    void merge_ofADetachedEntity_isAnUpdate() {
        Product lamp = product("main", "lamp", 10);
        lamp.name = "bulb";

        factory.inTransaction("main", session -> session.merge(lamp));

        assertThat(events())
                .containsExactly(new EntityEvent(Operation.UPDATE, "Product", lamp.id.toString(), List.of("name")));
    }

    @Test
    void remove_namesTheEntity() {
        Product lamp = product("main", "lamp", 10);

        factory.inTransaction("main", session -> session.remove(session.find(Product.class, lamp.id)));

        assertThat(events())
                .containsExactly(new EntityEvent(Operation.DELETE, "Product", lamp.id.toString(), List.of()));
        assertThat(named()).containsExactly(tuple(Operation.DELETE, "product", lamp.id, Optional.of("Product")));
    }

    @Test
    void collectionChange_isAnUpdateOfItsOwner() {
        Product lamp = product("main", "lamp", 10);
        factory.inTransaction(
                "main", session -> session.find(Product.class, lamp.id).tags.add("new"));
        assertThat(events())
                .extracting(
                        EntityEvent::operation, EntityEvent::entityName, EntityEvent::entityId, EntityEvent::attributes)
                .contains(tuple(Operation.UPDATE, "Product", lamp.id.toString(), List.of("tags")));

        factory.inTransaction(
                "main", session -> session.find(Product.class, lamp.id).tags = new TreeSet<>(Set.of("old")));
        assertThat(events()).extracting(EntityEvent::attributes).contains(List.of("tags"));
        assertThat(entries()).extracting(WalEntry::collection).contains("product_tags");
    }

    @Test
    void inverseCollection_ownerIsTheOtherSide() {
        factory.inTransaction("main", session -> {
            Category light = new Category("light");
            light.products.add(new Product("lamp", 10).in(light));
            session.persist(light);
        });

        assertThat(events()).extracting(EntityEvent::entityName).containsExactlyInAnyOrder("Category", "Product");
    }

    @Test
    void identity_persist_namesTheRow() {
        Category light = factory.fromTransaction("main", session -> {
            Category category = new Category("light");
            session.persist(category);
            return category;
        });

        assertThat(named()).containsExactly(tuple(Operation.INSERT, "category", light.id, Optional.of("Category")));
    }

    @Test
    void joinedInheritance_namesARowOfEachTable() {
        factory.inTransaction("main", session -> session.persist(new Car(7, "A-1", 4)));

        assertThat(events()).hasSize(1);
        assertThat(named())
                .containsExactlyInAnyOrder(
                        tuple(Operation.INSERT, "vehicle", 7L, Optional.of("Car")),
                        tuple(Operation.INSERT, "car", 7L, Optional.of("Car")));

        factory.inTransaction("main", session -> session.find(Car.class, 7L).doors = 5);
        assertThat(named()).containsExactly(tuple(Operation.UPDATE, "car", 7L, Optional.of("Car")));
    }

    @Test
    void compoundKey_namesTheRow() {
        Place place = new Place("north", 3, Zone.DRY);
        factory.inTransaction("main", session -> session.persist(new Stock(place, 5)));

        assertThat(events()).extracting(EntityEvent::entityName).containsExactly("Stock");
        assertThat(events().get(0).entityId()).contains("north").contains("3");
        assertThat(entries()).extracting(WalEntry::entityName).containsExactly(Optional.of("Stock"));
    }

    @Test
    void uuidKeyAndQuotedTable_nameTheirRows() {
        Ticket ticket = factory.fromTransaction("main", session -> {
            Ticket made = new Ticket("leak");
            session.persist(made);
            return made;
        });
        assertThat(named()).containsExactly(tuple(Operation.INSERT, "ticket", ticket.id, Optional.of("Ticket")));

        factory.inTransaction("main", session -> session.persist(new Receipt(1, "paid")));
        assertThat(entries()).extracting(WalEntry::entityName).containsExactly(Optional.of("Receipt"));
    }

    @Test
    void keysOfAllTypes_nameTheirRows() {
        List<Object> entities = List.of(
                new KeyTypes.OfDate(LocalDate.of(2026, 11, 23)),
                new KeyTypes.OfInstant(Instant.parse("2026-11-23T10:00:00.123456Z")),
                new KeyTypes.OfDateTime(LocalDateTime.of(2026, 11, 23, 10, 0)),
                new KeyTypes.OfLegacyDate(new Date(1_000_000_000_000L)),
                new KeyTypes.OfDecimal(new BigDecimal("12.50")),
                new KeyTypes.OfCharacter('x'),
                new KeyTypes.OfShort((short) 7),
                new KeyTypes.OfConverted(new KeyTypes.Code("ab")));
        try (BranchSessionFactory typed =
                BranchSessionFactory.of(argon, Map.of("hibernate.hbm2ddl.auto", "create"), KeyTypes.ENTITIES)) {
            for (Object entity : entities) {
                typed.main().inTransaction(session -> session.persist(entity));

                assertThat(entries())
                        .as(entity.getClass().getSimpleName())
                        .singleElement()
                        .extracting(WalEntry::entityName)
                        .isEqualTo(
                                events().stream().map(EntityEvent::entityName).findFirst());
            }
        }
    }

    @Test
    void statelessSession_isNamedAsWell() {
        factory.main().inStatelessTransaction(session -> session.insert(new Label("a", "first")));
        assertThat(named()).containsExactly(tuple(Operation.INSERT, "sticker", "a", Optional.of("Sticker")));

        factory.main().inStatelessTransaction(session -> session.upsert(new Label("a", "second")));
        assertThat(events()).extracting(EntityEvent::operation).containsExactly(Operation.UPDATE);
        assertThat(named()).containsExactly(tuple(Operation.UPDATE, "sticker", "a", Optional.of("Sticker")));

        factory.main().inStatelessTransaction(session -> session.delete(new Label("a", "second")));
        assertThat(named()).containsExactly(tuple(Operation.DELETE, "sticker", "a", Optional.of("Sticker")));
    }

    @Test
    void batch_namesEachRow() {
        factory.inTransaction("main", session -> {
            session.setJdbcBatchSize(10);
            for (int i = 0; i < 25; i++) {
                session.persist(new Label("l" + i, "text"));
            }
        });

        assertThat(events()).hasSize(25);
        assertThat(entries()).hasSize(25).allMatch(entry -> entry.entityName().equals(Optional.of("Sticker")));
    }

    @Test
    void rolledBack_leavesNoEvents() {
        try (var session = factory.openSession("main")) {
            session.beginTransaction();
            session.persist(new Label("a", "lost"));
            session.flush();
            session.getTransaction().rollback();
            session.clear();
            session.beginTransaction();
            session.persist(new Label("b", "kept"));
            session.getTransaction().commit();
        }
        assertThat(events()).extracting(EntityEvent::entityId).containsExactly("b");
    }

    @Test
    void bulkHql_isRecorded() {
        Product lamp = product("main", "lamp", 10);

        factory.inTransaction("main", session -> session.createMutationQuery("update Product set price = price + 1")
                .executeUpdate());

        assertThat(entries()).singleElement().satisfies(entry -> {
            assertThat(entry.documentId()).isEqualTo(lamp.id);
            assertThat(entry.operation()).isEqualTo(Operation.UPDATE);
            assertThat(entry.before()).containsEntry("price", 10);
            assertThat(entry.after()).containsEntry("price", 11);
            assertThat(entry.entityName()).isEmpty();
        });
        assertThat(events()).isEmpty();
    }

    @Test
    void nativeSql_isRecorded() {
        product("main", "lamp", 10);

        factory.inTransaction("main", session -> session.createNativeMutationQuery("delete from Product")
                .executeUpdate());

        assertThat(entries())
                .extracting(WalEntry::operation, WalEntry::collection)
                .containsExactly(tuple(Operation.DELETE, "product"));
        assertThat(entries().get(0).before()).containsEntry("name", "lamp");
    }

    @Test
    void plainJdbc_isRecorded() {
        factory.inTransaction(
                "main",
                session -> session.doWork(connection -> {
                    try (Statement statement = connection.createStatement()) {
                        statement.executeUpdate("insert into Sticker(code, text) values ('x', 'by hand')");
                    }
                }));

        assertThat(named()).containsExactly(tuple(Operation.INSERT, "sticker", "x", Optional.empty()));
        assertThat(entries().get(0).after()).containsAllEntriesOf(Map.of("code", "x", "text", "by hand"));
    }

    private Commit lastCommit() {
        return argon.commits(Ref.parse("main"), 1).get(0);
    }

    private List<EntityEvent> events() {
        return lastCommit().events();
    }

    private List<WalEntry> entries() {
        return argon.entries(Ref.parse("main"));
    }

    private List<org.assertj.core.groups.Tuple> named() {
        List<org.assertj.core.groups.Tuple> named = new ArrayList<>();
        for (WalEntry entry : entries()) {
            named.add(new org.assertj.core.groups.Tuple(
                    Arrays.asList(entry.operation(), entry.collection(), entry.documentId(), entry.entityName())
                            .toArray()));
        }
        return named;
    }
}
