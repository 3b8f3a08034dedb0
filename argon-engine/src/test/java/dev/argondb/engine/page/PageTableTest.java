package dev.argondb.engine.page;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class PageTableTest {

    /** Ids that differ in the last bits only, too. */
    private static PageId id(Random random) {
        return random.nextBoolean()
                ? new PageId(random.nextLong(), random.nextLong())
                : new PageId(random.nextInt(4) - 2, random.nextInt(1000));
    }

    @Test
    void orders_ofAnyIds_areByIdAndByOffset() {
        Random random = new Random(1);
        PageTable table = new PageTable();
        List<PageId> ids = new ArrayList<>();
        while (ids.size() < 3000) {
            PageId id = id(random);
            if (!table.has(id)) {
                table.add(id, 44 + 100L * ids.size(), random.nextInt(60));
                ids.add(id);
            }
        }
        assertThat(places(table, table.byOffset())).isEqualTo(ids);
        assertThat(places(table, table.byId())).isEqualTo(ids.stream().sorted().toList());
        assertThat(ids).allMatch(table::has);
        assertThat(table.has(new PageId(7, 7))).isFalse();
    }

    private static List<PageId> places(PageTable table, int[] order) {
        List<PageId> ids = new ArrayList<>();
        for (int index : order) {
            ids.add(table.place(index).id());
        }
        return ids;
    }
}
