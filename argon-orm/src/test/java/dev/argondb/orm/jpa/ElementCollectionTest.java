package dev.argondb.orm.jpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import jakarta.persistence.CollectionTable;
import jakarta.persistence.Column;
import jakarta.persistence.ElementCollection;
import jakarta.persistence.Embeddable;
import jakarta.persistence.Entity;
import jakarta.persistence.EnumType;
import jakarta.persistence.GeneratedValue;
import jakarta.persistence.Id;
import jakarta.persistence.JoinColumn;
import jakarta.persistence.MapKeyColumn;
import jakarta.persistence.MapKeyEnumerated;
import jakarta.persistence.MapKeyJoinColumn;
import jakarta.persistence.OrderBy;
import jakarta.persistence.OrderColumn;
import jakarta.persistence.UniqueConstraint;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.hibernate.Hibernate;
import org.hibernate.annotations.SortNatural;
import org.junit.jupiter.api.Test;

/** Collections of values: bags, sets, ordered lists and maps, of basics, embeddables and records. */
@OnPages
class ElementCollectionTest extends JpaFeatureTest {
    ElementCollectionTest() {
        super(Recipe.class, Ingredient.class);
    }

    @Test
    void bag_duplicates_areKept() {
        Recipe recipe = saved(r -> r.notes.addAll(List.of("hot", "hot", "sweet")));

        read(recipe, r -> assertThat(r.notes).containsExactlyInAnyOrder("hot", "hot", "sweet"));
    }

    @Test
    void bag_removeOneOfTwoEqual_keepsTheOther() {
        Recipe recipe = saved(r -> r.notes.addAll(List.of("hot", "hot")));

        change(recipe, r -> r.notes.remove("hot"));

        read(recipe, r -> assertThat(r.notes).containsExactly("hot"));
    }

    @Test
    void set_addAndRemove_writesSingleRows() {
        Recipe recipe = saved(r -> r.tags.addAll(Set.of("vegan", "quick")));
        sql().clear();

        change(recipe, r -> {
            r.tags.remove("quick");
            r.tags.add("cheap");
        });

        assertThat(sql().startingWith("delete from recipe_tag")).hasSize(1);
        assertThat(sql().startingWith("insert into recipe_tag")).hasSize(1);
        read(recipe, r -> assertThat(r.tags).containsExactlyInAnyOrder("vegan", "cheap"));
    }

    @Test
    void set_sameValueTwice_isRefusedByTheKeyOfTheTable() {
        Recipe recipe = saved(r -> r.tags.add("vegan"));

        assertThatThrownBy(() -> inTransaction(session -> session.createNativeMutationQuery(
                                "insert into recipe_tag (recipe_id, tag) values (:id, 'vegan')")
                        .setParameter("id", recipe.id)
                        .executeUpdate()))
                .isInstanceOf(org.hibernate.exception.ConstraintViolationException.class);
    }

    @Test
    void sortedSet_read_isSorted() {
        Recipe recipe = saved(r -> r.sizes.addAll(List.of(30, 4, 12)));

        read(recipe, r -> assertThat(r.sizes).containsExactly(4, 12, 30));
    }

    @Test
    void orderColumn_movesInsertsAndRemovals_keepTheOrder() {
        Recipe recipe = saved(r -> r.steps.addAll(List.of("cut", "cook", "eat")));

        change(recipe, r -> {
            r.steps.add(0, "buy");
            r.steps.remove("cook");
            r.steps.add("wash");
        });

        read(recipe, r -> assertThat(r.steps).containsExactly("buy", "cut", "eat", "wash"));
        assertThat(rows("select pos, step from recipe_step order by pos"))
                .containsExactly(List.of(0, "buy"), List.of(1, "cut"), List.of(2, "eat"), List.of(3, "wash"));
    }

    @Test
    void orderColumn_reversed_isStoredReversed() {
        Recipe recipe = saved(r -> r.steps.addAll(List.of("a", "b", "c", "d")));

        change(recipe, r -> java.util.Collections.reverse(r.steps));

        read(recipe, r -> assertThat(r.steps).containsExactly("d", "c", "b", "a"));
        assertThat(list("select s from Recipe r join r.steps s where index(s) = 1", String.class))
                .containsExactly("c");
    }

    @Test
    void orderBy_embeddables_areReadInThatOrder() {
        Recipe recipe = saved(r -> {
            r.amounts.add(new Amount("salt", new BigDecimal("0.50")));
            r.amounts.add(new Amount("flour", new BigDecimal("500.00")));
            r.amounts.add(new Amount("milk", new BigDecimal("20.00")));
        });

        read(recipe, r -> assertThat(r.amounts).extracting(a -> a.what).containsExactly("flour", "milk", "salt"));
    }

    @Test
    void records_elements_roundTrip() {
        Recipe recipe =
                saved(r -> r.reviews.addAll(List.of(new Review("Ada", 5, null), new Review("Bob", 2, "bland"))));

        read(recipe, r -> assertThat(r.reviews)
                .containsExactlyInAnyOrder(new Review("Ada", 5, null), new Review("Bob", 2, "bland")));
        assertThat(single("select avg(v.stars) from Recipe r join r.reviews v", Double.class))
                .isEqualTo(3.5);
    }

    @Test
    void mapByText_putReplaceRemove_areStored() {
        Recipe recipe = saved(r -> r.names.putAll(Map.of("de", "Suppe", "fr", "soupe", "en", "soup")));

        change(recipe, r -> {
            r.names.put("de", "Brühe");
            r.names.remove("fr");
        });

        read(recipe, r -> assertThat(r.names).containsOnly(Map.entry("de", "Brühe"), Map.entry("en", "soup")));
        assertThat(list("select key(n) from Recipe r join r.names n where value(n) = 'soup'", String.class))
                .containsExactly("en");
    }

    @Test
    void mapByEnum_ofEmbeddables_roundTrips() {
        Recipe recipe = saved(r -> r.bySeason.put(Season.WINTER, new Amount("tea", new BigDecimal("3.00"))));

        change(recipe, r -> r.bySeason.put(Season.SUMMER, new Amount("ice", new BigDecimal("9.00"))));

        read(recipe, r -> assertThat(r.bySeason.get(Season.SUMMER).what).isEqualTo("ice"));
        assertThat(rows("select season, what from recipe_season order by season"))
                .containsExactly(List.of("SUMMER", "ice"), List.of("WINTER", "tea"));
    }

    @Test
    void mapByEntity_roundTrips() {
        Ingredient salt = new Ingredient("salt");
        Ingredient oil = new Ingredient("oil");
        save(salt, oil);
        Recipe recipe = saved(r -> r.grams.putAll(Map.of(salt, 5, oil, 30)));

        read(recipe, r -> {
            assertThat(r.grams).hasSize(2);
            r.grams.forEach((ingredient, grams) -> assertThat(grams).isEqualTo(ingredient.name.equals("oil") ? 30 : 5));
        });
        assertThat(single("select sum(value(g)) from Recipe r join r.grams g where key(g).name = 'oil'", Long.class))
                .isEqualTo(30);
    }

    @Test
    void clearAndReplace_emptyTheTables() {
        Recipe recipe = saved(r -> {
            r.tags.add("vegan");
            r.steps.add("cut");
        });

        change(recipe, r -> {
            r.tags.clear();
            r.steps = new ArrayList<>(List.of("new"));
        });

        read(recipe, r -> {
            assertThat(r.tags).isEmpty();
            assertThat(r.steps).containsExactly("new");
        });
    }

    @Test
    void removeOwner_removesTheElements() {
        Recipe recipe = saved(r -> {
            r.tags.add("vegan");
            r.names.put("de", "Suppe");
            r.reviews.add(new Review("Ada", 5, null));
        });

        inTransaction(session -> session.remove(session.getReference(Recipe.class, recipe.id)));

        assertThat(nativeValue(
                        "select (select count(*) from recipe_tag) + (select count(*) from recipe_name)"
                                + " + (select count(*) from recipe_review)",
                        Long.class))
                .isZero();
    }

    @Test
    void lazyElements_untouched_areNotRead() {
        Recipe recipe = saved(r -> r.tags.add("vegan"));

        assertThat(statementsOf(() -> {
                    Recipe found = find(recipe);
                    assertThat(Hibernate.isInitialized(found.tags)).isFalse();
                }))
                .isEqualTo(1);
    }

    private Recipe saved(Consumer<Recipe> filling) {
        Recipe recipe = new Recipe();
        filling.accept(recipe);
        save(recipe);
        return recipe;
    }

    private void change(Recipe recipe, Consumer<Recipe> work) {
        inTransaction(session -> work.accept(session.find(Recipe.class, recipe.id)));
    }

    private void read(Recipe recipe, Consumer<Recipe> work) {
        change(recipe, work);
    }

    enum Season {
        SPRING,
        SUMMER,
        AUTUMN,
        WINTER
    }

    @Embeddable
    static class Amount {
        String what;
        BigDecimal quantity;

        Amount() {}

        Amount(String what, BigDecimal quantity) {
            this.what = what;
            this.quantity = quantity;
        }
    }

    @Embeddable
    record Review(String author, int stars, String words) {}

    @Entity(name = "Ingredient")
    static class Ingredient {
        @Id
        @GeneratedValue
        Long id;

        String name;

        Ingredient() {}

        Ingredient(String name) {
            this.name = name;
        }
    }

    @Entity(name = "Recipe")
    static class Recipe {
        @Id
        @GeneratedValue
        Long id;

        @ElementCollection
        List<String> notes = new ArrayList<>();

        @ElementCollection
        @CollectionTable(
                name = "recipe_tag",
                joinColumns = @JoinColumn(name = "recipe_id"),
                uniqueConstraints = @UniqueConstraint(columnNames = {"recipe_id", "tag"}))
        @Column(name = "tag", nullable = false)
        Set<String> tags = new HashSet<>();

        @ElementCollection
        @SortNatural
        SortedSet<Integer> sizes = new TreeSet<>();

        @ElementCollection
        @CollectionTable(name = "recipe_step")
        @OrderColumn(name = "pos")
        @Column(name = "step")
        List<String> steps = new ArrayList<>();

        @ElementCollection
        @OrderBy("quantity desc")
        List<Amount> amounts = new ArrayList<>();

        @ElementCollection
        @CollectionTable(name = "recipe_review")
        Set<Review> reviews = new HashSet<>();

        @ElementCollection
        @CollectionTable(name = "recipe_name")
        @MapKeyColumn(name = "lang", length = 2)
        @Column(name = "name")
        Map<String, String> names = new HashMap<>();

        @ElementCollection
        @CollectionTable(name = "recipe_season")
        @MapKeyColumn(name = "season", columnDefinition = "varchar(10)")
        @MapKeyEnumerated(EnumType.STRING)
        Map<Season, Amount> bySeason = new EnumMap<>(Season.class);

        @ElementCollection
        @MapKeyJoinColumn(name = "ingredient_id")
        @Column(name = "grams")
        Map<Ingredient, Integer> grams = new HashMap<>();
    }
}
