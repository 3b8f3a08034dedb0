package dev.argondb.engine.tree;

import dev.argondb.CorruptDataException;
import dev.argondb.engine.format.MalformedRecordException;
import dev.argondb.engine.page.PageId;
import dev.argondb.engine.page.PageStore;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Keeps decoded nodes of one page store in memory, up to a weight. One page is one node, however many trees hold it.
 *
 * <p>Thread-safe. Who meets a resident node takes no lock and writes at most one flag into it.
 */
public final class PageCache {

    /*
     * Eviction is SIEVE (Zhang, Yang, Yue, Vigfusson, Rashmi: "SIEVE is Simpler than LRU", NSDI 2024): nodes stand in the
     * order of their coming; a hand goes from the oldest to the newest, takes the mark off those that were visited since
     * it came by, and evicts the first one without a mark. A visit is a flag in the node, which its reader has at hand
     * anyway: a descent costs no look-up, no queue and no shared counter. Nodes that a scan reads once go first.
     *
     * Locks: a reference's own lock for its coming and going (it is held while its page is read, so that one reader reads
     * and the others wait), and the lock of this object for the order and the weight; nobody takes one inside the other.
     */

    private static final int LEAST_NODE_BYTES = 1 << 10;

    private final PageStore store;
    private final long maxWeightBytes;
    private final ConcurrentMap<PageId, PageRef> residents = new ConcurrentHashMap<>();
    private final LongAdder reads = new LongAdder();
    private final LongAdder evictions = new LongAdder();
    private final LongAdder copiedBytes = new LongAdder();

    // Guarded by this.
    private @Nullable PageRef newest;
    private @Nullable PageRef oldest;
    private @Nullable PageRef hand;
    private long weight;
    private long pages;
    private long reservedBytes;

    /**
     * @param store where the pages are
     * @param maxWeightBytes how many bytes of heap the resident nodes may take, about
     */
    public PageCache(PageStore store, long maxWeightBytes) {
        this.store = store;
        this.maxWeightBytes = maxWeightBytes;
    }

    /**
     * What a cache did and holds.
     *
     * @param reads pages read from the store since the cache was made
     * @param evictions nodes given up since then
     * @param pages resident nodes
     * @param weightBytes about how much heap they take, when all their values are decoded
     */
    public record Statistics(long reads, long evictions, long pages, long weightBytes) {}

    public synchronized Statistics statistics() {
        return new Statistics(reads.sum(), evictions.sum(), pages, weight);
    }

    /** Returns how many bytes of heap the resident nodes may take, about, with what is reserved. */
    public long maxWeightBytes() {
        return maxWeightBytes;
    }

    /**
     * Returns about how many bytes of heap the copies took that were made of stored nodes in order to change them, since the cache was
     * made: they are in no page, so they stay in memory until the next snapshot.
     */
    public long copiedBytes() {
        return copiedBytes.sum();
    }

    /** Takes note that the node of a page was copied in order to be changed. */
    void copied(PageRef ref) {
        copiedBytes.add(Math.max(LEAST_NODE_BYTES, ref.weight)); // read without the lock: about is enough
    }

    PageStore store() {
        return store;
    }

    /** Returns the node of a page that is not resident by this reference. */
    Node load(PageRef ref) {
        Node node = null;
        while (node == null) {
            PageRef known = residents.putIfAbsent(ref.id, ref);
            node = loadInto(known == null ? ref : known);
        }
        return node;
    }

    /** Returns the node of the reference that stands for its page; null if it does so no more. */
    private @Nullable Node loadInto(PageRef ref) {
        PageRef settled;
        Node node;
        synchronized (ref) {
            if (!isResident(ref)) {
                return null;
            }
            Node present = ref.node;
            if (present != null) {
                present.visited = true;
                return present;
            }
            DecodedNode decoded = read(ref);
            node = decoded.node();
            settled = decoded.settle(ref);
            if (ref.isUnknown()) {
                residents.put(ref.id, settled);
            }
        }
        admit(settled);
        return node;
    }

    @SuppressWarnings("ReferenceEquality") // one of several references to one page
    private boolean isResident(PageRef ref) {
        return residents.get(ref.id) == ref;
    }

    /** Reads from the page of a leaf which pages its values have to themselves: its node in memory may not know. */
    List<PageId> ownPages(PageId leaf) {
        try {
            reads.increment();
            return NodeCodec.ownPages(store.read(leaf));
        } catch (MalformedRecordException e) {
            throw malformed(leaf, e);
        }
    }

    private static CorruptDataException malformed(PageId id, MalformedRecordException e) {
        return new CorruptDataException(
                "page `" + id + "` holds no node of this tree: " + e.getMessage() + "; run `verify`", e);
    }

    private DecodedNode read(PageRef ref) {
        boolean complete = false;
        try {
            reads.increment();
            DecodedNode decoded = NodeCodec.decode(store.read(ref.id), ref.pages);
            complete = ref.isUnknown() || ref.level() == decoded.node().level();
            if (!complete) {
                throw new MalformedRecordException(
                        "level " + decoded.node().level() + " where level " + ref.level() + " is due");
            }
            return decoded;
        } catch (MalformedRecordException e) {
            throw malformed(ref.id, e);
        } finally {
            if (!complete) {
                residents.remove(ref.id, ref);
            }
        }
    }

    /** Makes a node that was stored just now resident, unless its page is so already; it knows its page from then on. */
    void adopt(PageRef fresh, DecodedNode stored) {
        PageRef ref = null;
        while (ref == null) {
            PageRef known = residents.putIfAbsent(fresh.id, fresh);
            ref = adoptInto(known == null ? fresh : known, stored);
        }
        stored.node().page = ref;
    }

    private @Nullable PageRef adoptInto(PageRef ref, DecodedNode stored) {
        PageRef settled;
        synchronized (ref) {
            if (!isResident(ref)) {
                return null;
            }
            if (ref.node != null) {
                return ref;
            }
            settled = stored.settle(ref);
            if (ref.isUnknown()) {
                residents.put(ref.id, settled);
            }
        }
        admit(settled);
        return settled;
    }

    /**
     * Leaves a part of the weight to what its user holds beside it; nodes go at once where that is more than is free.
     *
     * @param bytes how much, in place of what was reserved before
     */
    public void reserve(long bytes) {
        evict(takeReserved(bytes));
    }

    private synchronized List<PageRef> takeReserved(long bytes) {
        reservedBytes = bytes;
        return unlinkSurplus();
    }

    private void admit(PageRef ref) {
        evict(link(ref));
    }

    private void evict(List<PageRef> victims) {
        for (PageRef victim : victims) {
            synchronized (victim) {
                residents.remove(victim.id, victim);
                victim.clear();
            }
            evictions.increment();
        }
    }

    /** Puts a reference in front, and takes out those that are too much. */
    private synchronized List<PageRef> link(PageRef ref) {
        PageRef second = newest;
        ref.older = second;
        if (second == null) {
            oldest = ref;
        } else {
            second.newer = ref;
        }
        newest = ref;
        weight += ref.weight;
        pages++;
        return unlinkSurplus();
    }

    /** Guarded by this. */
    private List<PageRef> unlinkSurplus() {
        List<PageRef> victims = List.of();
        while (weight + reservedBytes > maxWeightBytes && pages > 0) {
            victims = victims.isEmpty() ? new ArrayList<>() : victims;
            victims.add(unlink(nextVictim()));
        }
        return victims;
    }

    private PageRef nextVictim() {
        PageRef at = hand == null ? oldest : hand;
        for (long steps = 2 * pages; at != null && steps > 0 && takeMark(at); steps--) {
            at = at.newer == null ? oldest : at.newer;
        }
        if (at == null) {
            throw new AssertionError(pages + " pages in a list without an end");
        }
        return at;
    }

    private static boolean takeMark(PageRef ref) {
        Node node = ref.node;
        if (node == null || !node.visited) {
            return false;
        }
        node.visited = false;
        return true;
    }

    private PageRef unlink(PageRef ref) {
        PageRef after = ref.newer;
        PageRef before = ref.older;
        hand = after;
        if (after == null) {
            newest = before;
        } else {
            after.older = before;
        }
        if (before == null) {
            oldest = after;
        } else {
            before.newer = after;
        }
        ref.newer = null;
        ref.older = null;
        weight -= ref.weight;
        pages--;
        return ref;
    }
}
