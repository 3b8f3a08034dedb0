package dev.argondb.orm.jpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.persistence.Entity;
import jakarta.persistence.EntityExistsException;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.GenerationType;
import jakarta.persistence.Id;
import jakarta.persistence.SequenceGenerator;
import jakarta.persistence.TableGenerator;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.hibernate.annotations.UuidGenerator;
import org.hibernate.exception.ConstraintViolationException;
import org.junit.jupiter.api.Test;

/** Identifiers that Hibernate or the database makes, and those that the program assigns. */
@OnPages
class GeneratedIdTest extends JpaFeatureTest {
    GeneratedIdTest() {
        super(
                Auto.class,
                SequenceByOne.class,
                SequencePooled.class,
                SequenceShared.class,
                Identity.class,
                InTable.class,
                InTablePooled.class,
                RandomUuid.class,
                TimeUuid.class,
                TextUuid.class,
                Assigned.class);
    }

    @Test
    void autoId_severalPersists_givesDistinctIds() {
        List<Auto> saved = persistMany(3, Auto::new);

        assertThat(saved).extracting(e -> e.id).doesNotContainNull().doesNotHaveDuplicates();
        assertThat(count(Auto.class)).isEqualTo(3);
    }

    @Test
    void sequenceByOne_persist_asksTheSequenceForEachRow() {
        List<SequenceByOne> saved = persistMany(3, SequenceByOne::new);

        assertThat(saved).extracting(e -> e.id).isSorted().doesNotHaveDuplicates();
        assertThat(sql().containing("seq_by_one")).hasSize(3);
    }

    @Test
    void sequencePooled_persist120_givesConsecutiveIdsWithFewCalls() {
        List<SequencePooled> saved = persistMany(120, SequencePooled::new);

        long first = saved.get(0).id;
        assertThat(saved)
                .extracting(e -> e.id)
                .containsExactlyElementsOf(
                        LongStream.range(first, first + 120).boxed().toList());
        assertThat(sql().containing("next value for seq_pooled")).hasSizeBetween(3, 4);
    }

    @Test
    void sequencePooled_secondFactory_neverRepeatsIds() {
        List<SequencePooled> here = persistMany(10, SequencePooled::new);
        List<Long> there;
        try (var other =
                newFactory(opened(), java.util.Map.of("hibernate.hbm2ddl.auto", "none"), SequencePooled.class)) {
            there = other.fromTransaction(session -> Stream.generate(SequencePooled::new)
                    .limit(10)
                    .peek(session::persist)
                    .map(e -> e.id)
                    .toList());
        }
        List<SequencePooled> again = persistMany(60, SequencePooled::new);

        assertThat(count(SequencePooled.class)).isEqualTo(80);
        assertThat(there).doesNotContainAnyElementsOf(idsOf(here)).doesNotContainAnyElementsOf(idsOf(again));
    }

    @Test
    void sequence_rolledBackTransaction_keepsItsValuesUsed() {
        Long lost = fromTransaction(session -> {
            SequenceByOne entity = new SequenceByOne();
            session.persist(entity);
            session.getTransaction().markRollbackOnly();
            return entity.id;
        });

        SequenceByOne next = persistMany(1, SequenceByOne::new).get(0);

        assertThat(count(SequenceByOne.class)).isEqualTo(1);
        assertThat(next.id).isGreaterThan(lost);
    }

    @Test
    void sequence_startAndIncrement_areThoseOfTheMapping() {
        SequenceShared saved = persistMany(1, SequenceShared::new).get(0);

        assertThat(saved.id).isGreaterThanOrEqualTo(1000);
        assertThat(saved.id % 10).isZero();
    }

    @Test
    void identity_persist_insertsAtOnceAndGivesTheId() {
        inTransaction(session -> {
            Identity first = new Identity();
            session.persist(first);
            Identity second = new Identity();
            session.persist(second);

            assertThat(first.id).isNotNull();
            assertThat(second.id).isGreaterThan(first.id);
            assertThat(sql().startingWith("insert into identity_row")).isNotEmpty();
        });
        assertThat(count(Identity.class)).isEqualTo(2);
    }

    @Test
    void tableGenerator_byOne_countsUpInItsTable() {
        List<InTable> saved = persistMany(3, InTable::new);

        assertThat(saved).extracting(e -> e.id).isSorted().doesNotHaveDuplicates();
        assertThat(nativeValue("select next_id from ids_gen where kind = 'by-one'", Long.class))
                .isGreaterThanOrEqualTo(saved.get(2).id);
    }

    @Test
    void tableGenerator_pooled_givesConsecutiveIdsInBlocks() {
        List<InTablePooled> saved = persistMany(45, InTablePooled::new);

        long first = saved.get(0).id;
        assertThat(saved)
                .extracting(e -> e.id)
                .containsExactlyElementsOf(
                        LongStream.range(first, first + 45).boxed().toList());
        assertThat(nativeValue("select next_id from ids_gen where kind = 'pooled'", Long.class))
                .isBetween(first + 45, first + 45 + 2 * 20);
    }

    @Test
    void uuidIds_persist_areGeneratedAndFound() {
        RandomUuid random = saveAndFind(new RandomUuid());
        TimeUuid time = saveAndFind(new TimeUuid());
        TextUuid text = saveAndFind(new TextUuid());

        assertThat(random.id.version()).isEqualTo(4);
        assertThat(time.id.version()).isEqualTo(7);
        assertThat(UUID.fromString(text.id)).isNotNull();
    }

    @Test
    void assignedId_persist_keepsIt() {
        save(new Assigned("a"), new Assigned("b"));

        assertThat(find(Assigned.class, "a")).isNotNull();
        assertThat(find(Assigned.class, "c")).isNull();
    }

    @Test
    void assignedId_alreadyStored_isRefusedByThePrimaryKey() {
        save(new Assigned("a"));

        assertThatThrownBy(() -> save(new Assigned("a")))
                .satisfiesAnyOf(
                        e -> assertThat(e).isInstanceOf(EntityExistsException.class),
                        e -> assertThat(e).hasRootCauseInstanceOf(java.sql.SQLException.class),
                        e -> assertThat(e).isInstanceOf(ConstraintViolationException.class));
        assertThat(count(Assigned.class)).isEqualTo(1);
    }

    private static List<Long> idsOf(List<SequencePooled> entities) {
        return entities.stream().map(e -> e.id).toList();
    }

    private <T> List<T> persistMany(int number, Supplier<T> maker) {
        List<T> made = Stream.generate(maker).limit(number).toList();
        save(made.toArray());
        return made;
    }

    @Entity(name = "Auto")
    static class Auto {
        @Id
        @GeneratedValue
        Long id;
    }

    @Entity(name = "SequenceByOne")
    static class SequenceByOne {
        @Id
        @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "byOne")
        @SequenceGenerator(name = "byOne", sequenceName = "seq_by_one", allocationSize = 1)
        Long id;
    }

    @Entity(name = "SequencePooled")
    static class SequencePooled {
        @Id
        @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "pooled")
        @SequenceGenerator(name = "pooled", sequenceName = "seq_pooled", allocationSize = 50)
        Long id;
    }

    @Entity(name = "SequenceShared")
    static class SequenceShared {
        @Id
        @GeneratedValue(strategy = GenerationType.SEQUENCE, generator = "shared")
        @SequenceGenerator(
                name = "shared",
                sequenceName = "seq_shared",
                initialValue = 1000,
                allocationSize = 1,
                options = "increment by 10")
        Long id;
    }

    @Entity(name = "Identity")
    @jakarta.persistence.Table(name = "identity_row")
    static class Identity {
        @Id
        @GeneratedValue(strategy = GenerationType.IDENTITY)
        Long id;
    }

    @Entity(name = "InTable")
    static class InTable {
        @Id
        @GeneratedValue(strategy = GenerationType.TABLE, generator = "inTable")
        @TableGenerator(
                name = "inTable",
                table = "ids_gen",
                pkColumnName = "kind",
                valueColumnName = "next_id",
                pkColumnValue = "by-one",
                allocationSize = 1)
        Long id;
    }

    @Entity(name = "InTablePooled")
    static class InTablePooled {
        @Id
        @GeneratedValue(strategy = GenerationType.TABLE, generator = "inTablePooled")
        @TableGenerator(
                name = "inTablePooled",
                table = "ids_gen",
                pkColumnName = "kind",
                valueColumnName = "next_id",
                pkColumnValue = "pooled",
                allocationSize = 20)
        Long id;
    }

    @Entity(name = "RandomUuid")
    static class RandomUuid {
        @Id
        @GeneratedValue(strategy = GenerationType.UUID)
        UUID id;
    }

    @Entity(name = "TimeUuid")
    static class TimeUuid {
        @Id
        @UuidGenerator(style = UuidGenerator.Style.VERSION_7)
        UUID id;
    }

    @Entity(name = "TextUuid")
    static class TextUuid {
        @Id
        @GeneratedValue(strategy = GenerationType.UUID)
        String id;
    }

    @Entity(name = "Assigned")
    static class Assigned {
        @Id
        String id;

        Assigned() {}

        Assigned(String id) {
            this.id = id;
        }
    }
}
