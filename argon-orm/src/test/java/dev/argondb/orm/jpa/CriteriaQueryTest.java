package dev.argondb.orm.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argondb.orm.jpa.Store.Customer;
import dev.argondb.orm.jpa.Store.Line;
import dev.argondb.orm.jpa.Store.Purchase;
import jakarta.persistence.Tuple;
import jakarta.persistence.criteria.CriteriaDelete;
import jakarta.persistence.criteria.CriteriaQuery;
import jakarta.persistence.criteria.CriteriaUpdate;
import jakarta.persistence.criteria.Expression;
import jakarta.persistence.criteria.Join;
import jakarta.persistence.criteria.JoinType;
import jakarta.persistence.criteria.Root;
import jakarta.persistence.criteria.Subquery;
import java.math.BigDecimal;
import java.util.List;
import java.util.function.BiFunction;
import org.hibernate.query.criteria.HibernateCriteriaBuilder;
import org.hibernate.query.criteria.JpaCriteriaQuery;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Criteria queries: predicates, joins, grouping, subqueries, and bulk changes. */
class CriteriaQueryTest extends JpaFeatureTest {
    CriteriaQueryTest() {
        super(Store.ENTITIES);
    }

    @BeforeEach
    void fill() {
        inTransaction(Store::fill);
    }

    @Test
    void predicates_andOrNotLikeIn_select() {
        List<Customer> found = query(Customer.class, (builder, query) -> {
            Root<Customer> customer = query.from(Customer.class);
            return query.where(builder.or(
                            builder.like(customer.get("name"), "A%"),
                            builder.and(
                                    customer.get("city").in("Bonn", "Kiel"),
                                    builder.not(builder.equal(customer.get("name"), "Eve")))))
                    .orderBy(builder.desc(customer.get("name")));
        });

        assertThat(found).extracting(c -> c.name).containsExactly("Zoe", "Ada");
    }

    @Test
    void joins_innerAndLeft_select() {
        List<String> found = query(String.class, (builder, query) -> {
            Root<Customer> customer = query.from(Customer.class);
            Join<Customer, Purchase> purchase = customer.join("purchases", JoinType.LEFT);
            return query.select(customer.get("name")).where(builder.isNull(purchase.get("id")));
        });

        assertThat(found).containsExactly("Zoe");
    }

    @Test
    void aggregates_groupAndHaving_select() {
        List<Tuple> found = query(Tuple.class, (builder, query) -> {
            Root<Line> line = query.from(Line.class);
            Expression<Long> quantity = builder.sumAsLong(line.get("quantity"));
            return query.select(
                            builder.tuple(line.get("article"), quantity, builder.max(line.<BigDecimal>get("price"))))
                    .groupBy(line.get("article"))
                    .having(builder.gt(quantity, 2))
                    .orderBy(builder.asc(line.get("article")));
        });

        assertThat(found).extracting(t -> t.get(0)).containsExactly("ink", "pen");
        assertThat(found).extracting(t -> t.get(1)).containsExactly(8L, 13L);
    }

    @Test
    void correlatedSubquery_exists_selects() {
        List<String> found = query(String.class, (builder, query) -> {
            Root<Customer> customer = query.from(Customer.class);
            Subquery<Integer> lamps = query.subquery(Integer.class);
            Root<Line> line = lamps.from(Line.class);
            lamps.select(builder.literal(1))
                    .where(
                            builder.equal(line.get("article"), "lamp"),
                            builder.equal(line.get("purchase").get("customer"), customer));
            return query.select(customer.get("name")).where(builder.exists(lamps));
        });

        assertThat(found).containsExactly("Bob");
    }

    @Test
    void scalarSubquery_inSelectAndWhere_isEvaluated() {
        List<Long> found = query(Long.class, (builder, query) -> {
            Root<Line> line = query.from(Line.class);
            Subquery<BigDecimal> highest = query.subquery(BigDecimal.class);
            Root<Line> other = highest.from(Line.class);
            highest.select(builder.max(other.<BigDecimal>get("price")));
            return query.select(line.get("id"))
                    .where(builder.equal(line.get("price"), highest))
                    .orderBy(builder.asc(line.get("id")));
        });

        assertThat(found).containsExactly(20L, 51L);
    }

    @Test
    void constructorProjection_andCase_build() {
        List<HqlQueryTest.NameCount> found = query(HqlQueryTest.NameCount.class, (builder, query) -> {
            Root<Customer> customer = query.from(Customer.class);
            Expression<Long> weight = builder.<Long>selectCase()
                    .when(builder.equal(customer.get("city"), "Ulm"), 1L)
                    .otherwise(2L);
            return query.select(builder.construct(HqlQueryTest.NameCount.class, customer.get("name"), weight))
                    .orderBy(builder.asc(customer.get("id")));
        });

        assertThat(found).extracting(HqlQueryTest.NameCount::purchases).containsExactly(1L, 1L, 2L, 2L);
    }

    @Test
    void fetch_andDistinct_loadTheGraphInOneStatement() {
        long statements = statementsOf(() -> {
            List<Purchase> found = query(Purchase.class, (builder, query) -> {
                Root<Purchase> purchase = query.from(Purchase.class);
                purchase.fetch("lines");
                purchase.fetch("customer");
                return query.distinct(true).orderBy(builder.asc(purchase.get("id")));
            });
            assertThat(found).hasSize(6);
            assertThat(found.get(4).lines).hasSize(3);
            assertThat(found.get(4).customer.name()).isEqualTo("Bob");
        });

        assertThat(statements).isEqualTo(1);
    }

    @Test
    void setOperationAndWindow_ofHibernatesBuilder_select() {
        List<Long> found = fromTransaction(session -> {
            HibernateCriteriaBuilder builder = session.getCriteriaBuilder();
            JpaCriteriaQuery<Long> cheap = builder.createQuery(Long.class);
            Root<Line> line = cheap.from(Line.class);
            cheap.select(line.get("id")).where(builder.lt(line.<BigDecimal>get("price"), 2));
            JpaCriteriaQuery<Long> many = builder.createQuery(Long.class);
            Root<Line> other = many.from(Line.class);
            many.select(other.get("id")).where(builder.gt(other.<Integer>get("quantity"), 4));
            return session.createQuery(builder.unionAll(cheap, many)).getResultList();
        });

        assertThat(found).containsExactlyInAnyOrder(10L, 30L, 52L, 30L, 60L);
    }

    @Test
    void criteriaUpdate_changesTheRows() {
        int updated = fromTransaction(session -> {
            HibernateCriteriaBuilder builder = session.getCriteriaBuilder();
            CriteriaUpdate<Line> update = builder.createCriteriaUpdate(Line.class);
            Root<Line> line = update.from(Line.class);
            update.set(line.<Integer>get("quantity"), builder.sum(line.<Integer>get("quantity"), 1))
                    .where(builder.equal(line.get("article"), "ink"));
            return session.createMutationQuery(update).executeUpdate();
        });

        assertThat(updated).isEqualTo(3);
        assertThat(single("select sum(l.quantity) from Line l where l.article = 'ink'", Long.class))
                .isEqualTo(11);
    }

    @Test
    void criteriaDelete_removesTheRows() {
        int deleted = fromTransaction(session -> {
            HibernateCriteriaBuilder builder = session.getCriteriaBuilder();
            CriteriaDelete<Line> delete = builder.createCriteriaDelete(Line.class);
            delete.where(builder.equal(delete.from(Line.class).get("article"), "lamp"));
            return session.createMutationQuery(delete).executeUpdate();
        });

        assertThat(deleted).isEqualTo(2);
        assertThat(count(Line.class)).isEqualTo(8);
    }

    private <T> List<T> query(
            Class<T> type, BiFunction<HibernateCriteriaBuilder, CriteriaQuery<T>, CriteriaQuery<T>> making) {
        return fromTransaction(session -> {
            HibernateCriteriaBuilder builder = session.getCriteriaBuilder();
            return session.createQuery(making.apply(builder, builder.createQuery(type)))
                    .getResultList();
        });
    }
}
