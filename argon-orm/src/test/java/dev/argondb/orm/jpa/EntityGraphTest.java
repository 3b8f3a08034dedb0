package dev.argondb.orm.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argondb.orm.jpa.Store.Customer;
import dev.argondb.orm.jpa.Store.Purchase;
import java.util.List;
import java.util.Map;
import org.hibernate.Hibernate;
import org.hibernate.graph.GraphSemantic;
import org.hibernate.graph.RootGraph;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Entity graphs, batch and subselect fetching: what is loaded, in how many statements. */
class EntityGraphTest extends JpaFeatureTest {
    EntityGraphTest() {
        super(Store.ENTITIES);
    }

    @BeforeEach
    void fill() {
        inTransaction(Store::fill);
    }

    @Test
    void fetchGraph_onFind_loadsInOneStatement() {
        long statements = statementsOf(() -> {
            Purchase found = fromTransaction(session -> session.find(graph("customer, lines"), 4L));
            assertThat(Hibernate.isInitialized(found.lines)).isTrue();
            assertThat(found.customer.name()).isEqualTo("Bob");
        });

        assertThat(statements).isEqualTo(1);
    }

    @Test
    void loadGraph_asHint_loadsInOneStatement() {
        long statements = statementsOf(() -> {
            Purchase found = fromTransaction(session ->
                    session.find(Purchase.class, 5L, Map.of("jakarta.persistence.loadgraph", graph("lines"))));
            assertThat(found.lines).hasSize(3);
            assertThat(Hibernate.isInitialized(found.customer)).isFalse();
        });

        assertThat(statements).isEqualTo(1);
    }

    @Test
    void graph_onQuery_loadsNestedAssociations() {
        RootGraph<Customer> graph =
                fromTransaction(session -> session.getFactory().parseEntityGraph(Customer.class, "purchases(lines)"));
        List<Customer> found = fromTransaction(session -> session.createSelectionQuery(
                        "select c from Customer c where c.city = 'Ulm' order by c.id", Customer.class)
                .setEntityGraph(graph, GraphSemantic.FETCH)
                .getResultList());

        assertThat(found).extracting(c -> c.purchases.size()).containsExactly(3, 2);
        assertThat(found.get(1).purchases).extracting(p -> p.lines.size()).containsExactly(2, 3);
    }

    @Test
    void noGraph_everyLazyAssociation_isALaterStatement() {
        long statements = statementsOf(() -> inTransaction(session -> {
            Purchase found = session.find(Purchase.class, 4L);
            Hibernate.initialize(found.lines);
            Hibernate.initialize(found.customer);
        }));

        assertThat(statements).isEqualTo(3);
    }

    @Test
    void fetchProfile_subselect_loadsAllCollectionsAtOnce() {
        long statements = statementsOf(() -> inTransaction(session -> {
            session.setSubselectFetchingEnabled(true);
            List<Customer> all = session.createSelectionQuery("from Customer c order by c.id", Customer.class)
                    .getResultList();
            assertThat(all).extracting(c -> c.purchases.size()).containsExactly(3, 2, 1, 0);
        }));

        assertThat(statements).isEqualTo(2);
    }

    @Test
    void batchFetch_ofSession_loadsSeveralProxiesAtOnce() {
        long statements = statementsOf(() -> inTransaction(session -> {
            session.setFetchBatchSize(10);
            List<Purchase> all = session.createSelectionQuery("from Purchase p order by p.id", Purchase.class)
                    .getResultList();
            assertThat(all)
                    .extracting(p -> p.customer.name())
                    .containsExactly("Ada", "Ada", "Ada", "Bob", "Bob", "Eve");
        }));

        assertThat(statements).isEqualTo(2);
    }

    private RootGraph<Purchase> graph(String attributes) {
        return factory().parseEntityGraph(Purchase.class, attributes);
    }
}
