package dev.argondb.orm.jpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.Inheritance;
import jakarta.persistence.InheritanceType;
import jakarta.persistence.ManyToOne;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.hibernate.exception.ConstraintViolationException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Bulk HQL: update, delete and insert of many rows, on one table, with joins, and over several tables. */
@OnPages(false) // needs global temporary tables, which go when the last connection does, as in H2
class BulkHqlTest extends JpaFeatureTest {
    BulkHqlTest() {
        super(Town.class, Person.class, Child.class, Adult.class, Shape.class, Disc.class, Box.class, Archive.class);
    }

    @BeforeEach
    void people() {
        Town ulm = new Town("Ulm");
        Town bonn = new Town("Bonn");
        save(ulm, bonn);
        save(
                new Adult("Ada", ulm, 70),
                new Adult("Bob", bonn, 40),
                new Child("Cem", ulm, "blocks"),
                new Child("Dora", bonn, "ball"));
    }

    @Test
    void update_oneTable_givesTheCount() {
        assertThat(execute("update Town set name = upper(name) where name like 'U%'"))
                .isEqualTo(1);

        assertThat(list("select t.name from Town t order by t.name", String.class))
                .containsExactly("Bonn", "ULM");
    }

    @Test
    void update_parametersAndCase_areApplied() {
        int updated = fromTransaction(session -> session.createMutationQuery(
                        "update Town t set t.size = case when t.name = :name then :size else t.size + 1 end")
                .setParameter("name", "Ulm")
                .setParameter("size", 9)
                .executeUpdate());

        assertThat(updated).isEqualTo(2);
        assertThat(list("select t.size from Town t order by t.name", Integer.class))
                .containsExactly(1, 9);
    }

    @Test
    void update_subqueryInSet_isEvaluatedPerRow() {
        execute("update Town t set t.size = (select count(p) from Person p where p.town = t)");

        assertThat(list("select t.size from Town t", Integer.class)).containsExactly(2, 2);
    }

    @Test
    void update_joinInWhere_restrictsTheRows() {
        assertThat(execute("update Adult a set a.weight = a.weight + 1 where a.town.name = 'Ulm'"))
                .isEqualTo(1);

        assertThat(list("select a.weight from Adult a order by a.name", Integer.class))
                .containsExactly(71, 40);
    }

    @Test
    void update_explicitJoin_restrictsTheRows() {
        assertThat(execute("update Person p join p.town t set p.name = p.name || '?' where t.name = 'Bonn'"))
                .isEqualTo(2);

        assertThat(list("select p.name from Person p order by p.name", String.class))
                .containsExactly("Ada", "Bob?", "Cem", "Dora?");
    }

    @Test
    void update_joinedInheritance_writesTablesOfBothLevels() {
        assertThat(execute("update Child c set c.name = 'x' || c.name, c.toy = 'none' where c.toy = 'ball'"))
                .isEqualTo(1);

        assertThat(rows("select p.name, c.toy from person p join child c on c.id = p.id order by p.name"))
                .containsExactly(List.of("Cem", "blocks"), List.of("xDora", "none"));
    }

    @Test
    void update_rootOfJoinedInheritance_reachesEverySubclass() {
        assertThat(execute("update Person set name = name || '!'")).isEqualTo(4);

        assertThat(list("select p.name from Person p order by p.name", String.class))
                .containsExactly("Ada!", "Bob!", "Cem!", "Dora!");
    }

    @Test
    void delete_joinedInheritance_emptiesTheTablesOfEachLevel() {
        assertThat(execute("delete Person p where p.town.name = 'Ulm'")).isEqualTo(2);

        assertThat(list("select p.name from Person p order by p.name", String.class))
                .containsExactly("Bob", "Dora");
        assertThat(nativeValue("select (select count(*) from adult) * 10 + (select count(*) from child)", Long.class))
                .isEqualTo(11);
    }

    @Test
    void delete_subclass_leavesTheSiblings() {
        assertThat(execute("delete Child")).isEqualTo(2);

        assertThat(list("select p.name from Person p order by p.name", String.class))
                .containsExactly("Ada", "Bob");
    }

    @Test
    void delete_entityWithElements_deletesTheElements() {
        Archive archive = new Archive(1L, "old");
        archive.tags.addAll(Set.of("a", "b"));
        save(archive);

        assertThat(execute("delete Archive")).isEqualTo(1);

        assertThat(nativeValue("select count(*) from archive_tags", Long.class)).isZero();
    }

    @Test
    void delete_existsSubquery_restrictsTheRows() {
        execute("delete Child c where exists (select 1 from Adult a where a.town = c.town and a.weight > 50)");

        assertThat(list("select c.name from Child c", String.class)).containsExactly("Dora");
    }

    @Test
    void delete_referencedRow_isRefusedAndChangesNothing() {
        assertThatThrownBy(() -> execute("delete Town")).isInstanceOf(ConstraintViolationException.class);

        assertThat(count(Town.class)).isEqualTo(2);
    }

    @Test
    void tablePerClass_updateAndDelete_reachEveryTable() {
        save(new Disc("d"), new Box("b"));

        assertThat(execute("update Shape set label = label || label")).isEqualTo(2);
        assertThat(list("select s.label from Shape s order by s.label", String.class))
                .containsExactly("bb", "dd");
        assertThat(execute("delete Shape where label = 'bb'")).isEqualTo(1);
        assertThat(count(Shape.class)).isEqualTo(1);
    }

    @Test
    void insertValues_severalRows_areWritten() {
        assertThat(execute("insert into Archive (id, text) values (1, 'one'), (2, 'two')"))
                .isEqualTo(2);

        assertThat(list("select a.text from Archive a order by a.id", String.class))
                .containsExactly("one", "two");
    }

    @Test
    void insertSelect_copiesTheRows() {
        assertThat(execute("insert into Archive (id, text) select p.id, p.name || '@' || p.town.name from Person p"))
                .isEqualTo(4);

        assertThat(list("select a.text from Archive a order by a.text", String.class))
                .containsExactly("Ada@Ulm", "Bob@Bonn", "Cem@Ulm", "Dora@Bonn");
    }

    @Test
    void insertSelect_generatedIds_areTakenFromTheSequence() {
        assertThat(execute("insert into Town (name, size) select p.name, 0 from Person p where p.name < 'C'"))
                .isEqualTo(2);

        assertThat(list("select t.id from Town t", Long.class)).hasSize(4).doesNotHaveDuplicates();
        Town next = new Town("next");
        save(next);
        assertThat(count(Town.class)).isEqualTo(5);
    }

    @Test
    void insertSelect_joinedInheritance_fillsBothTables() {
        assertThat(execute("insert into Child (name, toy) select a.name || ' jr', 'car' from Adult a"))
                .isEqualTo(2);

        assertThat(list("select c.name from Child c where c.toy = 'car' order by c.name", String.class))
                .containsExactly("Ada jr", "Bob jr");
    }

    @Test
    void insertOnConflict_updatesOrIgnores() {
        execute("insert into Archive (id, text) values (1, 'one')");

        execute("insert into Archive (id, text) values (1, 'new') on conflict(id) do nothing");
        assertThat(single("select a.text from Archive a", String.class)).isEqualTo("one");

        execute("insert into Archive (id, text) values (1, 'new') on conflict(id) do update set text = excluded.text");
        assertThat(single("select a.text from Archive a", String.class)).isEqualTo("new");
    }

    @Test
    void bulk_rolledBack_changesNothing() {
        inTransaction(session -> {
            session.createMutationQuery("delete Person").executeUpdate();
            session.createMutationQuery("update Town set name = 'x'").executeUpdate();
            session.getTransaction().markRollbackOnly();
        });

        assertThat(count(Person.class)).isEqualTo(4);
        assertThat(list("select t.name from Town t order by t.name", String.class))
                .containsExactly("Bonn", "Ulm");
    }

    @Test
    void bulk_afterPendingChanges_seesThem() {
        inTransaction(session -> {
            session.persist(new Town("Kiel"));
            assertThat(session.createMutationQuery("update Town set size = 5").executeUpdate())
                    .isEqualTo(3);
        });

        assertThat(list("from Town t where t.size = 5", Town.class, Map.of())).hasSize(3);
    }

    private int execute(String hql) {
        return fromTransaction(session -> session.createMutationQuery(hql).executeUpdate());
    }

    @Entity(name = "Town")
    static class Town {
        @Id
        @GeneratedValue
        Long id;

        String name;

        @jakarta.persistence.Column(name = "town_size")
        int size;

        Town() {}

        Town(String name) {
            this.name = name;
        }
    }

    @Entity(name = "Person")
    @Inheritance(strategy = InheritanceType.JOINED)
    abstract static class Person {
        @Id
        @GeneratedValue
        Long id;

        String name;

        @ManyToOne
        Town town;

        Person() {}

        Person(String name, Town town) {
            this.name = name;
            this.town = town;
        }
    }

    @Entity(name = "Adult")
    static class Adult extends Person {
        int weight;

        Adult() {}

        Adult(String name, Town town, int weight) {
            super(name, town);
            this.weight = weight;
        }
    }

    @Entity(name = "Child")
    static class Child extends Person {
        String toy;

        Child() {}

        Child(String name, Town town, String toy) {
            super(name, town);
            this.toy = toy;
        }
    }

    @Entity(name = "Shape")
    @Inheritance(strategy = InheritanceType.TABLE_PER_CLASS)
    abstract static class Shape {
        @Id
        @GeneratedValue
        Long id;

        String label;

        Shape() {}

        Shape(String label) {
            this.label = label;
        }
    }

    @Entity(name = "Disc")
    static class Disc extends Shape {
        Disc() {}

        Disc(String label) {
            super(label);
        }
    }

    @Entity(name = "Box")
    static class Box extends Shape {
        Box() {}

        Box(String label) {
            super(label);
        }
    }

    @Entity(name = "Archive")
    static class Archive {
        @Id
        Long id;

        String text;

        @ElementCollection
        @jakarta.persistence.CollectionTable(name = "archive_tags")
        Set<String> tags = new HashSet<>();

        Archive() {}

        Archive(Long id, String text) {
            this.id = id;
            this.text = text;
        }
    }
}
