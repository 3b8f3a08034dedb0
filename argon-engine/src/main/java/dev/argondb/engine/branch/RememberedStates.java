package dev.argondb.engine.branch;

import dev.argondb.engine.state.DatabaseState;
import java.lang.ref.SoftReference;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * States of commits that are kept at hand, those used last, within a number and a weight. The one that came last stays, however
 * heavy, until another comes. All are held softly, so that none stands in the way of what must be in memory.
 *
 * <p>Thread-safe.
 */
final class RememberedStates {

    /**
     * @param weightBytes about what it holds that nothing else weighs
     * @param isPassing whether {@link #forgetPassing} lets it go
     */
    private record Remembered(SoftReference<DatabaseState> state, long weightBytes, boolean isPassing) {}

    private final int mostStates;
    private final long mostBytes;
    private final LongConsumer weightTaker;
    /** By LSN, those used last at the end. */
    private final LinkedHashMap<Long, Remembered> byUse = new LinkedHashMap<>(16, 0.75f, true);
    /** The same by LSN, in order. */
    private final TreeMap<Long, Remembered> byLsn = new TreeMap<>();

    private long weightBytes;

    /**
     * @param mostBytes how much all of them may hold; 0 lets only the last one stay that holds anything
     * @param weightTaker told how much they hold, at most {@code mostBytes}, when that changed
     */
    RememberedStates(int mostStates, long mostBytes, LongConsumer weightTaker) {
        this.mostStates = mostStates;
        this.mostBytes = mostBytes;
        this.weightTaker = weightTaker;
    }

    /**
     * Remembers a state.
     *
     * @param bytes about how much it holds that nothing else weighs
     */
    void remember(DatabaseState state, long bytes) {
        put(state.lsn(), new Remembered(new SoftReference<>(state), bytes, false));
    }

    /**
     * Remembers a state until {@link #forgetPassing}, unless it is remembered already.
     *
     * @param bytes about how much it holds that nothing else weighs
     */
    void rememberPassing(DatabaseState state, long bytes) {
        if (get(state.lsn()) == null) {
            put(state.lsn(), new Remembered(new SoftReference<>(state), bytes, true));
        }
    }

    private synchronized void put(long lsn, Remembered remembered) {
        long before = weightBytes;
        remove(lsn);
        byUse.put(lsn, remembered);
        byLsn.put(lsn, remembered);
        weightBytes += remembered.weightBytes();
        trim();
        tell(before);
    }

    /** Lets go of the states used longest ago, but not of the last one; of those that weigh nothing only if they are too many. */
    private void trim() {
        Iterator<Map.Entry<Long, Remembered>> eldest = byUse.entrySet().iterator();
        while (byUse.size() > 1 && eldest.hasNext() && (byUse.size() > mostStates || weightBytes > mostBytes)) {
            Map.Entry<Long, Remembered> next = eldest.next();
            boolean isLast = !eldest.hasNext();
            if (!isLast && (byUse.size() > mostStates || next.getValue().weightBytes() > 0)) {
                eldest.remove();
                byLsn.remove(next.getKey());
                weightBytes -= next.getValue().weightBytes();
            }
        }
    }

    private void remove(long lsn) {
        Remembered old = byUse.remove(lsn);
        if (old != null) {
            byLsn.remove(lsn);
            weightBytes -= old.weightBytes();
        }
    }

    private void tell(long before) {
        if (weightBytes != before) {
            weightTaker.accept(Math.min(weightBytes, mostBytes));
        }
    }

    /** Returns the state of a commit if it is remembered. */
    synchronized @Nullable DatabaseState get(long lsn) {
        Remembered remembered = byUse.get(lsn);
        DatabaseState state = remembered == null ? null : remembered.state().get();
        if (remembered != null && state == null) {
            long before = weightBytes;
            remove(lsn);
            tell(before);
        }
        return state;
    }

    /** Returns the highest LSN at or below one whose state may be remembered, 0 for none. */
    synchronized long floor(long lsn) {
        Long floor = byLsn.floorKey(lsn);
        return floor == null ? 0 : floor;
    }

    /** Forgets the passing ones. */
    synchronized void forgetPassing() {
        long before = weightBytes;
        weightBytes -= byLsn.values().stream()
                .filter(Remembered::isPassing)
                .mapToLong(Remembered::weightBytes)
                .sum();
        byUse.values().removeIf(Remembered::isPassing);
        byLsn.values().removeIf(Remembered::isPassing);
        tell(before);
    }

    /** Forgets all. */
    synchronized void forget() {
        long before = weightBytes;
        byUse.clear();
        byLsn.clear();
        weightBytes = 0;
        tell(before);
    }

    /** Returns about how much all of them hold. */
    synchronized long weightBytes() {
        return weightBytes;
    }
}
