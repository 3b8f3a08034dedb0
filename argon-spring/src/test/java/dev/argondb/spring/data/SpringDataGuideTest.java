package dev.argondb.spring.data;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argondb.Argon;
import dev.argondb.BranchScope;
import dev.argondb.Commit;
import dev.argondb.Lsn;
import dev.argondb.Ref;
import dev.argondb.spring.data.guide.Product;
import dev.argondb.spring.data.guide.Products;
import dev.argondb.spring.data.guide.RevisedProducts;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.history.Revision;

/** Executes the snippets of the guide's page on repositories. */
@DataTest
@SuppressWarnings("NullAway") // a user writes it so
class SpringDataGuideTest {

    @Autowired
    private Products products;

    @Autowired
    private RevisedProducts revised;

    @Autowired
    private Argon argon;

    @Test
    void guide_isTrue() {
        long id = products.save(new Product("lamp", 40)).getId();
        argon.createBranch("sale", "main");
        Lsn before = argon.resolve(Ref.parse("sale")).orElseThrow();

        BranchScope.run("sale", () -> products.save(new Product("sunshade", 30)));
        long then = BranchScope.call("sale@" + before, products::count);
        assertThat(then).isEqualTo(1);

        Products sale = products.onBranch("sale");
        Products past = sale.at(before); // the branch as it was at an LSN
        Products yesterday = sale.asOf(Instant.now()); // or at a time
        assertThat(past.count()).isEqualTo(1);
        assertThat(yesterday.count()).isEqualTo(2);

        Product lamp = sale.findById(id).orElseThrow();
        lamp.setPrice(30);
        sale.save(lamp);
        Lsn now = argon.resolve(Ref.parse("sale")).orElseThrow();

        List<String> log = new ArrayList<>();
        Optional<Product> was = sale.findAt(id, before);
        for (EntityChange<Product, Long> change : sale.history(id)) {
            log.add(change.operation() + " " + change.attributes() + " by " + change.author());
        }
        assertThat(was).map(Product::getPrice).contains(40);
        assertThat(log).hasSize(2);
        assertThat(log.get(0)).startsWith("UPDATE [price] by ");

        List<EntityChange<Product, Long>> since = sale.changesIn(before, now);
        List<EntityDifference<Product, Long>> differences = products.diff("main", "sale");
        Object cheaper = differences.get(0).attributes().get("price").after();
        assertThat(since).hasSize(3);
        assertThat(cheaper).isEqualTo(30);

        sale.revert(id, before);
        assertThat(sale.findById(id)).map(Product::getPrice).contains(40);

        Revision<Long, Product> last = revised.findLastChangeRevision(id).orElseThrow();
        Commit commit = last.getMetadata().getDelegate();
        assertThat(commit.lsn()).isEqualTo(before);
    }
}
