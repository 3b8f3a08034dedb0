package dev.argondb.engine.page;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.UUID;

/** Pages to test with, and a model of a store. */
final class PageSamples {

    static final UUID DATABASE = new UUID(0x4172676f6e000000L, 0x8000000000000001L);

    private static final String[] WORDS = {"orders", "customer", "street", "invoice", "open", "paid", "Berlin", "Lyon"};

    private PageSamples() {}

    /** Returns a page of text that compresses well, or of noise that does not. */
    static byte[] page(Random random, int maxLength) {
        int length = random.nextInt(maxLength + 1);
        byte[] content = new byte[length];
        random.nextBytes(content);
        return random.nextInt(4) == 0 ? content : text(random, length);
    }

    private static byte[] text(Random random, int length) {
        StringBuilder text = new StringBuilder();
        while (text.length() < length) {
            text.append(WORDS[random.nextInt(WORDS.length)]).append(random.nextInt(1000));
        }
        return text.substring(0, length).getBytes(StandardCharsets.US_ASCII);
    }

    static PageId idOf(byte[] content) {
        return PageId.of(content, 0, content.length);
    }

    /** Puts pages into a store as one batch, and returns them. */
    static Map<PageId, byte[]> commit(PageStore store, Collection<byte[]> contents) {
        Map<PageId, byte[]> pages = new TreeMap<>();
        try (PageBatch batch = store.begin()) {
            for (byte[] content : contents) {
                pages.put(batch.put(content, 0, content.length), content);
            }
            batch.commit();
        }
        return pages;
    }

    static List<byte[]> pages(Random random, int count, int maxLength) {
        List<byte[]> pages = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            pages.add(page(random, maxLength));
        }
        return pages;
    }

    /** Returns all that a verification finds, one line each. */
    static List<String> findings(PageStore store) {
        List<String> findings = new ArrayList<>();
        store.verify((place, what) -> findings.add(place + ": " + what));
        return findings;
    }
}
