package dev.argondb.spring.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argondb.Argon;
import dev.argondb.BranchScope;
import dev.argondb.EntityEvent;
import dev.argondb.Lsn;
import dev.argondb.Operation;
import dev.argondb.Ref;
import dev.argondb.UnknownRefException;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.dao.DataIntegrityViolationException;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.transaction.support.TransactionTemplate;

/** Entities get the state they had. */
@DataTest
class ReversionTest {

    private static final AtomicInteger BRANCHES = new AtomicInteger();

    @Autowired
    private Items items;

    @Autowired
    private Shelves shelves;

    @Autowired
    private Vehicles vehicles;

    @Autowired
    private Reviews reviews;

    @Autowired
    private Categories categories;

    @Autowired
    private TransactionTemplate transaction;

    @Autowired
    private Argon argon;

    private String branch = "";

    @BeforeEach
    void fork() {
        branch = "revert-" + BRANCHES.incrementAndGet();
        argon.createBranch(branch, "main");
    }

    private Lsn head() {
        return argon.resolve(Ref.parse(branch)).orElseThrow();
    }

    private void onBranch(Runnable work) {
        BranchScope.run(branch, () -> transaction.executeWithoutResult(status -> work.run()));
    }

    private Items there() {
        return items.onBranch(branch);
    }

    private long lamp() {
        long[] id = new long[1];
        onBranch(() -> {
            Item shade = items.save(new Item("shade", 1));
            Item lamp = new Item("lamp", 1);
            lamp.setCategory(categories.save(new Category("light", "Light")));
            lamp.getTags().addAll(List.of("a", "b"));
            lamp.setSize(new Item.Size(1, 2));
            lamp.setDescription("bright");
            lamp.getRelated().add(shade);
            lamp.review("nice");
            id[0] = items.save(lamp).getId();
        });
        return id[0];
    }

    private void requireWhole(Item lamp) {
        assertThat(lamp.getPrice()).isEqualTo(1);
        assertThat(lamp.getSize()).isEqualTo(new Item.Size(1, 2));
        assertThat(lamp.getDescription()).isEqualTo("bright");
        assertThat(lamp.getTags()).containsExactly("a", "b");
        assertThat(lamp.getRelated()).extracting(Item::getName).containsExactly("shade");
        assertThat(lamp.getCategory())
                .isNotNull()
                .extracting(Category::getTitle)
                .isEqualTo("Light");
    }

    private Item read(long id) {
        return there().findAt(id, head()).orElseThrow();
    }

    @Test
    void changedEntity_getsAllItHad() {
        long id = lamp();
        Lsn before = head();
        onBranch(() -> {
            Item lamp = items.require("lamp");
            lamp.setPrice(9);
            lamp.setSize(new Item.Size(7, 7));
            lamp.setDescription("dim");
            lamp.getTags().clear();
            lamp.getTags().add("z");
            lamp.getRelated().clear();
            lamp.setCategory(null);
        });
        Lsn changed = head();

        assertThat(there().revert(id, before)).map(Item::getPrice).contains(1L);

        Item lamp = read(id);
        requireWhole(lamp);
        assertThat(lamp.getVersion()).isEqualTo(2);
        assertThat(lamp.getReviews()).extracting(Review::getText).containsExactly("nice");
        assertThat(argon.commits(Ref.parse(branch), 1).get(0).parent()).contains(changed);
        assertThat(there().history(id).changes().get(0).attributes())
                .contains("price", "size.width", "size.height", "description", "tags", "related", "category");
    }

    @Test
    void deletedEntity_isInsertedUnderItsId() {
        long id = lamp();
        Lsn before = head();
        there().deleteById(id);

        assertThat(there().revert(id, before)).isPresent();

        Item lamp = read(id);
        requireWhole(lamp);
        assertThat(lamp.getReviews()).isEmpty();
        assertThat(there().findById(id)).isPresent();
        assertThat(there().history(id).changes().get(0).operation()).isEqualTo(Operation.INSERT);
        onBranch(() -> items.findById(id).orElseThrow().setPrice(3));
        assertThat(read(id).getPrice()).isEqualTo(3);
        assertThat(read(id).getVersion()).isGreaterThan(lamp.getVersion());
    }

    @Test
    void deletedEntity_ofIdentityAndJoinedTables_isInsertedUnderItsId() {
        Vehicles there = vehicles.onBranch(branch);
        long id = there.save(new Vehicle.Truck("B-1", 5)).getId();
        Lsn before = head();
        there.deleteById(id);

        there.revert(id, before);

        assertThat(there.findById(id).orElseThrow())
                .isInstanceOfSatisfying(Vehicle.Truck.class, truck -> assertThat(truck.getLoad())
                        .isEqualTo(5));
        assertThat(there.save(new Vehicle("B-2")).getId()).isNotEqualTo(id);
    }

    @Test
    void entityOfCompoundKey_isReverted() {
        Shelves there = shelves.onBranch(branch);
        Shelf.Place place = new Shelf.Place("hall", 2);
        Shelf shelf = new Shelf(place, 1);
        shelf.getLabels().addAll(List.of("top", "left"));
        there.save(shelf);
        Lsn before = head();
        there.deleteById(place);

        there.revert(place, before);

        Shelf reverted = there.findAt(place, head()).orElseThrow();
        assertThat(reverted.getCapacity()).isEqualTo(1);
        assertThat(reverted.getLabels()).containsExactlyInAnyOrder("top", "left");
    }

    @Test
    void entityThatWasNotThere_isRemoved() {
        there().save(new Item("torch", 3));
        Lsn before = head();
        long id = lamp();

        assertThat(there().revert(id, before)).isEmpty();

        assertThat(there().findById(id)).isEmpty();
        assertThat(there().revert(id, before)).isEmpty();
    }

    @Test
    void revertToOtherBranch_takesItsState() {
        long id = lamp();
        String other = branch + "-b";
        argon.createBranch(other, branch);
        Items otherItems = items.onBranch(other);
        Item lamp = otherItems.findAt(id, head()).orElseThrow();
        lamp.setPrice(50);
        otherItems.save(lamp);

        there().revert(id, other);

        assertThat(read(id).getPrice()).isEqualTo(50);
    }

    @Test
    void revert_toTheSameState_makesNoCommit() {
        long id = lamp();
        Lsn head = head();
        there().revert(id, head);
        assertThat(head()).isEqualTo(head);
    }

    @Test
    void revert_inTransaction_isPartOfIt() {
        long id = lamp();
        Lsn before = head();
        onBranch(() -> items.require("lamp").setPrice(9));
        onBranch(() -> {
            Item lamp = items.require("lamp");
            assertThat(items.revert(id, before)).containsSame(lamp);
            assertThat(lamp.getPrice()).isEqualTo(1);
            lamp.setName("light");
        });
        assertThat(read(id).getName()).isEqualTo("light");
        assertThat(read(id).getPrice()).isEqualTo(1);
        assertThat(argon.commits(Ref.parse(branch), 1).get(0).events())
                .extracting(EntityEvent::entityName)
                .containsOnly("Item");
    }

    @Test
    void revert_toWhatViolatesAKey_isRefusedWhole() {
        long id = lamp();
        Lsn before = head();
        onBranch(() -> items.require("lamp").setName("light"));
        there().save(new Item("lamp", 8));

        assertThatThrownBy(() -> there().revert(id, before)).isInstanceOf(DataIntegrityViolationException.class);
        assertThat(read(id).getName()).isEqualTo("light");
    }

    @Test
    void revert_toAReferenceThatIsGone_isRefusedWhole() {
        long id = lamp();
        Lsn before = head();
        onBranch(() -> {
            items.require("lamp").setCategory(null);
            categories.deleteById("light");
        });
        assertThatThrownBy(() -> there().revert(id, before)).isInstanceOf(DataIntegrityViolationException.class);
        assertThat(read(id).getCategory()).isNull();
    }

    @Test
    void revert_ofReferencedEntity_toNothing_isRefused() {
        there().save(new Item("torch", 3));
        Lsn before = head();
        lamp();
        long shade = there().require("shade").getId();
        assertThatThrownBy(() -> there().revert(shade, before)).isInstanceOf(DataIntegrityViolationException.class);
    }

    @Test
    void revert_thatMeetsAnotherCommit_isAConflict() {
        long id = lamp();
        Lsn before = head();
        onBranch(() -> items.require("lamp").setPrice(9));
        assertThatThrownBy(() -> onBranch(() -> {
                    items.revert(id, before);
                    otherThread(() -> onBranch(() -> items.require("lamp").setPrice(10)));
                }))
                .isInstanceOf(OptimisticLockingFailureException.class);
        assertThat(read(id).getPrice()).isEqualTo(10);
    }

    private static void otherThread(Runnable work) {
        Thread thread = new Thread(work);
        thread.start();
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void revert_ofChild_leavesItsOwner() {
        lamp();
        Lsn before = head();
        onBranch(() -> items.require("lamp").getReviews().get(0).setText("bad"));
        long review = BranchScope.call(branch, () -> reviews.findAll().get(0).getId());
        ReviewLog log = reviewLog.onBranch(branch);
        log.revert(review, before);
        assertThat(log.findById(review)).map(Review::getText).contains("nice");
    }

    @Autowired
    private ReviewLog reviewLog;

    @Test
    void revert_toUnknownRef_isRefused() {
        long id = lamp();
        assertThatThrownBy(() -> there().revert(id, "nowhere"))
                .isInstanceOf(UnknownRefException.class)
                .hasMessageContaining("`nowhere`");
    }
}
