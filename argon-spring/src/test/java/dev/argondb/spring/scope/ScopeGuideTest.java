package dev.argondb.spring.scope;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argondb.BranchScope;
import dev.argondb.Ref;
import java.time.Instant;
import org.junit.jupiter.api.Test;

/** The first snippet of docs/spring.md, "Choosing the branch"; those with annotations are {@link SaleService} and ArgonBranchTest. */
class ScopeGuideTest extends ScopeTest {

    @Test
    void scopes_runCallAndAsOf() {
        Instant yesterday = argon.commits(Ref.parse("sale"), 1).get(0).time();
        BranchScope.run("sale", () -> jdbc.update("update product set price = price / 2"));

        int onSale = BranchScope.call(
                "sale", () -> products.findByName("lamp").orElseThrow().getPrice());
        assertThat(onSale).isEqualTo(15);

        try (BranchScope past = BranchScope.asOf("main", yesterday)) {
            assertThat(price()).isEqualTo(40);
            assertThat(past.ref()).contains(Ref.parse("main@" + yesterday));
        }
    }
}
