package dev.argondb.engine.branch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argondb.InvalidRequestException;
import dev.argondb.engine.WorkListeners;
import dev.argondb.engine.branch.PendingNames.Change;
import dev.argondb.engine.log.MemLog;
import dev.argondb.engine.model.Shop;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class PendingNamesTest {

    private final Materializer materializer = new Materializer(new MemLog(), Shop.FORMAT, null, new WorkListeners());
    private final Map<Long, BranchState> byId = new HashMap<>();
    private final Map<String, BranchState> byName = new HashMap<>();
    private final PendingNames names = new PendingNames(byId, byName);

    private BranchState branch(long id, String name) {
        return new BranchState(id, name, 0, false, StateRef.at(materializer, null, 0), null);
    }

    private BranchState visible(long id, String name) {
        BranchState branch = branch(id, name);
        byId.put(id, branch);
        byName.put(name, branch);
        return branch;
    }

    private void assertTaken(String name) {
        assertThatThrownBy(() -> names.requireFree(name))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("branch `" + name + "` exists already; delete it, or choose another name");
    }

    private void assertFree(String name) {
        assertThatCode(() -> names.requireFree(name)).doesNotThrowAnyException();
    }

    @Test
    void add_notVisibleYet_takesTheName() {
        BranchState sale = branch(7, "sale");

        names.add(sale);

        assertTaken("sale");
        assertThat(names.branch(7)).isSameAs(sale);
    }

    @Test
    void remove_notVisibleYet_freesTheName() {
        names.remove(visible(7, "sale"));

        assertFree("sale");
        assertThat(names.branch(7)).isNull();
    }

    @Test
    void rename_twiceBeforeItIsVisible_holdsTheLastNameOnly() {
        BranchState sale = visible(7, "sale");

        names.rename(sale, "summer");
        names.rename(sale, "winter");

        assertFree("sale");
        assertFree("summer");
        assertTaken("winter");
        assertThat(names.branch(7)).isSameAs(sale);
    }

    @Test
    void isVisible_ofAnEarlierChange_leavesLaterOnesOfTheNameAlone() {
        BranchState first = branch(7, "sale");
        Change made = names.add(first);
        Change gone = names.remove(first);
        names.add(branch(9, "sale"));

        byId.put(7L, first);
        byName.put("sale", first);
        made.isVisible();
        assertThat(names.branch(7)).isNull();
        byId.remove(7L);
        byName.remove("sale");
        gone.isVisible();

        assertTaken("sale");
    }

    @Test
    void isVisible_ofTheLastChange_leavesNothingButWhatReadersSee() {
        BranchState sale = branch(7, "sale");
        Change made = names.add(sale);
        byId.put(7L, sale);
        byName.put("sale", sale);

        made.isVisible();
        assertTaken("sale");
        byId.clear();
        byName.clear();

        assertFree("sale");
        assertThat(names.branch(7)).isNull();
    }
}
