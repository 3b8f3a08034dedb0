package dev.argondb.orm.jpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.hibernate.JDBCException;
import org.hibernate.annotations.ColumnDefault;
import org.hibernate.annotations.ColumnTransformer;
import org.hibernate.annotations.CreationTimestamp;
import org.hibernate.annotations.CurrentTimestamp;
import org.hibernate.annotations.DynamicInsert;
import org.hibernate.annotations.DynamicUpdate;
import org.hibernate.annotations.Formula;
import org.hibernate.annotations.Generated;
import org.hibernate.annotations.GeneratedColumn;
import org.hibernate.annotations.Immutable;
import org.hibernate.annotations.SoftDelete;
import org.hibernate.annotations.SoftDeleteType;
import org.hibernate.annotations.SourceType;
import org.hibernate.annotations.UpdateTimestamp;
import org.hibernate.generator.EventType;
import org.junit.jupiter.api.Test;

/** Values that nobody sets: timestamps, defaults, generated columns, formulas, and rows that are deleted softly. */
class GeneratedColumnTest extends JpaFeatureTest {
    GeneratedColumnTest() {
        super(Stamped.class, Item.class, Event.class, Wish.class, Ticket.class);
    }

    @Test
    void timestamps_insertAndUpdate_areSet() {
        Stamped row = new Stamped();
        row.text = "a";
        Stamped created = saveAndFind(row);
        assertThat(created.created).isNotNull();
        assertThat(created.updated).isNotNull();
        assertThat(created.byDatabase).isNotNull();

        inTransaction(session -> session.find(Stamped.class, row.id).text = "b");

        Stamped updated = find(row);
        assertThat(updated.created).isEqualTo(created.created);
        assertThat(updated.updated).isAfter(created.updated);
        assertThat(updated.byDatabase).isAfterOrEqualTo(created.byDatabase);
    }

    @Test
    void generatedColumn_insertAndUpdate_isReadBack() {
        Item item = new Item("pen", "2.50", 4);
        inTransaction(session -> {
            session.persist(item);
            session.flush();
            assertThat(item.total).isEqualByComparingTo("10.00");
            item.quantity = 3;
            session.flush();
            assertThat(item.total).isEqualByComparingTo("7.50");
        });

        assertThat(list("select i.name from Item i where i.total < 8", String.class))
                .containsExactly("pen");
    }

    @Test
    void generatedColumn_writtenByHand_isRefused() {
        save(new Item("pen", "2.50", 4));

        assertThatThrownBy(() -> inTransaction(session -> session.createNativeMutationQuery("update item set total = 1")
                        .executeUpdate()))
                .isInstanceOf(JDBCException.class);
        assertThat(single("select i.total from Item i", BigDecimal.class)).isEqualByComparingTo("10.00");
    }

    @Test
    void columnDefault_ofUnsetAttribute_isReadBack() {
        Item item = new Item("pen", "2.50", 4);
        inTransaction(session -> {
            session.persist(item);
            session.flush();
            assertThat(item.status).isEqualTo("new");
        });

        inTransaction(session -> session.createNativeMutationQuery(
                        "insert into item (id, name, price, quantity) values (-1, 'ink', 1, 1)")
                .executeUpdate());
        assertThat(find(Item.class, -1L).status).isEqualTo("new");
    }

    @Test
    void formula_ofColumnsAndOfSubquery_isComputedOnRead() {
        Item pen = new Item("pen", "2.50", 4);
        save(pen, new Item("ink", "3.00", 1));

        Item found = find(pen);
        assertThat(found.label).isEqualTo("PEN x4");
        assertThat(found.dearer).isEqualTo(1);
        assertThat(list("select i.name from Item i where i.dearer = 0", String.class))
                .containsExactly("ink");
    }

    @Test
    void columnTransformer_readAndWrite_areApplied() {
        Item item = new Item("pen", "2.50", 4);
        item.code = "MiXeD";
        save(item);

        assertThat(nativeValue("select code from item", String.class)).isEqualTo("mixed");
        assertThat(find(item).code).isEqualTo("MIXED");
    }

    @Test
    void dynamicUpdate_oneAttributeChanged_writesOneColumn() {
        Item item = new Item("pen", "2.50", 4);
        save(item);
        sql().clear();

        inTransaction(session -> session.find(Item.class, item.id).name = "pencil");

        assertThat(sql().startingWith("update item set name=? where id=?")).hasSize(1);
        assertThat(find(item).price).isEqualByComparingTo("2.50");
    }

    @Test
    void immutable_changed_writesNothing() {
        Event event = new Event("start");
        save(event);

        inTransaction(session -> session.find(Event.class, event.id).name = "changed");

        assertThat(find(event).name).isEqualTo("start");
    }

    @Test
    void immutable_hqlUpdate_isRefused() {
        save(new Event("start"));

        assertThatThrownBy(() -> inTransaction(session -> session.createMutationQuery("update Event set name = 'x'")
                        .executeUpdate()))
                .hasMessageContaining("immutable");
        assertThat(single("select e.name from Event e", String.class)).isEqualTo("start");
    }

    @Test
    void notUpdatableColumn_changed_keepsItsFirstValue() {
        Event event = new Event("start");
        Ticket ticket = new Ticket("T-1");
        save(event, ticket);

        inTransaction(session -> session.find(Ticket.class, ticket.id).number = "T-2");

        assertThat(find(ticket).number).isEqualTo("T-1");
    }

    @Test
    void softDelete_remove_hidesTheRowAndKeepsIt() {
        Wish wish = new Wish("boat");
        save(wish, new Wish("house"));

        inTransaction(session -> session.remove(session.find(Wish.class, wish.id)));

        assertThat(find(wish)).isNull();
        assertThat(list("select w.name from Wish w", String.class)).containsExactly("house");
        assertThat(rows("select name, deleted from wish order by name"))
                .containsExactly(List.of("boat", true), List.of("house", false));
    }

    @Test
    void softDelete_hqlDelete_marksTheRows() {
        save(new Wish("boat"), new Wish("house"));

        int deleted = fromTransaction(session ->
                session.createMutationQuery("delete Wish where name = 'boat'").executeUpdate());

        assertThat(deleted).isEqualTo(1);
        assertThat(count(Wish.class)).isEqualTo(1);
        assertThat(nativeValue("select count(*) from wish", Long.class)).isEqualTo(2);
    }

    @Test
    void softDelete_ofElements_hidesThemAndKeepsThem() {
        Wish wish = new Wish("boat");
        wish.reasons.addAll(Set.of("sea", "wind"));
        save(wish);

        inTransaction(session -> session.find(Wish.class, wish.id).reasons.remove("sea"));

        inTransaction(
                session -> assertThat(session.find(Wish.class, wish.id).reasons).containsExactly("wind"));
        assertThat(nativeValue("select count(*) from wish_reason where active", Long.class))
                .isEqualTo(1);
        assertThat(nativeValue("select count(*) from wish_reason", Long.class)).isEqualTo(2);
    }

    @Entity(name = "Stamped")
    static class Stamped {
        @Id
        @GeneratedValue
        Long id;

        String text;

        @CreationTimestamp
        @Column(secondPrecision = 9)
        Instant created;

        @UpdateTimestamp
        @Column(secondPrecision = 9)
        Instant updated;

        @CurrentTimestamp(source = SourceType.DB)
        LocalDateTime byDatabase;
    }

    @Entity(name = "Item")
    @DynamicInsert
    @DynamicUpdate
    static class Item {
        @Id
        @GeneratedValue
        Long id;

        String name;

        @Column(precision = 10, scale = 2)
        BigDecimal price;

        int quantity;

        @GeneratedColumn("price * quantity")
        BigDecimal total;

        @ColumnDefault("'new'")
        @Generated(event = EventType.INSERT)
        String status;

        @Formula("upper(name) || ' x' || quantity")
        String label;

        @Formula("(select count(*) from item o where o.price > price)")
        long dearer;

        @ColumnTransformer(read = "upper(code)", write = "lower(?)")
        String code;

        Item() {}

        Item(String name, String price, int quantity) {
            this.name = name;
            this.price = new BigDecimal(price);
            this.quantity = quantity;
        }
    }

    @Entity(name = "Event")
    @Immutable
    static class Event {
        @Id
        @GeneratedValue
        Long id;

        String name;

        Event() {}

        Event(String name) {
            this.name = name;
        }
    }

    @Entity(name = "Ticket")
    static class Ticket {
        @Id
        @GeneratedValue
        Long id;

        @Column(name = "ticket_number", updatable = false)
        String number;

        Ticket() {}

        Ticket(String number) {
            this.number = number;
        }
    }

    @Entity(name = "Wish")
    @SoftDelete(columnName = "deleted")
    static class Wish {
        @Id
        @GeneratedValue
        Long id;

        String name;

        @ElementCollection
        @jakarta.persistence.CollectionTable(name = "wish_reason")
        @SoftDelete(columnName = "active", strategy = SoftDeleteType.ACTIVE)
        Set<String> reasons = new HashSet<>();

        Wish() {}

        Wish(String name) {
            this.name = name;
        }
    }
}
