package dev.argondb.orm.jpa;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argondb.orm.jpa.Store.Customer;
import dev.argondb.orm.jpa.Store.Line;
import dev.argondb.orm.jpa.Store.Purchase;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.hibernate.ScrollMode;
import org.hibernate.ScrollableResults;
import org.hibernate.query.KeyedPage;
import org.hibernate.query.KeyedResultList;
import org.hibernate.query.Order;
import org.hibernate.query.Page;
import org.hibernate.query.SelectionQuery;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Results in parts: pages, scrolls and streams. */
class ResultPageTest extends JpaFeatureTest {
    ResultPageTest() {
        super(Store.ENTITIES);
    }

    @BeforeEach
    void fill() {
        inTransaction(Store::fill);
    }

    @Test
    void firstAndMaxResults_cutThePage() {
        assertThat(lineIds(0, 3)).containsExactly(10L, 11L, 20L);
        assertThat(lineIds(3, 3)).containsExactly(30L, 40L, 41L);
        assertThat(lineIds(9, 3)).containsExactly(60L);
        assertThat(lineIds(10, 3)).isEmpty();
        assertThat(lineIds(0, 0)).isEmpty();
    }

    @Test
    void pages_withParametersAndOrder_areDisjointAndComplete() {
        List<Long> all = new ArrayList<>();
        for (int page = 0; page < 4; page++) {
            Page cut = Page.page(3, page);
            all.addAll(fromTransaction(session -> session.createSelectionQuery(
                            "select l.id from Line l where l.quantity >= :least order by l.article desc, l.id",
                            Long.class)
                    .setParameter("least", 1)
                    .setPage(cut)
                    .getResultList()));
        }

        assertThat(all).containsExactly(10L, 30L, 52L, 41L, 50L, 11L, 40L, 60L, 20L, 51L);
    }

    @Test
    void pageOfFetchJoin_countsParentsNotRows() {
        List<Purchase> found = fromTransaction(session -> session.createSelectionQuery(
                        "select p from Purchase p join fetch p.lines order by p.id", Purchase.class)
                .setFirstResult(3)
                .setMaxResults(2)
                .getResultList());

        assertThat(found).extracting(p -> p.id).containsExactly(4L, 5L);
        assertThat(found.get(1).lines).hasSize(3);
    }

    @Test
    void limitAndOffset_inHql_cutSubqueriesToo() {
        assertThat(list("select l.id from Line l order by l.id limit 2 offset 1", Long.class))
                .containsExactly(11L, 20L);
        assertThat(list(
                        "select c.name from Customer c where c.id in (select p.customer.id from Purchase p"
                                + " order by p.id desc limit 1)",
                        String.class))
                .containsExactly("Eve");
    }

    @Test
    void keyedPages_nextKey_goesOnWhereThePageEnded() {
        List<Long> all = new ArrayList<>();
        inTransaction(session -> {
            KeyedPage<Line> page = Page.first(4).keyedBy(Order.asc(Line.class, "id"));
            while (page != null) {
                KeyedResultList<Line> list =
                        session.createSelectionQuery("from Line", Line.class).getKeyedResultList(page);
                list.getResultList().forEach(l -> all.add(l.id));
                page = list.isLastPage() ? null : list.getNextPage();
            }
        });

        assertThat(all).containsExactly(10L, 11L, 20L, 30L, 40L, 41L, 50L, 51L, 52L, 60L);
    }

    @Test
    void resultCount_ofAnyQuery_isCountedByTheDatabase() {
        inTransaction(session -> {
            SelectionQuery<Long> query =
                    session.createSelectionQuery("select l.id from Line l where l.quantity > 1", Long.class);
            assertThat(query.getResultCount()).isEqualTo(4);
        });
    }

    @Test
    void scroll_forwardOnly_visitsEachRowOnce() {
        List<Long> seen = new ArrayList<>();
        inTransaction(session -> {
            try (ScrollableResults<Line> scroll = session.createSelectionQuery("from Line l order by l.id", Line.class)
                    .setFetchSize(2)
                    .scroll(ScrollMode.FORWARD_ONLY)) {
                while (scroll.next()) {
                    seen.add(scroll.get().id);
                }
            }
        });

        assertThat(seen).hasSize(10).isSorted();
    }

    @Test
    void scroll_insensitive_movesBothWays() {
        inTransaction(session -> {
            try (ScrollableResults<Long> scroll = session.createSelectionQuery(
                            "select l.id from Line l order by l.id", Long.class)
                    .scroll(ScrollMode.SCROLL_INSENSITIVE)) {
                assertThat(scroll.last()).isTrue();
                assertThat(scroll.get()).isEqualTo(60L);
                assertThat(scroll.previous()).isTrue();
                assertThat(scroll.get()).isEqualTo(52L);
                assertThat(scroll.first()).isTrue();
                assertThat(scroll.scroll(4)).isTrue();
                assertThat(scroll.get()).isEqualTo(40L);
            }
        });
    }

    @Test
    void scroll_ofFetchJoin_givesWholeParents() {
        List<Integer> sizes = new ArrayList<>();
        inTransaction(session -> {
            try (ScrollableResults<Purchase> scroll = session.createSelectionQuery(
                            "select p from Purchase p join fetch p.lines order by p.id", Purchase.class)
                    .scroll(ScrollMode.FORWARD_ONLY)) {
                while (scroll.next()) {
                    sizes.add(scroll.get().lines.size());
                }
            }
        });

        assertThat(sizes).containsExactly(2, 1, 1, 2, 3, 1);
    }

    @Test
    void scroll_whileChangingWhatItVisits_writesEach() {
        inTransaction(session -> {
            try (ScrollableResults<Customer> scroll = session.createSelectionQuery(
                            "from Customer c order by c.id", Customer.class)
                    .scroll(ScrollMode.FORWARD_ONLY)) {
                while (scroll.next()) {
                    scroll.get().city = "moved";
                    session.flush();
                }
            }
        });

        assertThat(single("select count(c) from Customer c where c.city = 'moved'", Long.class))
                .isEqualTo(4);
    }

    @Test
    void stream_isLazyAndClosable() {
        inTransaction(session -> {
            try (Stream<Long> stream = session.createSelectionQuery("select l.id from Line l order by l.id", Long.class)
                    .getResultStream()) {
                assertThat(stream.filter(id -> id % 10 == 0).limit(3).toList()).containsExactly(10L, 20L, 30L);
            }
        });
    }

    private List<Long> lineIds(int first, int max) {
        return fromTransaction(
                session -> session.createSelectionQuery("select l.id from Line l order by l.id", Long.class)
                        .setFirstResult(first)
                        .setMaxResults(max)
                        .getResultList());
    }
}
