package dev.argondb.orm.jpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.persistence.ElementCollection;
import jakarta.persistence.Entity;
import jakarta.persistence.FetchType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.ManyToOne;
import jakarta.persistence.Version;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.hibernate.LockMode;
import org.hibernate.StaleStateException;
import org.junit.jupiter.api.Test;

/** The stateless session: every call is a statement. */
class StatelessSessionTest extends JpaFeatureTest {
    StatelessSessionTest() {
        super(Part.class, Maker.class, Setting.class);
    }

    @Test
    void insertUpdateDelete_eachIsWrittenAtOnce() {
        Part part = new Part("bolt");
        inStatelessTransaction(session -> {
            session.insert(part);
            assertThat(session.get(Part.class, part.id).name).isEqualTo("bolt");
            part.name = "nut";
            session.update(part);
            assertThat(session.get(Part.class, part.id).name).isEqualTo("nut");
        });
        assertThat(part.version).isEqualTo(1);

        inStatelessTransaction(session -> session.delete(part));
        assertThat(count(Part.class)).isZero();
    }

    @Test
    void update_staleVersion_isRefused() {
        Part part = new Part("bolt");
        inStatelessTransaction(session -> session.insert(part));
        Part stale = find(part);
        inTransaction(session -> session.find(Part.class, part.id).name = "newer");

        stale.name = "lost";
        assertThatThrownBy(() -> inStatelessTransaction(session -> session.update(stale)))
                .isInstanceOfAny(StaleStateException.class, jakarta.persistence.OptimisticLockException.class);
        assertThat(find(part).name).isEqualTo("newer");
    }

    @Test
    void upsert_missingAndPresent_insertsAndUpdates() {
        inStatelessTransaction(session -> {
            session.upsert(new Setting("color", "red"));
            session.upsert(new Setting("size", "xl"));
            session.upsert(new Setting("color", "blue"));
        });

        assertThat(list("select s.val from Setting s order by s.name", String.class))
                .containsExactly("blue", "xl");
    }

    @Test
    void upsertMultiple_mixed_writesAll() {
        inStatelessTransaction(session -> session.insert(new Setting("s3", "old")));

        inStatelessTransaction(session -> session.upsertMultiple(IntStream.range(0, 10)
                .mapToObj(i -> new Setting("s" + i, "new"))
                .toList()));

        assertThat(single("select count(s) from Setting s where s.val = 'new'", Long.class))
                .isEqualTo(10);
    }

    @Test
    void insertMultiple_manyRows_areWrittenInBatches() {
        List<Part> parts =
                IntStream.range(0, 130).mapToObj(i -> new Part("p" + i)).toList();

        inStatelessTransaction(session -> session.insertMultiple(parts));

        assertThat(count(Part.class)).isEqualTo(130);
        inStatelessTransaction(
                session -> assertThat(session.getMultiple(Part.class, List.of(parts.get(5).id, parts.get(1).id)))
                        .extracting(p -> p.name)
                        .containsExactly("p5", "p1"));
    }

    @Test
    void query_resultsAreDetached() {
        inStatelessTransaction(session -> session.insert(new Part("bolt")));

        inStatelessTransaction(session ->
                session.createSelectionQuery("from Part", Part.class).getSingleResult().name = "never written");

        assertThat(single("select p.name from Part p", String.class)).isEqualTo("bolt");
    }

    @Test
    void fetch_lazyAssociationAndCollection_loadsThem() {
        Maker maker = new Maker("Acme");
        Part part = new Part("bolt");
        part.maker = maker;
        part.marks.addAll(List.of("x", "y"));
        save(maker, part);

        inStatelessTransaction(session -> {
            Part found = session.get(Part.class, part.id);
            session.fetch(found.maker);
            session.fetch(found.marks);
            assertThat(found.maker.name()).isEqualTo("Acme");
            assertThat(found.marks).containsExactlyInAnyOrder("x", "y");
        });
    }

    @Test
    void insert_withCollection_writesItsElements() {
        Part part = new Part("bolt");
        part.marks.addAll(List.of("x", "y"));

        inStatelessTransaction(session -> session.insert(part));

        assertThat(nativeValue("select count(*) from part_marks", Long.class)).isEqualTo(2);
    }

    @Test
    void get_withLock_locks() {
        Part part = new Part("bolt");
        inStatelessTransaction(session -> session.insert(part));

        inStatelessTransaction(session -> assertThat(session.get(Part.class, part.id, LockMode.PESSIMISTIC_WRITE).name)
                .isEqualTo("bolt"));

        assertThat(sql().containing("for update")).hasSize(1);
    }

    @Test
    void bulkAndNative_inStatelessSession_areWritten() {
        inStatelessTransaction(session -> {
            session.insert(new Part("bolt"));
            assertThat(session.createMutationQuery("update Part set name = 'nut'")
                            .executeUpdate())
                    .isEqualTo(1);
            assertThat(session.createNativeQuery("select name from part", String.class)
                            .getSingleResult())
                    .isEqualTo("nut");
        });
    }

    @Test
    void rollback_undoesEveryStatement() {
        inStatelessTransaction(session -> {
            session.insert(new Part("bolt"));
            session.upsert(new Setting("color", "red"));
            session.getTransaction().markRollbackOnly();
        });

        assertThat(count(Part.class) + count(Setting.class)).isZero();
    }

    @Entity(name = "Maker")
    static class Maker {
        @Id
        @GeneratedValue
        Long id;

        String name;

        Maker() {}

        Maker(String name) {
            this.name = name;
        }

        public String name() {
            return name;
        }
    }

    @Entity(name = "Part")
    static class Part {
        @Id
        @GeneratedValue
        Long id;

        @Version
        int version;

        String name;

        @ManyToOne(fetch = FetchType.LAZY)
        Maker maker;

        @ElementCollection
        @jakarta.persistence.CollectionTable(name = "part_marks")
        List<String> marks = new ArrayList<>();

        Part() {}

        Part(String name) {
            this.name = name;
        }
    }

    @Entity(name = "Setting")
    static class Setting {
        @Id
        String name;

        String val;

        Setting() {}

        Setting(String name, String val) {
            this.name = name;
            this.val = val;
        }
    }
}
