package dev.argondb.spring.autoconfigure;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argondb.Argon;
import dev.argondb.BranchScope;
import dev.argondb.spring.shop.Product;
import dev.argondb.spring.shop.Products;
import dev.argondb.spring.shop.ShopApplication;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.jdbc.core.JdbcTemplate;

/** One dependency and one property: repositories and JdbcTemplate work on branches. */
@SpringBootTest(
        classes = ShopApplication.class,
        webEnvironment = SpringBootTest.WebEnvironment.NONE,
        properties = {
            "argon.url=mem:starter-test",
            "spring.jpa.hibernate.ddl-auto=update",
            "spring.liquibase.enabled=false",
            "spring.flyway.enabled=false"
        })
class StarterTest {

    @Autowired
    private Products products;

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private Argon argon;

    @Test
    void repositories_inScope_workOnItsBranch() {
        products.save(new Product("lamp", 40));
        argon.createBranch("sale", "main");
        BranchScope.run("sale", () -> {
            Product lamp = products.findByName("lamp").orElseThrow();
            lamp.setPrice(30);
            products.save(lamp);
            assertThat(jdbc.queryForObject("select price from product", Integer.class))
                    .isEqualTo(30);
        });
        assertThat(products.findByName("lamp").orElseThrow().getPrice()).isEqualTo(40);
        assertThat(jdbc.queryForObject("select price from product", Integer.class))
                .isEqualTo(40);
    }
}
