package dev.argondb.spring.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argondb.Argon;
import dev.argondb.BranchScope;
import dev.argondb.Ref;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.hibernate.Hibernate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.InvalidDataAccessApiUsageException;
import org.springframework.data.domain.Example;
import org.springframework.data.domain.ExampleMatcher;
import org.springframework.data.domain.Limit;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.domain.ScrollPosition;
import org.springframework.data.domain.Sort;
import org.springframework.data.jpa.domain.Specification;
import org.springframework.transaction.support.TransactionTemplate;

/** All that a JPA repository can do, on a branch and at a past moment of another one where everything is gone by now. */
@DataTest
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RepositoryMatrixTest {

    @Autowired
    private Items items;

    @Autowired
    private Shelves shelves;

    @Autowired
    private Vehicles vehicles;

    @Autowired
    private Categories categories;

    @Autowired
    private TransactionTemplate transaction;

    @Autowired
    private Argon argon;

    private String past = "";

    @BeforeAll
    void stock() {
        argon.createBranch("matrix", "main");
        BranchScope.run(
                "matrix",
                () -> transaction.executeWithoutResult(status -> {
                    Category light = categories.save(new Category("light", "Light"));
                    for (String name : List.of("candle", "lamp", "torch")) {
                        Item item = new Item(name, name.length());
                        item.setCategory(light);
                        item.getTags().addAll(List.of("bright", name));
                        item.setSize(new Item.Size(1, 2));
                        item.setDescription("a " + name);
                        item.review("nice " + name);
                        items.save(item);
                    }
                    items.save(new Item("stone", 0));
                    shelves.save(new Shelf(new Shelf.Place("attic", 7), 3));
                    vehicles.save(new Vehicle.Truck("B-1", 12));
                }));
        past = "matrix@" + argon.resolve(Ref.parse("matrix")).orElseThrow();
        argon.createBranch("matrix-live", past);
        BranchScope.run("matrix", () -> {
            items.deleteAll();
            shelves.deleteAll();
            vehicles.deleteAll();
            categories.deleteAll();
        });
    }

    Stream<String> refs() {
        return Stream.of("matrix-live", past);
    }

    @ParameterizedTest
    @MethodSource("refs")
    void crudReads_inScope_seeItsState(String ref) {
        BranchScope.run(ref, () -> {
            assertThat(items.count()).isEqualTo(4);
            assertThat(items.findAll()).hasSize(4);
            Item lamp = items.require("lamp");
            assertThat(items.findById(lamp.getId())).isPresent();
            assertThat(items.existsById(lamp.getId())).isTrue();
            assertThat(items.findAllById(List.of(lamp.getId(), -1L))).hasSize(1);
            assertThat(lamp.getDescription()).isEqualTo("a lamp");
            assertThat(lamp.getSize()).isEqualTo(new Item.Size(1, 2));
            assertThat(shelves.findById(new Shelf.Place("attic", 7))).isPresent();
            assertThat(vehicles.findAll().get(0)).isInstanceOf(Vehicle.Truck.class);
        });
    }

    @ParameterizedTest
    @MethodSource("refs")
    void derivedQueries_inScope_seeItsState(String ref) {
        BranchScope.run(ref, () -> {
            assertThat(items.findByCategoryTitleOrderByNameDesc("Light"))
                    .extracting(Item::getName)
                    .containsExactly("torch", "lamp", "candle");
            assertThat(items.countByState(Item.State.NEW)).isEqualTo(4);
            assertThat(items.existsByTagsContaining("bright")).isTrue();
        });
    }

    @ParameterizedTest
    @MethodSource("refs")
    void declaredQueries_inScope_seeItsState(String ref) {
        BranchScope.run(ref, () -> {
            assertThat(items.namesIn("light")).containsExactly("candle", "lamp", "torch");
            assertThat(items.countLike("%t%")).isEqualTo(2);
        });
    }

    @ParameterizedTest
    @MethodSource("refs")
    void specificationsAndExamples_inScope_seeItsState(String ref) {
        BranchScope.run(ref, () -> {
            Specification<Item> cheap = (root, query, builder) -> builder.equal(root.get("price"), new Cents(0));
            assertThat(items.findAll(cheap)).extracting(Item::getName).containsExactly("stone");
            assertThat(items.count(Specification.not(cheap))).isEqualTo(3);
            Example<Item> likeLamp = Example.of(
                    new Item("LAMP", 4),
                    ExampleMatcher.matching().withIgnoreCase().withIgnorePaths("id", "version", "tags", "price"));
            assertThat(items.findOne(likeLamp)).map(Item::getName).contains("lamp");
        });
    }

    @ParameterizedTest
    @MethodSource("refs")
    void pagesSlicesAndWindows_inScope_seeItsState(String ref) {
        BranchScope.run(ref, () -> {
            var page = items.findByNameNot("stone", PageRequest.of(1, 2, Sort.by("name")));
            assertThat(page.getTotalElements()).isEqualTo(3);
            assertThat(page).extracting(Item::getName).containsExactly("torch");
            assertThat(items.findByNameIsNotNull(PageRequest.of(0, 3)).hasNext())
                    .isTrue();
            var window = items.findFirst2ByOrderByName(ScrollPosition.keyset());
            assertThat(window).extracting(Item::getName).containsExactly("candle", "lamp");
            assertThat(items.findFirst2ByOrderByName(window.positionAt(1)))
                    .extracting(Item::getName)
                    .containsExactly("stone", "torch");
        });
    }

    @ParameterizedTest
    @MethodSource("refs")
    void projections_inScope_seeItsState(String ref) {
        BranchScope.run(ref, () -> {
            assertThat(items.findNamedByNameStartingWith("l", Sort.by("name")))
                    .extracting(Items.Named::getName)
                    .containsExactly("lamp");
            assertThat(items.findByNameIn(List.of("lamp", "stone"), Limit.of(5)))
                    .containsExactlyInAnyOrder(
                            new Items.Label("lamp", new Cents(4)), new Items.Label("stone", new Cents(0)));
            assertThat(items.findByState(Item.State.NEW, Items.Named.class)).hasSize(4);
        });
    }

    @ParameterizedTest
    @MethodSource("refs")
    void streamsAndLazyReferences_inTransaction_seeItsState(String ref) {
        BranchScope.run(
                ref,
                () -> transaction.executeWithoutResult(status -> {
                    try (Stream<Item> stream = items.streamByOrderByName()) {
                        assertThat(stream.map(Item::getName)).containsExactly("candle", "lamp", "stone", "torch");
                    }
                    Item lamp = items.require("lamp");
                    assertThat(lamp.getReviews()).extracting(Review::getText).containsExactly("nice lamp");
                    assertThat(lamp.getCategory())
                            .isNotNull()
                            .extracting(Category::getTitle)
                            .isEqualTo("Light");
                    assertThat(items.getReferenceById(lamp.getId()).getName()).isEqualTo("lamp");
                }));
    }

    @ParameterizedTest
    @MethodSource("refs")
    void entityGraphs_inScope_seeItsState(String ref) {
        BranchScope.run(ref, () -> {
            assertThat(items.findWithTagsByOrderByName().get(1).getTags()).containsExactly("bright", "lamp");
            Item lamp = items.findWithCategoryByName("lamp").orElseThrow();
            assertThat(Hibernate.isInitialized(lamp.getCategory())).isTrue();
        });
    }

    @ParameterizedTest
    @MethodSource("refs")
    void optimisticLock_inTransaction_reads(String ref) {
        BranchScope.run(
                ref,
                () -> transaction.executeWithoutResult(
                        status -> assertThat(items.findCheckedByName("lamp")).isPresent()));
    }

    @Test
    void pessimisticLock_onPast_isRefused() {
        BranchScope.run(
                "matrix-live",
                () -> transaction.executeWithoutResult(
                        status -> assertThat(items.findLockedByName("lamp")).isPresent()));
        assertThatThrownBy(() -> BranchScope.run(
                        past, () -> transaction.executeWithoutResult(status -> items.findLockedByName("lamp"))))
                .isInstanceOf(InvalidDataAccessApiUsageException.class)
                .hasMessageContaining("past moment");
    }

    @Test
    void writes_onBranch_areItsOwn() {
        argon.createBranch("matrix-writes", "matrix-live");
        BranchScope.run("matrix-writes", () -> {
            Item lamp = items.require("lamp");
            Instant created = lamp.getModifiedAt();
            assertThat(lamp.getCreatedBy()).isEqualTo("ann");
            lamp.setPrice(99);
            Item saved = items.saveAndFlush(lamp);
            assertThat(saved.getVersion()).isEqualTo(lamp.getVersion() + 1);
            assertThat(saved.getModifiedAt()).isAfter(created);
            assertThat(items.mark("%", Item.State.SOLD)).isEqualTo(4);
            assertThat(items.sell("stone")).isEqualTo(1);
            assertThat(items.deleteByNameStartingWith("t")).isEqualTo(1);
            items.saveAll(List.of(new Item("x", 1), new Item("y", 2)));
            items.deleteById(items.require("x").getId());
            items.deleteAllInBatch(List.of(items.require("y")));
            assertThat(items.countByState(Item.State.SOLD)).isEqualTo(3);
        });
        BranchScope.run("matrix-live", () -> {
            assertThat(items.countByState(Item.State.NEW)).isEqualTo(4);
            assertThat(items.require("lamp").getPrice()).isEqualTo(4);
        });
    }

    @Test
    void writes_onPast_areRefusedAsMisuse() {
        BranchScope.run(past, () -> {
            Item lamp = items.require("lamp");
            refused(
                    () -> items.save(new Item("new", 1)),
                    "persist of `Item` refused: this session is on `" + past + "`");
            refused(() -> items.save(lamp), "merge of `Item` refused");
            refused(() -> items.delete(lamp), "refused: this session is on `" + past + "`");
            refused(() -> items.deleteById(lamp.getId()), "remove of `Item` refused");
            refused(() -> items.mark("%", Item.State.SOLD), "past moment");
            refused(() -> items.sell("lamp"), "past moment");
            refused(() -> items.deleteAllInBatch(), "past moment");
            refused(
                    () -> items.revert(lamp.getId(), "matrix-live"),
                    "revert of `Item` refused: `" + past + "` is a past moment");
        });
    }

    private static void refused(org.assertj.core.api.ThrowableAssert.ThrowingCallable write, String text) {
        assertThatThrownBy(write)
                .isInstanceOf(InvalidDataAccessApiUsageException.class)
                .hasMessageContaining(text);
    }
}
