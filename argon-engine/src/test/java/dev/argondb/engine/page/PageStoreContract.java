package dev.argondb.engine.page;

import static dev.argondb.engine.page.PageSamples.commit;
import static dev.argondb.engine.page.PageSamples.findings;
import static dev.argondb.engine.page.PageSamples.idOf;
import static dev.argondb.engine.page.PageSamples.page;
import static dev.argondb.engine.page.PageSamples.pages;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argondb.ClosedException;
import dev.argondb.CorruptDataException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every store of pages does. */
abstract class PageStoreContract {

    private static final byte[] HELLO = "hello".getBytes(StandardCharsets.US_ASCII);

    private final Random random = new Random(1);
    PageStore store;

    abstract PageStore open() throws Exception;

    /** Closes the store and opens it again, if it outlives that. */
    abstract PageStore reopen(PageStore open) throws Exception;

    @BeforeEach
    void openStore() throws Exception {
        store = open();
    }

    @AfterEach
    void closeStore() {
        store.close();
    }

    void assertHolds(Map<PageId, byte[]> pages) {
        pages.forEach((id, content) -> {
            assertThat(store.contains(id)).isTrue();
            assertThat(store.read(id)).isEqualTo(content);
        });
        assertThat(findings(store)).isEmpty();
    }

    @Test
    void read_committedPages_returnsTheirContents() throws Exception {
        Map<PageId, byte[]> pages = commit(store, pages(random, 500, 6000));
        assertHolds(pages);
        store = reopen(store);
        assertHolds(pages);
    }

    @Test
    void read_emptyAndLargePages_returnsTheirContents() throws Exception {
        byte[] noise = new byte[3 << 20];
        random.nextBytes(noise);
        Map<PageId, byte[]> pages = commit(store, List.of(new byte[0], new byte[5 << 20], noise, HELLO));
        assertHolds(pages);
        store = reopen(store);
        assertHolds(pages);
    }

    @Test
    void read_unknownPage_isRefusedByName() {
        commit(store, List.of(HELLO));
        PageId id = new PageId(1, 2);
        assertThat(store.contains(id)).isFalse();
        assertThatThrownBy(() -> store.read(id))
                .isInstanceOf(CorruptDataException.class)
                .hasMessageMatching("page `00000000000000010000000000000002` is missing.*; run `verify`");
    }

    @Test
    void read_changedArray_leavesThePageAsItWas() {
        commit(store, List.of(HELLO));
        store.read(idOf(HELLO))[0] = 0;
        assertThat(store.read(idOf(HELLO))).isEqualTo(HELLO);
    }

    @Test
    void put_rangeOfAnArray_isThePage() {
        try (PageBatch batch = store.begin()) {
            assertThat(batch.put("say hello now".getBytes(StandardCharsets.US_ASCII), 4, 5))
                    .isEqualTo(idOf(HELLO));
            batch.commit();
        }
        assertThat(store.read(idOf(HELLO))).isEqualTo(HELLO);
    }

    @Test
    void put_beforeCommit_isNotThere() {
        try (PageBatch batch = store.begin()) {
            batch.put(HELLO, 0, HELLO.length);
            assertThat(store.contains(idOf(HELLO))).isFalse();
        }
        assertThat(store.contains(idOf(HELLO))).isFalse();
    }

    @Test
    void put_samePageTwice_takesSpaceOnce() {
        byte[] page = page(random, 100_000);
        try (PageBatch batch = store.begin()) {
            batch.put(page, 0, page.length);
            long once = batch.bytes();
            batch.put(page, 0, page.length);
            assertThat(batch.bytes()).isEqualTo(once);
            batch.commit();
        }
        long bytes = store.bytes();
        try (PageBatch batch = store.begin()) {
            batch.put(page, 0, page.length);
            assertThat(batch.bytes()).isZero();
            batch.commit();
        }
        assertThat(store.bytes()).isEqualTo(bytes);
    }

    @Test
    void commit_emptyBatch_changesNothing() {
        long bytes = store.bytes();
        commit(store, List.of());
        assertThat(store.bytes()).isEqualTo(bytes);
    }

    @Test
    void begin_beforeTheOtherBatchEnded_waits() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        Thread other = new Thread(() -> {
            store.begin().close();
            begun.countDown();
        });
        try (PageBatch batch = store.begin()) {
            batch.commit();
            other.start();
            assertThat(begun.await(50, TimeUnit.MILLISECONDS)).isFalse();
        }
        assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
        other.join();
    }

    @Test
    void retain_someLive_keepsThoseAndGivesSpaceBack() throws Exception {
        Map<PageId, byte[]> pages = new TreeMap<>();
        for (int i = 0; i < 7; i++) {
            pages.putAll(commit(store, pages(random, 200, 3000)));
        }
        long before = store.bytes();
        Map<PageId, byte[]> live = new TreeMap<>(pages);
        live.keySet().removeIf(id -> id.low() % 4 != 0);
        long freed = store.retain(live::containsKey);
        assertThat(store.bytes()).isEqualTo(before - freed);
        assertThat(freed).isGreaterThan(before * 6 / 10);
        assertHolds(live);
        store = reopen(store);
        assertHolds(live);
        assertThat(store.retain(live::containsKey)).isZero();
    }

    @Test
    void retain_allOrNothingLive_keepsAllOrNothing() {
        Map<PageId, byte[]> pages = commit(store, pages(random, 100, 3000));
        assertThat(store.retain(id -> true)).isZero();
        assertHolds(pages);
        long bytes = store.bytes();
        assertThat(store.retain(id -> false)).isEqualTo(bytes);
        assertThat(pages.keySet()).noneMatch(store::contains);
        assertThat(store.bytes()).isZero();
    }

    @Test
    void put_pageThatWasDropped_isThereAgain() throws Exception {
        commit(store, List.of(HELLO));
        store.retain(id -> false);
        Map<PageId, byte[]> pages = commit(store, List.of(HELLO));
        assertHolds(pages);
        store = reopen(store);
        assertHolds(pages);
    }

    @Test
    void merge_afterManyBatches_keepsAllPages() throws Exception {
        Map<PageId, byte[]> pages = new TreeMap<>();
        for (int i = 0; i < 40; i++) {
            pages.putAll(commit(store, pages(random, 10, 3000)));
            store.merge();
        }
        assertHolds(pages);
        store = reopen(store);
        assertHolds(pages);
    }

    @Test
    void everything_afterClose_isRefused() {
        store.close();
        store.close();
        assertClosed(() -> store.read(idOf(HELLO)));
        assertClosed(() -> store.contains(idOf(HELLO)));
        assertClosed(() -> store.begin());
        assertClosed(() -> store.retain(id -> true));
        assertClosed(() -> store.merge());
        assertClosed(() -> store.verify((place, what) -> {}));
    }

    private static void assertClosed(Runnable action) {
        assertThatThrownBy(action::run)
                .isInstanceOf(ClosedException.class)
                .hasMessage("the page store is closed; open the database again");
    }
}
