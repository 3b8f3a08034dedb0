package dev.argondb.engine.state;

import static org.assertj.core.api.Assertions.assertThat;

import dev.argondb.engine.model.Shop;
import dev.argondb.engine.schema.Schema;
import dev.argondb.engine.state.Changes.Change;
import dev.argondb.engine.tree.Keys;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** What a unit of work says it wrote, beside what its trees say. */
class ChangesTest {

    private static final long KEYS = 40;

    static LongStream seeds() {
        return LongStream.range(0, 200);
    }

    @ParameterizedTest
    @MethodSource("seeds")
    void steps_inAnyOrder_comeToWhatTheTreesDifferIn(long seed) {
        Random random = new Random(seed);
        DatabaseState base = committed(random);
        WorkingState working = new WorkingState(base, Shop.FORMAT);
        Deque<Integer> marks = new ArrayDeque<>(List.of(0));
        for (int step = 0; step < 60; step++) {
            write(working, random);
            if (random.nextInt(5) == 0) {
                marks.push(working.mark());
            } else if (random.nextInt(15) == 0) {
                working.undoTo(marks.size() > 1 ? marks.pop() : 0);
            }
            assertSame(working, base, "seed " + seed + ", step " + step);
        }
    }

    @Test
    void document_addedAndRemoved_isNoChange() {
        WorkingState working = new WorkingState(empty(), Shop.FORMAT);
        working.insert(Shop.MAKERS, null, 7, Shop.maker(7, 1));
        working.delete(Shop.MAKERS, null, 7);
        assertThat(working.changes()).isEmpty();
    }

    @Test
    void document_removedAndAddedAgain_isOneChange() {
        WorkingState working = new WorkingState(committed(new Random(1)), Shop.FORMAT);
        Record before = working.view(Shop.MAKERS).find(Keys.ofLong(0));
        working.delete(Shop.MAKERS, null, 0);
        working.insert(Shop.MAKERS, null, 0, Shop.maker(0, 5));
        List<Change> changes = working.changes().get(0).changes();
        assertThat(changes).hasSize(1);
        assertThat(changes.get(0).before()).isSameAs(before);
        assertThat(changes.get(0).after()).isSameAs(working.view(Shop.MAKERS).find(Keys.ofLong(0)));
    }

    private static void write(WorkingState working, Random random) {
        int collection = random.nextBoolean() ? Shop.MAKERS : Shop.NOTES;
        long key = random.nextLong(-KEYS / 2, KEYS / 2);
        boolean isThere = working.view(collection).find(Keys.ofLong(key)) != null;
        if (!isThere) {
            working.insert(collection, null, key, Shop.maker(key, random.nextInt(9)));
        } else if (random.nextBoolean()) {
            working.update(collection, null, key, Shop.maker(key, random.nextInt(9)));
        } else {
            working.delete(collection, null, key);
        }
    }

    private static DatabaseState committed(Random random) {
        WorkingState working = new WorkingState(empty(), Shop.FORMAT);
        for (long key = 0; key < KEYS / 2; key++) {
            working.insert(Shop.MAKERS, null, key, Shop.maker(key, random.nextInt(9)));
        }
        long lsn = 1;
        for (Change change : working.changes().get(0).changes()) {
            Objects.requireNonNull(change.after()).committed(lsn++);
        }
        return working.freeze().at(lsn);
    }

    private static DatabaseState empty() {
        Schema schema = Shop.schema(Shop.WITH_NOTES);
        return DatabaseState.EMPTY.under(schema, Shop.FORMAT, true);
    }

    private static void assertSame(WorkingState working, DatabaseState base, String where) {
        List<Changes> told = working.changes();
        List<Changes> found = Changes.between(base, working.freeze());
        assertThat(told.stream().map(Changes::collectionId).toList())
                .as(where)
                .isEqualTo(found.stream().map(Changes::collectionId).toList());
        for (int i = 0; i < found.size(); i++) {
            assertSame(told.get(i).changes(), found.get(i).changes(), where);
        }
    }

    private static void assertSame(List<Change> told, List<Change> found, String where) {
        assertThat(told).as(where).hasSameSizeAs(found);
        for (int i = 0; i < found.size(); i++) {
            assertThat(told.get(i).key()).as(where).isEqualTo(found.get(i).key());
            assertThat(told.get(i).before()).as(where).isSameAs(found.get(i).before());
            assertThat(told.get(i).after()).as(where).isSameAs(found.get(i).after());
        }
    }
}
