package dev.argondb.examples.shop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argondb.Argon;
import dev.argondb.Branch;
import dev.argondb.BranchScope;
import dev.argondb.Commit;
import dev.argondb.Lsn;
import dev.argondb.Ref;
import dev.argondb.examples.shop.catalogue.Catalogue;
import dev.argondb.examples.shop.catalogue.Product;
import dev.argondb.examples.shop.catalogue.ProductView;
import dev.argondb.examples.shop.catalogue.Products;
import dev.argondb.examples.shop.orders.Customers;
import dev.argondb.examples.shop.orders.OrderDesk;
import dev.argondb.examples.shop.versions.Shopper;
import dev.argondb.junit.ArgonBranch;
import dev.argondb.junit.ArgonFixture;
import java.math.BigDecimal;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.resttestclient.autoconfigure.AutoConfigureRestTestClient;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.test.web.servlet.client.RestTestClient;

/**
 * A tutorial: tests of a Spring Boot application, each on a branch of its own.
 *
 * <p>{@code @ArgonBranch} beside {@code @SpringBootTest} is all there is to it. The application starts once; the seed that it
 * filled its database with is the fixture of every test. Each test gets a branch of it, in microseconds and however big it is, works
 * there as the application does, with real commits, and leaves nothing behind. No {@code @Transactional}, no clean-up script, no
 * {@code @DirtiesContext}.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = "argon.url=mem:shop-tutorial")
@AutoConfigureRestTestClient
@ArgonBranch
class ShopTutorialTest {

    // Everything of the application is injected as ever. What it does in a test, it does on the test's branch.

    @Autowired
    private Catalogue catalogue;

    @Autowired
    private Products products;

    @Autowired
    private Customers customers;

    @Autowired
    private OrderDesk desk;

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private RestTestClient client;

    @Autowired
    private Argon argon;

    private ProductView lamp() {
        return catalogue.find(products.findBySku("LI-101").map(Product::getId).orElseThrow());
    }

    private void reprice(ProductView product, String price) {
        catalogue.change(product.id(), product.version(), product.name(), product.description(), new BigDecimal(price));
    }

    private long order(int quantity) {
        long customer = customers.findAllByOrderByName().get(0).getId();
        return desk.place(UUID.randomUUID(), customer, lamp().id(), quantity);
    }

    /** The service commits, and the test sees what is committed: in the repository, and by plain SQL. */
    @Test
    void price_changed_isCommitted() {
        reprice(lamp(), "80.00");

        assertThat(lamp().price()).isEqualByComparingTo("80.00");
        assertThat(jdbc.queryForObject("select price from product where sku = 'LI-101'", BigDecimal.class))
                .isEqualByComparingTo("80.00");
    }

    /** No other test sees any of it, whatever order they run in. */
    @Test
    void price_changedByAnotherTest_isNotSeen() {
        assertThat(lamp().price()).isEqualByComparingTo("74.00");
    }

    /** A parameter gives the test its branch: what was committed on it, and why, can be asserted as well. */
    @Test
    void order_placed_isOneCommitThatSaysWhy(Branch branch) {
        order(2);

        Commit last = argon.commits(new Ref.Head(branch.name()), 1).get(0);
        assertThat(last.message()).isEqualTo("An order from the shop");
        assertThat(last.events())
                .extracting(event -> event.operation() + " " + event.entityName())
                .contains("INSERT PurchaseOrder", "INSERT OrderLine", "UPDATE Product");
    }

    /** A mark is a moment to go back to, as often as you like: rows, ids of sequences and caches are as they were. */
    @Test
    void orders_triedTwice_fromOneMark(ArgonFixture fixture) {
        int stock = lamp().stock();
        Lsn before = fixture.mark();
        long first = order(5);
        assertThat(lamp().stock()).isEqualTo(stock - 5);

        fixture.rollbackTo(before);

        assertThat(lamp().stock()).isEqualTo(stock);
        assertThat(order(3)).isEqualTo(first);
        assertThat(lamp().stock()).isEqualTo(stock - 3);
    }

    /** A client of the running server works on the test's branch: what the test committed is there over HTTP, and the reverse. */
    @Test
    void client_overHttp_worksOnTheTestsBranch() {
        reprice(lamp(), "81.00");
        client.get()
                .uri("/api/products/{id}", lamp().id())
                .exchange()
                .expectStatus()
                .isOk()
                .expectBody()
                .jsonPath("$.price")
                .isEqualTo(81.00);

        client.put()
                .uri("/api/products/{id}/price", lamp().id())
                .header(Shopper.HEADER, "ann")
                .body(Map.of("price", "82.00", "version", lamp().version()))
                .exchange()
                .expectStatus()
                .isOk();
        assertThat(lamp().price()).isEqualByComparingTo("82.00");
    }

    /** Another branch, or a moment of the past, can be where a test begins. */
    @Test
    @ArgonBranch(from = "spring-sale")
    void sale_asItIsPrepared_isCheaper() {
        assertThat(lamp().price()).isEqualByComparingTo("51.00");
    }

    /** Inside of a test a scope looks at other branches; the test's own is what its scope is left to. */
    @Test
    void scope_inATest_looksElsewhere() {
        reprice(lamp(), "83.00");

        BigDecimal onMain = BranchScope.call("main", () -> lamp().price());

        assertThat(onMain).isEqualByComparingTo("74.00");
        assertThat(lamp().price()).isEqualByComparingTo("83.00");
    }

    /** Tests run beside each other, in one application on one database: nobody waits, nobody sees the others. */
    @RepeatedTest(8)
    @Execution(ExecutionMode.CONCURRENT)
    void orders_ofTestsBesideEachOther_doNotMix() {
        int stock = lamp().stock();
        for (int i = 0; i < 5; i++) {
            order(1);
        }
        assertThat(lamp().stock()).isEqualTo(stock - 5);
        assertThat(desk.orders()).hasSize(7);
    }
}
