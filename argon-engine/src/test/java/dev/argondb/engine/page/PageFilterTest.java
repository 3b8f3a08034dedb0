package dev.argondb.engine.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class PageFilterTest {

    private static final int PAGES = 10_000;

    private final SplittableRandom random = new SplittableRandom(11);

    private List<PageId> pages() {
        return Stream.generate(() -> new PageId(random.nextLong(), random.nextLong()))
                .limit(PAGES)
                .toList();
    }

    @Test
    void pagesAdded_areFound_andOfOthersOneInAHundredAtMost() {
        PageFilter filter = new PageFilter(PAGES);
        List<PageId> added = pages();
        added.forEach(filter::add);

        assertThat(added).allMatch(filter::mayHave);
        assertThat(pages().stream().filter(filter::mayHave).count()).isBetween(1L, PAGES / 50L);
    }

    @Test
    void noPages_haveNone() {
        assertThat(new PageFilter(0).mayHave(new PageId(1, 2))).isFalse();
    }
}
