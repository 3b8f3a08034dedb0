package dev.argondb.orm.jpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argondb.orm.jpa.Store.Customer;
import dev.argondb.orm.jpa.Store.Purchase;
import jakarta.persistence.NoResultException;
import jakarta.persistence.NonUniqueResultException;
import jakarta.persistence.Tuple;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import org.hibernate.Hibernate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** HQL: joins, grouping, subqueries, window functions, common table expressions and set operations. */
@OnPages
class HqlQueryTest extends JpaFeatureTest {
    HqlQueryTest() {
        super(Store.ENTITIES);
    }

    @BeforeEach
    void fill() {
        inTransaction(Store::fill);
    }

    @Test
    void innerAndLeftJoin_differInTheCustomerWithoutPurchases() {
        assertThat(list("select distinct c.name from Customer c join c.purchases order by c.name", String.class))
                .containsExactly("Ada", "Bob", "Eve");
        assertThat(list("select c.name from Customer c left join c.purchases p where p is null", String.class))
                .containsExactly("Zoe");
    }

    @Test
    void entityJoin_onCondition_matches() {
        assertThat(list(
                        "select a.name || b.name from Customer a join Customer b on a.city = b.city and a.id < b.id"
                                + " order by a.id",
                        String.class))
                .containsExactly("AdaBob", "EveZoe");
    }

    @Test
    void fetchJoin_loadsTheGraphInOneStatement() {
        long statements = statementsOf(() -> {
            List<Customer> found =
                    list("select c from Customer c left join fetch c.purchases order by c.id", Customer.class);
            assertThat(found).hasSize(4);
            assertThat(found).allMatch(c -> Hibernate.isInitialized(c.purchases));
            assertThat(found.get(0).purchases).hasSize(3);
        });

        assertThat(statements).isEqualTo(1);
    }

    @Test
    void groupBy_having_filtersTheGroups() {
        assertThat(list(
                        "select p.customer.name from Purchase p join p.lines l group by p.customer.name"
                                + " having sum(l.price * l.quantity) > 100 order by sum(l.price * l.quantity)",
                        String.class))
                .containsExactly("Ada", "Bob");
    }

    @Test
    void aggregates_ofNumbers_areExact() {
        Tuple totals = single(
                "select count(l), count(distinct l.article), sum(l.price * l.quantity), min(l.price), max(l.quantity),"
                        + " avg(l.quantity) from Line l",
                Tuple.class);

        assertThat(totals.get(0)).isEqualTo(10L);
        assertThat(totals.get(1)).isEqualTo(4L);
        assertThat(totals.get(2, BigDecimal.class)).isEqualByComparingTo("511.50");
        assertThat(totals.get(3, BigDecimal.class)).isEqualByComparingTo("1.50");
        assertThat(totals.get(4)).isEqualTo(10);
        assertThat(totals.get(5, Double.class)).isEqualTo(2.5);
    }

    @Test
    void aggregates_ofNothing_areNullAndZero() {
        Tuple totals = single("select count(l), sum(l.quantity) from Line l where l.article = 'none'", Tuple.class);

        assertThat(totals.get(0)).isEqualTo(0L);
        assertThat(totals.get(1)).isNull();
    }

    @Test
    void filteredAndListAggregates_collect() {
        assertThat(list(
                        "select listagg(l.article, ',') within group (order by l.article) from Line l"
                                + " group by l.purchase.id order by l.purchase.id",
                        String.class))
                .containsExactly("ink,pen", "desk", "pen", "ink,lamp", "desk,lamp,pen", "ink");
        assertThat(single("select sum(l.quantity) filter (where l.article = 'pen') from Line l", Long.class))
                .isEqualTo(13);
    }

    @Test
    void subqueries_inAllExistsAndScalar_select() {
        assertThat(list(
                        "select c.name from Customer c where c not in (select p.customer from Purchase p)",
                        String.class))
                .containsExactly("Zoe");
        assertThat(list(
                        "select l.id from Line l where l.price >= all (select m.price from Line m) order by l.id",
                        Long.class))
                .containsExactly(20L, 51L);
        assertThat(list(
                        "select (select count(p) from Purchase p where p.customer = c) from Customer c order by c.id",
                        Long.class))
                .containsExactly(3L, 2L, 1L, 0L);
    }

    @Test
    void derivedTableAndLateral_areJoined() {
        assertThat(list(
                        "select t.name from (select c.name as name, count(p) as n from Customer c join c.purchases p"
                                + " group by c.name) t where t.n > 1 order by t.name",
                        String.class))
                .containsExactly("Ada", "Bob");
    }

    @Test
    void recordProjection_isBuiltFromTheRow() {
        assertThat(list(
                        "select c.name, count(p) from Customer c left join c.purchases p group by c.name order by c.name",
                        NameCount.class))
                .containsExactly(
                        new NameCount("Ada", 3),
                        new NameCount("Bob", 2),
                        new NameCount("Eve", 1),
                        new NameCount("Zoe", 0));
    }

    @Test
    void windowFunctions_rankRunningSumAndNeighbours() {
        List<Tuple> rows = list(
                "select p.id, row_number() over (partition by p.customer.id order by p.day desc),"
                        + " rank() over (order by p.day), lag(p.id) over (order by p.id),"
                        + " sum(p.id) over (order by p.id rows between unbounded preceding and current row)"
                        + " from Purchase p order by p.id",
                Tuple.class);

        assertThat(rows).extracting(r -> r.get(1)).containsExactly(3L, 2L, 1L, 2L, 1L, 1L);
        assertThat(rows).extracting(r -> r.get(2)).containsExactly(1L, 2L, 4L, 2L, 5L, 5L);
        assertThat(rows).extracting(r -> r.get(3)).containsExactly(null, 1L, 2L, 3L, 4L, 5L);
        assertThat(rows).extracting(r -> r.get(4)).containsExactly(1L, 3L, 6L, 10L, 15L, 21L);
    }

    @Test
    void windowFunction_ofAggregates_isComputedPerGroup() {
        List<Tuple> rows = list(
                "select p.customer.name, sum(l.price * l.quantity),"
                        + " rank() over (order by sum(l.price * l.quantity) desc)"
                        + " from Purchase p join p.lines l group by p.customer.name order by 3",
                Tuple.class);

        assertThat(rows).extracting(r -> r.get(0)).containsExactly("Bob", "Ada", "Eve");
    }

    @Test
    void commonTableExpression_isUsedTwice() {
        assertThat(list(
                        "with totals as (select p.customer.id as customer, sum(l.price * l.quantity) as total"
                                + " from Purchase p join p.lines l group by p.customer.id)"
                                + " select c.name from Customer c join totals t on t.customer = c.id"
                                + " join totals u on u.customer <> c.id and u.total < t.total"
                                + " group by c.name order by c.name",
                        String.class))
                .containsExactly("Ada", "Bob");
    }

    @Test
    void recursiveCommonTableExpression_walksTheTree() {
        assertThat(list(
                        "with tree as ("
                                + " select c.id as id, c.name as name, 0 as depth from Category c where c.parent is null"
                                + " union all"
                                + " select c.id as id, c.name as name, t.depth + 1 as depth from tree t"
                                + " join Category c on c.parent.id = t.id)"
                                + " select t.name || t.depth from tree t order by t.depth, t.name",
                        String.class))
                .containsExactly("all0", "home1", "office1", "paper2");
    }

    @Test
    void setOperations_uniteIntersectAndSubtract() {
        String ulm = "select c.id from Customer c where c.city = 'Ulm'";
        String buyers = "select p.customer.id from Purchase p where month(p.day) = 4";

        assertThat(list(ulm + " union " + buyers, Long.class)).containsExactlyInAnyOrder(1L, 2L, 3L);
        assertThat(list(ulm + " union all " + buyers, Long.class)).containsExactlyInAnyOrder(1L, 2L, 2L, 3L);
        assertThat(list(ulm + " intersect " + buyers, Long.class)).containsExactly(2L);
        assertThat(list(ulm + " except " + buyers, Long.class)).containsExactly(1L);
    }

    @Test
    void functions_ofTextNumbersAndConditions_areEvaluatedByTheDatabase() {
        assertThat(single(
                        "select upper(substring(c.name, 1, 2)) || lpad(cast(c.id as string), 3, '0') from Customer c"
                                + " where lower(c.name) like '_o%' and c.city = 'Ulm'",
                        String.class))
                .isEqualTo("BO002");
        assertThat(list(
                        "select case when c.city = 'Ulm' then 'home' else coalesce(nullif(c.name, 'Eve'), 'nobody') end"
                                + " from Customer c order by c.id",
                        String.class))
                .containsExactly("home", "home", "nobody", "Zoe");
        assertThat(single("select round(avg(l.price), 1) + mod(7, 4) * abs(-2) from Line l", Double.class))
                .isEqualTo(53.7);
    }

    @Test
    void dateFunctions_areEvaluatedByTheDatabase() {
        assertThat(single("select p.day + 1 month from Purchase p where p.id = 1", LocalDate.class))
                .isEqualTo("2026-02-10");
        assertThat(list("select p.id from Purchase p where extract(month from p.day) = 4 order by p.id", Long.class))
                .containsExactly(5L, 6L);
        assertThat(single("select (max(p.day) - min(p.day)) by day from Purchase p", Long.class))
                .isEqualTo(90);
    }

    @Test
    void parameters_namedPositionalAndLists_areBound() {
        assertThat(list(
                        "from Purchase p where p.id in (:ids) order by p.id",
                        Purchase.class,
                        Map.of("ids", List.of(2L, 5L, 99L))))
                .extracting(p -> p.id)
                .containsExactly(2L, 5L);
        List<String> positional = fromTransaction(session -> session.createSelectionQuery(
                        "select c.name from Customer c where c.city = ?1 and c.id > ?2", String.class)
                .setParameter(1, "Ulm")
                .setParameter(2, 1L)
                .getResultList());
        assertThat(positional).containsExactly("Bob");
    }

    @Test
    void orderBy_nullsAndSeveralKeys_isKept() {
        assertThat(list("select c.name from Category c order by c.parent.id desc nulls last, c.name", String.class))
                .containsExactly("paper", "home", "office", "all");
    }

    @Test
    void singleResult_ofNoneOrSeveral_isRefused() {
        assertThatThrownBy(() -> single("from Customer c where c.id = 99", Customer.class))
                .isInstanceOf(NoResultException.class);
        assertThatThrownBy(() -> single("from Customer c", Customer.class))
                .isInstanceOf(NonUniqueResultException.class);
    }

    record NameCount(String name, long purchases) {}
}
