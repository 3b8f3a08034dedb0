package dev.argondb.spring.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argondb.Argon;
import dev.argondb.BranchScope;
import dev.argondb.InvalidRefException;
import dev.argondb.Lsn;
import dev.argondb.Ref;
import dev.argondb.UnknownRefException;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.transaction.CannotCreateTransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/** The same repository on another branch, and at another time. */
@DataTest
class ArgonRepositoryTest {

    private static final AtomicInteger BRANCHES = new AtomicInteger();

    @Autowired
    private Items items;

    @Autowired
    private Shelves shelves;

    @Autowired
    private Vehicles vehicles;

    @Autowired
    private Categories categories;

    @Autowired
    private TransactionTemplate transaction;

    @Autowired
    private Argon argon;

    private String branch = "";

    @BeforeEach
    void fork() {
        branch = "scoped-" + BRANCHES.incrementAndGet();
        argon.createBranch(branch, "main");
    }

    private Lsn head() {
        return argon.resolve(Ref.parse(branch)).orElseThrow();
    }

    @Test
    void repositoryOnBranch_worksThere() {
        Items there = items.onBranch(branch);
        there.save(new Item("lamp", 1));

        assertThat(there.require("lamp").getPrice()).isEqualTo(1);
        assertThat(there.count()).isEqualTo(1);
        assertThat(items.findByName("lamp")).isEmpty();
        assertThat(there).hasToString("Items on " + branch).isEqualTo(there).isNotEqualTo(items);
        assertThat(BranchScope.find()).isEmpty();
    }

    @Test
    void repositoryOnBranch_withOverride_isChained() {
        shelves.onBranch(branch).save(new Shelf(new Shelf.Place("hall", 1), 5));

        assertThat(shelves.onBranch(branch).findById(new Shelf.Place("hall", 1)))
                .isPresent();
        assertThat(items.<Items>onBranch(branch).findAll()).isEmpty();
    }

    @Test
    void repositoryAtLsn_ofRepositoryOnBranch_isItsPast() {
        Items there = items.onBranch(branch);
        Item lamp = there.save(new Item("lamp", 1));
        Lsn before = head();
        lamp.setPrice(2);
        there.save(lamp);

        Items then = there.at(before);
        assertThat(then.require("lamp").getPrice()).isEqualTo(1);
        assertThat(then).hasToString("Items on " + branch + "@" + before);
        Items nowAgain = then.at(head());
        assertThat(nowAgain.require("lamp").getPrice()).isEqualTo(2);
    }

    @Test
    void repositoryAsOf_time_isOfThatTime() throws Exception {
        Items there = items.onBranch(branch);
        Item lamp = there.save(new Item("lamp", 1));
        Instant before = argon.commits(Ref.parse(branch), 1).get(0).time();
        Thread.sleep(5);
        lamp.setPrice(2);
        there.save(lamp);

        Items then = there.asOf(before);
        assertThat(then.require("lamp").getPrice()).isEqualTo(1);
        assertThat(there.findAsOf(lamp.getId(), before)).map(Item::getPrice).contains(1L);
        assertThat(there.findAsOf(lamp.getId(), Instant.now()))
                .map(Item::getPrice)
                .contains(2L);
    }

    @Test
    void repositoryThroughBaseInterface_isServed() {
        Vehicles there = vehicles.onBranch(branch);
        there.save(new Vehicle("B-1"));
        assertThat(there.findAll()).hasSize(1);
        assertThat(vehicles.findAll()).isEmpty();
    }

    @Test
    void unknownBranch_isRefusedByTheCall() {
        Items there = items.onBranch("nowhere");
        assertThatThrownBy(there::findAll)
                .isInstanceOf(CannotCreateTransactionException.class)
                .hasRootCauseInstanceOf(UnknownRefException.class)
                .rootCause()
                .hasMessageContaining("`nowhere`");
        assertThatThrownBy(() -> there.history(1L))
                .isInstanceOf(UnknownRefException.class)
                .hasMessageContaining("`nowhere`");
        assertThatThrownBy(() -> items.onBranch("a@b@c"))
                .isInstanceOf(InvalidRefException.class)
                .hasMessageContaining("`a@b@c`");
    }

    @Test
    void exceptionOfCall_onBranch_isThrownAsItIs() {
        Items there = items.onBranch(branch);
        assertThatThrownBy(() -> there.require("none")).isInstanceOf(java.util.NoSuchElementException.class);
        assertThat(BranchScope.find()).isEmpty();
    }

    @Test
    void findAt_returnsDetachedWhole() {
        Items there = items.onBranch(branch);
        Lsn[] before = new Lsn[1];
        long id = BranchScope.call(branch, () -> {
            Item lamp = new Item("lamp", 1);
            lamp.setCategory(categories.save(new Category("light", "Light")));
            lamp.getTags().addAll(List.of("a", "b"));
            lamp.review("nice");
            return items.save(lamp).getId();
        });
        before[0] = head();
        there.deleteById(id);

        Item then = there.findAt(id, before[0]).orElseThrow();
        assertThat(then.getTags()).containsExactly("a", "b");
        assertThat(then.getReviews()).extracting(Review::getText).containsExactly("nice");
        assertThat(then.getCategory())
                .isNotNull()
                .extracting(Category::getTitle)
                .isEqualTo("Light");
        assertThat(there.findAt(id, head())).isEmpty();
        assertThat(there.findAt(-1L, before[0])).isEmpty();
    }

    @Test
    void findAt_inTransaction_readsTheBranchOfIt() {
        long id = items.<Items>onBranch(branch).save(new Item("lamp", 1)).getId();
        Lsn before = head();
        BranchScope.run(
                branch,
                () -> transaction.executeWithoutResult(status -> {
                    Item lamp = items.require("lamp");
                    lamp.setPrice(2);
                    items.flush();
                    assertThat(items.findAt(id, before)).map(Item::getPrice).contains(1L);
                }));
    }
}
