package dev.argondb.spring.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.argondb.Argon;
import dev.argondb.BranchScope;
import dev.argondb.Commit;
import dev.argondb.Lsn;
import dev.argondb.Operation;
import dev.argondb.Ref;
import dev.argondb.UnsupportedException;
import dev.argondb.spring.data.EntityDifference.Values;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.data.domain.PageRequest;
import org.springframework.data.history.Revision;
import org.springframework.data.history.RevisionMetadata.RevisionType;
import org.springframework.data.history.RevisionSort;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** What happened to entities, whatever they are mapped to. */
@DataTest
class EntityHistoryTest {

    private static final AtomicInteger BRANCHES = new AtomicInteger();

    @Autowired
    private Items items;

    @Autowired
    private Shelves shelves;

    @Autowired
    private Vehicles vehicles;

    @Autowired
    private Trucks trucks;

    @Autowired
    private Seats seats;

    @Autowired
    private Placements placements;

    @Autowired
    private Slots slots;

    @Autowired
    private Payments payments;

    @Autowired
    private Categories categories;

    @Autowired
    private CategoryLog categoryLog;

    @Autowired
    private JdbcTemplate jdbc;

    @Autowired
    private TransactionTemplate transaction;

    @Autowired
    private Argon argon;

    private String branch = "";

    @BeforeEach
    void fork() {
        branch = "history-" + BRANCHES.incrementAndGet();
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
        Item lamp = new Item("lamp", 1);
        lamp.getTags().add("a");
        lamp.setSize(new Item.Size(1, 2));
        return there().save(lamp).getId();
    }

    @Test
    void history_ofEachKindOfAttribute_namesIt() {
        long id = lamp();
        onBranch(() -> items.require("lamp").setPrice(2));
        onBranch(() -> items.require("lamp").setSize(new Item.Size(1, 3)));
        onBranch(() -> items.require("lamp").setDescription("bright"));
        onBranch(() -> items.require("lamp").getTags().add("b"));
        onBranch(() -> items.require("lamp").setCategory(categories.save(new Category("light", "Light"))));
        onBranch(() -> items.require("lamp").getRelated().add(items.save(new Item("shade", 1))));
        onBranch(() -> jdbc.update("update item set state = 'SOLD' where id = ?", id));
        there().deleteById(id);

        List<EntityChange<Item, Long>> history = there().history(id).changes();
        assertThat(history)
                .extracting(EntityChange::operation)
                .startsWith(Operation.DELETE, Operation.UPDATE)
                .endsWith(Operation.UPDATE, Operation.INSERT)
                .hasSize(9);
        assertThat(history.get(0).attributes()).isEmpty();
        assertThat(history.get(1).attributes()).containsExactly("state");
        assertThat(history.get(2).attributes()).contains("related");
        assertThat(history.get(3).attributes())
                .contains("category", "modifiedAt")
                .doesNotContain("version");
        assertThat(history.get(4).attributes()).contains("tags");
        assertThat(history.get(5).attributes()).contains("description");
        assertThat(history.get(6).attributes()).contains("size.height").doesNotContain("size.width");
        assertThat(history.get(7).attributes()).contains("price");
        assertThat(history.get(8).attributes())
                .contains("name", "price", "tags", "size.width", "createdBy")
                .doesNotContain("description", "category");
    }

    @Test
    void history_readsTheEntityAsOfThen() {
        long id = lamp();
        onBranch(() -> items.require("lamp").getTags().add("b"));
        there().deleteById(id);

        List<EntityChange<Item, Long>> history = there().history(id).changes();
        assertThat(history.get(0).entity()).isEmpty();
        assertThat(history.get(0).before()).map(Item::getTags).hasValueSatisfying(tags -> assertThat(tags)
                .containsExactly("a", "b"));
        assertThat(history.get(1).before()).map(Item::getTags).hasValueSatisfying(tags -> assertThat(tags)
                .containsExactly("a"));
        assertThat(history.get(2).before()).isEmpty();
    }

    @Test
    void history_saysWhoWhenAndWhy() {
        long id = lamp();
        EntityChange<Item, Long> change = there().history(id).changes().get(0);
        Commit commit = argon.commits(Ref.parse(branch), 1).get(0);
        assertThat(change.commit()).isEqualTo(commit);
        assertThat(change.lsn()).isEqualTo(head());
        assertThat(change.time()).isEqualTo(commit.time());
        assertThat(change.author()).isEqualTo(commit.author());
        assertThat(change.message()).isEqualTo(commit.message());
        assertThat(change.id()).isEqualTo(id);
        assertThat(change).hasToString("INSERT " + id + " " + change.attributes() + " at " + head());
    }

    @Test
    void history_atPastAndTag_endsThere() {
        long id = lamp();
        argon.createTag("tag-" + branch, Ref.parse(branch));
        Lsn first = head();
        onBranch(() -> items.require("lamp").setPrice(2));
        Items then = there().at(first);
        assertThat(then.history(id)).hasSize(1);
        Items tagged = items.onBranch("tag:tag-" + branch);
        assertThat(tagged.history(id)).hasSize(1);
        assertThat(tagged.history(id).changes().get(0).entity()).isPresent();
        assertThat(there().history(id)).hasSize(2);
        assertThat(there().history(-1L)).isEmpty();
    }

    @Test
    void history_ofOneTable_isReadByItsKey() {
        CategoryLog log = categoryLog.onBranch(branch);
        log.save(new Category("light", "Light"));
        onBranch(() -> categories.findById("light").orElseThrow().setTitle("Lights"));
        onBranch(() -> categories.save(new Category("dark", "Dark")));

        assertThat(log.history("light"))
                .extracting(EntityChange::operation, EntityChange::attributes)
                .containsExactly(tuple(Operation.UPDATE, List.of("title")), tuple(Operation.INSERT, List.of("title")));
        assertThat(log.history("light").reclaimedBefore()).isEmpty();
    }

    @Test
    void history_ofCompoundKey_isFound() {
        Shelves there = shelves.onBranch(branch);
        Shelf.Place place = new Shelf.Place("hall", 2);
        there.save(new Shelf(place, 1));
        there.save(new Shelf(new Shelf.Place("hall", 3), 1));
        onBranch(() -> shelves.findById(place).orElseThrow().setCapacity(9));
        onBranch(() -> shelves.findById(place).orElseThrow().getLabels().add("top"));

        assertThat(there.history(place))
                .extracting(EntityChange::attributes)
                .containsExactly(List.of("labels"), List.of("capacity"), List.of("capacity"));
    }

    @Test
    void history_ofJoinedInheritance_isOfAllItsTables() {
        Vehicles there = vehicles.onBranch(branch);
        long id = there.save(new Vehicle.Truck("B-1", 5)).getId();
        long other = there.save(new Vehicle("B-2")).getId();
        onBranch(() -> trucks.findById(id).orElseThrow().setLoad(7));
        onBranch(() -> vehicles.findById(other).orElseThrow().setPlate("B-3"));

        assertThat(there.history(id))
                .extracting(EntityChange::attributes)
                .containsExactly(List.of("load"), List.of("load", "plate"));
        Trucks thereToo = trucks.onBranch(branch);
        Lsn first = argon.branch(branch).baseLsn().orElseThrow();
        assertThat(thereToo.changesIn(first, head()))
                .extracting(EntityChange::id)
                .containsOnly(id);
        assertThat(there.changesIn(first, head())).extracting(EntityChange::id).containsExactly(other, id, other, id);
    }

    @Test
    void history_ofIdClass_isFound() {
        Seats there = seats.onBranch(branch);
        Seat.Key key = new Seat.Key("red", 7);
        there.save(new Seat("red", 7, "ann"));
        there.save(new Seat("blue", 7, "eve"));
        Lsn first = head();
        onBranch(() -> seats.findById(key).orElseThrow().setHolder("bob"));

        assertThat(there.history(key))
                .extracting(EntityChange::id, EntityChange::attributes)
                .containsExactly(tuple(key, List.of("holder")), tuple(key, List.of("holder")));
        assertThat(there.history(key).changes().get(0).before())
                .map(Seat::getHolder)
                .contains("ann");
        assertThat(seats.diff(branch + "@" + first, branch)).singleElement().satisfies(difference -> {
            assertThat(difference.id()).isEqualTo(key);
            assertThat(difference.attributes()).containsEntry("holder", new Values("ann", "bob"));
        });
        BranchScope.run(branch, () -> seats.revert(key, first));
        assertThat(there.findById(key)).map(Seat::getHolder).contains("ann");
    }

    @Test
    void history_ofIdentifierWithAnEntity_isFound() {
        Placement.Key key = new Placement.Key("light", 2);
        onBranch(() -> placements.save(new Placement(categories.save(new Category("light", "Light")), 2, "left")));
        Lsn first = head();
        onBranch(() -> placements.findById(key).orElseThrow().setNote("right"));

        Placements there = placements.onBranch(branch);
        assertThat(there.history(key))
                .extracting(EntityChange::id, EntityChange::attributes)
                .containsExactly(tuple(key, List.of("note")), tuple(key, List.of("note")));
        BranchScope.run(branch, () -> placements.revert(key, first));
        assertThat(there.findById(key)).map(Placement::getNote).contains("left");
    }

    @Test
    void history_ofEntityWithinEmbeddedId_isRefused() {
        onBranch(() -> slots.save(new Slot(new Slot.Key(categories.save(new Category("light", "Light")), 7))));
        Slot.Key key = new Slot.Key(new Category("light", "Light"), 7);
        assertThatThrownBy(() -> slots.onBranch(branch).history(key))
                .isInstanceOf(UnsupportedException.class)
                .hasMessageContaining("Slot")
                .hasMessageContaining("`@MapsId`");
    }

    @Test
    void history_ofTablePerClass_isOfTheTableOfItsClass() {
        Payments there = payments.onBranch(branch);
        long card = there.save(new Payment.Card(10, "1234")).getId();
        long cash = there.save(new Payment.Cash(20, 5)).getId();
        Lsn first = head();
        onBranch(() -> payments.findById(card).orElseThrow().setAmount(11));
        there.deleteById(cash);

        assertThat(there.history(card))
                .extracting(EntityChange::operation, EntityChange::attributes)
                .containsExactly(
                        tuple(Operation.UPDATE, List.of("amount")),
                        tuple(Operation.INSERT, List.of("amount", "number")));
        assertThat(there.history(cash))
                .extracting(EntityChange::operation)
                .containsExactly(Operation.DELETE, Operation.INSERT);
        assertThat(payments.diff(branch + "@" + first, branch))
                .extracting(EntityDifference::id, EntityDifference::operation)
                .containsExactlyInAnyOrder(tuple(card, Operation.UPDATE), tuple(cash, Operation.DELETE));
        BranchScope.run(branch, () -> payments.revert(cash, first));
        assertThat(there.findById(cash))
                .isPresent()
                .get()
                .isInstanceOfSatisfying(
                        Payment.Cash.class, back -> assertThat(back.getChange()).isEqualTo(5));
    }

    @Test
    void changesIn_range_includesBothEnds() {
        long id = lamp();
        Lsn first = head();
        Instant start = argon.commits(Ref.parse(branch), 1).get(0).time();
        long other = there().save(new Item("torch", 3)).getId();
        Lsn second = head();
        onBranch(() -> items.require("lamp").setPrice(2));

        assertThat(there().changesIn(first, head()))
                .extracting(EntityChange::id)
                .containsExactly(id, other, id);
        assertThat(there().changesIn(second, second))
                .extracting(EntityChange::id)
                .containsExactly(other);
        assertThat(there().changesIn(start, Instant.now())).hasSize(3);
        assertThat(there().changesIn(start.minusSeconds(1), start.minusNanos(1)))
                .isEmpty();
    }

    @Test
    void diff_ofBranches_isOfEntities() {
        long id = lamp();
        long gone = there().save(new Item("torch", 3)).getId();
        String other = branch + "-b";
        argon.createBranch(other, branch);
        Items there = items.onBranch(other);
        BranchScope.run(
                other,
                () -> transaction.executeWithoutResult(status -> {
                    Item lamp = items.require("lamp");
                    lamp.setPrice(2);
                    lamp.getTags().add("b");
                    lamp.setCategory(categories.save(new Category("light", "Light")));
                    items.deleteById(gone);
                }));
        long added = there.save(new Item("shade", 4)).getId();

        List<EntityDifference<Item, Long>> diff = items.diff(branch, other);
        EntityDifference<Item, Long> changed = of(diff, id);
        assertThat(changed.operation()).isEqualTo(Operation.UPDATE);
        assertThat(changed.attributes())
                .containsEntry("price", new Values(new Cents(1), new Cents(2)))
                .containsEntry("tags", new Values(Set.of("a"), Set.of("a", "b")))
                .containsEntry("category", new Values(null, "light"))
                .containsOnlyKeys("price", "tags", "category", "modifiedAt");
        assertThat(changed.before()).map(Item::getPrice).contains(1L);
        assertThat(changed.after()).map(Item::getPrice).contains(2L);
        assertThat(of(diff, gone).operation()).isEqualTo(Operation.DELETE);
        assertThat(of(diff, gone).attributes()).containsEntry("name", new Values("torch", null));
        assertThat(of(diff, added).operation()).isEqualTo(Operation.INSERT);
        assertThat(of(diff, added).attributes()).containsEntry("price", new Values(null, new Cents(4)));
        assertThat(diff).hasSize(3);
        assertThat(items.diff(other, other)).isEmpty();
    }

    private static EntityDifference<Item, Long> of(List<EntityDifference<Item, Long>> diff, long id) {
        return diff.stream().filter(each -> each.id() == id).findFirst().orElseThrow();
    }

    @Test
    void diff_ofCompoundKeysAndInheritance_isOfEntities() {
        Shelves shelvesThere = shelves.onBranch(branch);
        shelvesThere.save(new Shelf(new Shelf.Place("hall", 2), 1));
        Vehicles vehiclesThere = vehicles.onBranch(branch);
        long id = vehiclesThere.save(new Vehicle.Truck("B-1", 5)).getId();
        vehiclesThere.save(new Vehicle("B-2"));

        assertThat(shelves.diff("main", branch))
                .extracting(EntityDifference::id)
                .containsExactly(new Shelf.Place("hall", 2));
        assertThat(vehicles.diff("main", branch)).hasSize(2);
        assertThat(trucks.diff("main", branch)).extracting(EntityDifference::id).containsExactly(id);
        assertThat(trucks.diff("main", branch).get(0).attributes())
                .containsEntry("load", new Values(null, 5))
                .containsEntry("plate", new Values(null, "B-1"));
    }

    @Test
    void revisions_ofPlainRevisionRepository_areCommits() {
        long id = lamp();
        Lsn first = head();
        onBranch(() -> items.require("lamp").setPrice(2));
        Lsn second = head();
        there().deleteById(id);

        assertThat(there().findRevisions(id))
                .extracting(revision -> revision.getMetadata().getRevisionType())
                .containsExactly(RevisionType.INSERT, RevisionType.UPDATE, RevisionType.DELETE);
        Revision<Long, Item> last = there().findLastChangeRevision(id).orElseThrow();
        assertThat(last.getRequiredRevisionNumber()).isEqualTo(head().value());
        assertThat(last.getEntity().getPrice()).isEqualTo(2);
        Revision<Long, Item> update = there().findRevision(id, second.value()).orElseThrow();
        Commit commit = update.getMetadata().getDelegate();
        assertThat(commit.lsn()).isEqualTo(second);
        assertThat(update.getRequiredRevisionInstant()).isEqualTo(commit.time());
        assertThat(update.getEntity().getPrice()).isEqualTo(2);
        assertThat(there().findRevision(id, first.value()))
                .map(it -> it.getEntity().getPrice())
                .contains(1L);
        assertThat(there().findRevision(id, Long.MAX_VALUE)).isEmpty();
    }

    @Test
    void revisions_paged_goInTheirDirection() {
        long id = lamp();
        for (int price = 2; price <= 4; price++) {
            int newPrice = price;
            onBranch(() -> items.require("lamp").setPrice(newPrice));
        }
        var oldest = there().findRevisions(id, PageRequest.of(0, 2));
        assertThat(oldest).extracting(it -> it.getEntity().getPrice()).containsExactly(1L, 2L);
        assertThat(oldest.getTotalElements()).isEqualTo(4);
        assertThat(there().findRevisions(id, PageRequest.of(1, 3, RevisionSort.desc())))
                .extracting(it -> it.getEntity().getPrice())
                .containsExactly(1L);
    }

    @Test
    void revisions_ofArgonRevisionRepository_areServed() {
        Shelves there = shelves.onBranch(branch);
        Shelf.Place place = new Shelf.Place("hall", 2);
        there.save(new Shelf(place, 1));
        assertThat(there.findRevisions(place)).hasSize(1);
    }
}
