package dev.argondb.spring.scope;

import dev.argondb.Argon;
import dev.argondb.BranchScope;
import dev.argondb.spring.shop.Product;
import dev.argondb.spring.shop.Products;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.PlatformTransactionManager;
import org.springframework.transaction.TransactionDefinition;
import org.springframework.transaction.support.TransactionTemplate;

/** A shop with a lamp, which costs 40 on main, 30 on sale and 20 on other. */
@SpringBootTest(
        classes = ScopeShop.class,
        webEnvironment = SpringBootTest.WebEnvironment.NONE,
        properties = {
            "argon.url=mem:scope-test",
            "shop.preview=sale",
            "spring.jpa.hibernate.ddl-auto=update",
            "spring.liquibase.enabled=false",
            "spring.flyway.enabled=false"
        })
abstract class ScopeTest {

    @Autowired
    Argon argon;

    @Autowired
    Products products;

    @Autowired
    JdbcTemplate jdbc;

    @Autowired
    PlatformTransactionManager transactions;

    @BeforeEach
    void lamp() {
        products.deleteAll();
        products.save(new Product("lamp", 40));
        branch("sale", 30);
        branch("other", 20);
    }

    @AfterEach
    void leavesNoScope() {
        BranchScope.find().ifPresent(ref -> {
            throw new AssertionError("a scope of " + ref + " is left");
        });
    }

    private void branch(String name, int price) {
        argon.findBranch(name).ifPresent(branch -> argon.deleteBranch(name));
        argon.createBranch(name, "main");
        BranchScope.run(name, () -> jdbc.update("update product set price = ?", price));
    }

    /** Through a repository. */
    int price() {
        return products.findByName("lamp").orElseThrow().getPrice();
    }

    /** By plain JDBC. */
    int priceByJdbc() {
        Integer price = jdbc.queryForObject("select price from product where name = 'lamp'", Integer.class);
        return price == null ? -1 : price;
    }

    void inTransaction(Runnable work) {
        inTransaction(transactions, TransactionDefinition.PROPAGATION_REQUIRED, work);
    }

    static void inTransaction(PlatformTransactionManager manager, int propagation, Runnable work) {
        TransactionTemplate template = new TransactionTemplate(manager);
        template.setPropagationBehavior(propagation);
        template.executeWithoutResult(status -> work.run());
    }
}
