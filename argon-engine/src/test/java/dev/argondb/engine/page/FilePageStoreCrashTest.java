package dev.argondb.engine.page;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argondb.UnavailableException;
import dev.argondb.engine.volume.MemoryVolume;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Random;
import java.util.Set;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.Test;

/** Fails each operation of random runs, and cuts the power at each, and compares what is found with what was committed. */
final class FilePageStoreCrashTest {

    /** More of them with {@code -Dargon.page.seeds}. */
    private static final int SEEDS = Integer.getInteger("argon.page.seeds", 3);

    private static final byte[] HELLO = "hello".getBytes(StandardCharsets.US_ASCII);

    @Test
    void powerCut_atAnyOperation_keepsCommittedBatchesWhole() {
        assertThat(runsForEachOperation(FilePageStoreCrashTest::cutPowerAt)).isGreaterThan(150);
    }

    private static boolean cutPowerAt(long seed, long operation) {
        PageRun run = new PageRun(seed);
        run.faulty.failFrom(operation);
        boolean finished = run.go();
        run.assertRecovers(run.memory.cutPower(run.random), where(seed, operation));
        return finished;
    }

    @Test
    void fault_atAnyOperation_leavesTheStoreAtWorkAndWhole() {
        assertThat(runsForEachOperation(FilePageStoreCrashTest::failAt)).isGreaterThan(150);
    }

    private static boolean failAt(long seed, long operation) {
        PageRun run = new PageRun(seed);
        run.faulty.failAt(operation);
        run.go();
        boolean finished = run.faulty.operations() < operation;
        Set<PageId> survivors = run.assertRecovers(run.memory, where(seed, operation));
        Set<PageId> later =
                run.assertRecovers(run.memory.cutPower(run.random), where(seed, operation) + ", then power cut");
        assertThat(later).isEqualTo(survivors);
        return finished;
    }

    /** Runs with each seed until no operation is left to fail; returns how many runs there were. */
    private static int runsForEachOperation(BiPredicate<Long, Long> run) {
        int runs = 0;
        for (long seed = 1; seed <= SEEDS; seed++) {
            long operation = 1;
            while (!isLast(run, seed, operation)) {
                operation++;
            }
            runs += (int) operation;
        }
        System.out.println("runs: " + runs + ", seeds: " + SEEDS);
        return runs;
    }

    private static boolean isLast(BiPredicate<Long, Long> run, long seed, long operation) {
        try {
            return run.test(seed, operation);
        } catch (RuntimeException e) {
            throw new AssertionError(where(seed, operation), e);
        }
    }

    private static String where(long seed, long operation) {
        return "seed " + seed + ", operation " + operation;
    }

    @Test
    void commit_failedSync_tellsWhyAndALaterBatchSucceeds() {
        PageRun run = new PageRun(1);
        try (FilePageStore store = PageRun.open(run.faulty)) {
            PageBatch batch = store.begin();
            batch.put(HELLO, 0, HELLO.length);
            long sync = run.faulty.operations() + 2;
            run.faulty.failAt(sync);
            assertUnavailable(
                    batch::commit,
                    "cannot write pages in `memory/pages`: injected fault: sync pages/pages-00000001.tmp, operation "
                            + sync + "; what is there stays readable; mend that and try again");
            assertUnavailable(batch::commit, "this batch of pages failed; close it and begin another");
            batch.close();
            assertThat(store.contains(PageSamples.idOf(HELLO))).isFalse();
            assertThat(run.memory.names()).containsExactly("pages/files");
            PageSamples.commit(store, List.of(HELLO));
            assertThat(store.read(PageSamples.idOf(HELLO))).isEqualTo(HELLO);
            assertThat(run.memory.names()).containsExactly("pages/files", "pages/pages-00000002");
        }
    }

    @Test
    void put_diskFull_leavesNoTrace() {
        PageRun run = new PageRun(1);
        try (FilePageStore store = PageRun.open(run.faulty)) {
            long bytes = store.bytes();
            run.faulty.fillUpAfter(100_000);
            assertUnavailable(
                    () -> PageSamples.commit(store, PageSamples.pages(new Random(1), 1000, 1500)),
                    "cannot write pages in `memory/pages`: No space left on device;"
                            + " what is there stays readable; mend that and try again");
            assertThat(store.bytes()).isEqualTo(bytes);
            assertThat(run.memory.names()).containsExactly("pages/files");
            PageSamples.commit(store, List.of(HELLO));
        }
        run.assertRecovers(run.memory, "after a full disk");
    }

    @Test
    void open_volumeFails_isRefused() {
        PageRun run = new PageRun(1);
        run.faulty.failAt(1);
        assertUnavailable(
                () -> PageRun.open(run.faulty),
                "cannot open the pages in `memory/pages`: injected fault: create directory pages, operation 1;"
                        + " mend that and open again");
    }

    @Test
    void open_leftoversOfACrash_removesThem() {
        MemoryVolume volume = new MemoryVolume();
        PageRun.open(volume).close();
        volume.put("pages/pages-00000007", new byte[100]);
        volume.put("pages/pages-00000008.tmp", new byte[100]);
        volume.put("pages/files.tmp", new byte[100]);
        volume.put("pages/notes", new byte[100]);
        PageRun.open(volume).close();
        assertThat(volume.names()).containsExactly("pages/files", "pages/notes");
    }

    private static void assertUnavailable(Runnable action, String message) {
        assertThatThrownBy(action::run).isInstanceOf(UnavailableException.class).hasMessage(message);
    }
}
