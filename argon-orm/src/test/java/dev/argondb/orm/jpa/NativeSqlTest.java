package dev.argondb.orm.jpa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argondb.orm.jpa.Store.Customer;
import dev.argondb.orm.jpa.Store.Purchase;
import jakarta.persistence.Tuple;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.hibernate.exception.SQLGrammarException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Native SQL through Hibernate: queries mapped to entities and scalars, changes, and the session's own connection. */
class NativeSqlTest extends JpaFeatureTest {
    NativeSqlTest() {
        super(Store.ENTITIES);
    }

    @BeforeEach
    void fill() {
        inTransaction(Store::fill);
    }

    @Test
    void entityQuery_rowsAreManaged() {
        inTransaction(session -> {
            Customer ada = session.createNativeQuery("select * from customer where name = :name", Customer.class)
                    .setParameter("name", "Ada")
                    .getSingleResult();
            assertThat(session.contains(ada)).isTrue();
            ada.city = "Kiel";
        });

        assertThat(find(Customer.class, 1L).city).isEqualTo("Kiel");
    }

    @Test
    void entityAndJoin_areLoadedTogether() {
        List<Object[]> found = fromTransaction(session -> session.createNativeQuery(
                        "select {p.*}, {c.*} from purchase p join customer c on c.id = p.customer_id where p.id = 4",
                        Object[].class)
                .addEntity("p", Purchase.class)
                .addJoin("c", "p.customer")
                .getResultList());

        assertThat(found).hasSize(1);
        assertThat(((Purchase) found.get(0)[0]).customer.name()).isEqualTo("Bob");
    }

    @Test
    void scalars_asTuples_haveNamesAndTypes() {
        Tuple row = fromTransaction(session -> session.createNativeQuery(
                        "select count(*) as n, sum(price * quantity) as total, max(article) as last from line",
                        Tuple.class)
                .getSingleResult());

        assertThat(row.get("n", Long.class)).isEqualTo(10);
        assertThat(row.get("total", BigDecimal.class)).isEqualByComparingTo("511.50");
        assertThat(row.get("last", String.class)).isEqualTo("pen");
    }

    @Test
    void pendingChanges_areFlushedBeforeTheQuery() {
        inTransaction(session -> {
            session.persist(new Customer(9, "Max", "Kiel"));
            assertThat(session.createNativeQuery("select count(*) from customer", Long.class)
                            .addSynchronizedEntityClass(Customer.class)
                            .getSingleResult())
                    .isEqualTo(5);
        });
    }

    @Test
    void recursiveQuery_walksTheTree() {
        assertThat(rows("with recursive tree(id, path) as ("
                        + " select id, cast(name as varchar(100)) from category where parent_id is null"
                        + " union all"
                        + " select c.id, t.path || '/' || c.name from category c join tree t on c.parent_id = t.id)"
                        + " select id, path from tree order by path"))
                .containsExactly(
                        List.of(1L, "all"),
                        List.of(4L, "all/home"),
                        List.of(2L, "all/office"),
                        List.of(3L, "all/office/paper"));
    }

    @Test
    void windowFunctions_areEvaluated() {
        assertThat(rows("select article, quantity, dense_rank() over (partition by article order by quantity desc),"
                        + " first_value(quantity) over (partition by article order by id)"
                        + " from line where article in ('pen', 'lamp') order by article, quantity desc, id"))
                .containsExactly(
                        List.of("lamp", 1, 1L, 1),
                        List.of("lamp", 1, 1L, 1),
                        List.of("pen", 10, 1L, 2),
                        List.of("pen", 2, 2L, 2),
                        List.of("pen", 1, 3L, 2));
    }

    @Test
    void insertUpdateDelete_giveTheirCounts() {
        assertThat(execute("insert into customer (id, name, city) values (10, 'Kim', 'Kiel'), (11, 'Lu', 'Kiel')"))
                .isEqualTo(2);
        assertThat(execute("update customer set city = 'Köln' where city = 'Kiel'"))
                .isEqualTo(2);
        assertThat(execute("delete from customer where id = 10")).isEqualTo(1);
        assertThat(execute("delete from customer where id = 10")).isZero();

        assertThat(list("select c.name from Customer c where c.city = 'Köln'", String.class))
                .containsExactly("Lu");
    }

    @Test
    void insertSelectAndUpdateFromSubquery_work() {
        execute(
                "insert into customer (id, name, city) select id + 100, name || '2', city from customer where city = 'Ulm'");
        execute("update customer c set city = (select o.city from customer o where o.id = 3) where c.id > 100");

        assertThat(list("select c.name from Customer c where c.city = 'Bonn' order by c.id", String.class))
                .containsExactly("Eve", "Zoe", "Ada2", "Bob2");
    }

    @Test
    void merge_matchedAndNot_updatesAndInserts() {
        int merged =
                execute("merge into customer c using (values (1, 'Ada L.'), (20, 'New')) v(id, name) on c.id = v.id"
                        + " when matched then update set name = v.name"
                        + " when not matched then insert (id, name, city) values (v.id, v.name, 'Ulm')");

        assertThat(merged).isEqualTo(2);
        assertThat(find(Customer.class, 1L).name).isEqualTo("Ada L.");
        assertThat(find(Customer.class, 20L).city).isEqualTo("Ulm");
    }

    @Test
    void returnedRows_ofDataChange_areTheNewOnes() {
        assertThat(nativeValue(
                        "select name from final table (update customer set name = 'X' where id = 1)", String.class))
                .isEqualTo("X");
        assertThat(find(Customer.class, 1L).name).isEqualTo("X");
    }

    @Test
    void viewAndDdl_inOwnTransaction_areUsable() {
        execute("create view ulmer as select id, name from customer where city = 'Ulm'");
        execute("create index line_article on line (article)");
        try {
            assertThat(nativeValue("select count(*) from ulmer", Long.class)).isEqualTo(2);
            assertThat(rows("select l.article, count(*) from line l where l.article = 'pen' group by l.article"))
                    .containsExactly(List.of("pen", 3L));
        } finally {
            execute("drop index line_article");
            execute("drop view ulmer");
        }
    }

    @Test
    void badSql_isAGrammarErrorAndChangesNothing() {
        assertThatThrownBy(() -> execute("update no_such_table set x = 1")).isInstanceOf(SQLGrammarException.class);
        assertThatThrownBy(() -> execute("selct 1")).isInstanceOf(SQLGrammarException.class);
        assertThat(count(Customer.class)).isEqualTo(4);
    }

    @Test
    void sessionConnection_batchAndResultSet_belongToTheTransaction() {
        inTransaction(session -> {
            session.doWork(connection -> {
                insertInBatch(connection);
                assertThat(namesDescending(connection)).startsWith("n2", "n1", "n0", "Zoe");
            });
            assertThat(session.find(Customer.class, 102L).name).isEqualTo("n2");
            session.getTransaction().markRollbackOnly();
        });

        assertThat(count(Customer.class)).isEqualTo(4);
    }

    private static void insertInBatch(Connection connection) throws SQLException {
        try (PreparedStatement insert =
                connection.prepareStatement("insert into customer (id, name, city) values (?, ?, 'Ulm')")) {
            for (int i = 0; i < 3; i++) {
                insert.setLong(1, 100 + i);
                insert.setString(2, "n" + i);
                insert.addBatch();
            }
            assertThat(insert.executeBatch()).containsExactly(1, 1, 1);
        }
    }

    private static List<String> namesDescending(Connection connection) throws SQLException {
        List<String> names = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement("select name from customer order by name desc");
                ResultSet rows = select.executeQuery()) {
            while (rows.next()) {
                names.add(rows.getString("name"));
            }
        }
        return names;
    }

    private int execute(String sql) {
        return fromTransaction(session -> session.createNativeMutationQuery(sql).executeUpdate());
    }
}
