package dev.argondb.engine.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class MarkedPagesTest {

    private final SplittableRandom random = new SplittableRandom(7);
    private final MarkedPages marked = new MarkedPages();

    private PageId next() {
        return new PageId(random.nextLong(), random.nextLong());
    }

    @Test
    void manyPages_addedTwice_areThereOnce() {
        Set<PageId> leading = new HashSet<>();
        Set<PageId> ends = new HashSet<>();
        for (int i = 0; i < 20_000; i++) {
            leading.add(next());
            ends.add(next());
        }

        for (int i = 0; i < 2; i++) {
            boolean isFirst = i == 0;
            assertThat(leading).allMatch(id -> marked.addLeading(id) == isFirst);
            ends.forEach(marked::addEnd);
        }

        assertThat(marked.size()).isEqualTo(40_000);
        assertThat(leading).allMatch(marked::contains);
        assertThat(ends).allMatch(marked::contains);
        for (int i = 0; i < 20_000; i++) {
            assertThat(marked.contains(next())).isFalse();
        }
    }

    @Test
    void leadingPages_alikeInTheirFirstHalf_areTwo() {
        assertThat(marked.addLeading(new PageId(5, 1))).isTrue();
        assertThat(marked.addLeading(new PageId(5, 2))).isTrue();
        assertThat(marked.addLeading(new PageId(5, 1))).isFalse();

        assertThat(marked.contains(new PageId(5, 3))).isFalse();
    }

    @Test
    void halvesOfZeros_areKeysAsAllOthers() {
        assertThat(marked.contains(new PageId(0, 0))).isFalse();

        assertThat(marked.addLeading(new PageId(0, 7))).isTrue();
        assertThat(marked.addLeading(new PageId(7, 0))).isTrue();
        assertThat(marked.contains(new PageId(0, 0))).isFalse();
        assertThat(marked.addLeading(new PageId(0, 0))).isTrue();
        assertThat(marked.addLeading(new PageId(0, 0))).isFalse();
        marked.addEnd(new PageId(0, 9));

        assertThat(marked.contains(new PageId(0, 7))).isTrue();
        assertThat(marked.contains(new PageId(7, 0))).isTrue();
        assertThat(marked.contains(new PageId(0, 9))).isTrue();
        assertThat(marked.contains(new PageId(7, 1))).isFalse();
        assertThat(marked.size()).isEqualTo(4);
    }
}
