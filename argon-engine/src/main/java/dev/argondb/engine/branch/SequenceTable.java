package dev.argondb.engine.branch;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Allocates steps of sequences: over the whole database, or privately for a branch that was made so.
 *
 * <p>Values are reserved in the log in runs, ahead of the first commit that could hold one of them; a crash loses at most the
 * rest of a run, and never gives a value out twice. Thread-safe.
 */
final class SequenceTable implements dev.argondb.engine.Sequences {

    /** Steps reserved at a time. */
    static final int RUN = 32;

    /** Writes a reservation into the log, ahead of everything that is committed later. */
    @FunctionalInterface
    interface Reservations {
        void reserve(long branchId, int sequenceId, long next);
    }

    private static final class Counter {
        private long next;
        private long reserved;
        private int run = RUN;
    }

    private final Reservations reservations;
    private final Map<Integer, Counter> shared = new ConcurrentHashMap<>();
    private final Map<Long, Map<Integer, Counter>> privates = new ConcurrentHashMap<>();

    SequenceTable(Reservations reservations) {
        this.reservations = reservations;
    }

    private Counter counter(long branchId, int sequenceId) {
        Map<Integer, Counter> own = privates.isEmpty() ? null : privates.get(branchId);
        return (own == null ? shared : own).computeIfAbsent(sequenceId, id -> new Counter());
    }

    private long owner(long branchId) {
        return privates.containsKey(branchId) ? branchId : 0;
    }

    @Override
    public long next(long branchId, int sequenceId) {
        Counter counter = counter(branchId, sequenceId);
        synchronized (counter) {
            long step = counter.next++;
            if (step >= counter.reserved) {
                counter.reserved = step + counter.run;
                counter.run = Math.min(counter.run * 2, RUN * 32);
                reservations.reserve(owner(branchId), sequenceId, counter.reserved);
            }
            return step;
        }
    }

    @Override
    public long peek(long branchId, int sequenceId) {
        Counter counter = counter(branchId, sequenceId);
        synchronized (counter) {
            return counter.next;
        }
    }

    @Override
    public void restart(long branchId, int sequenceId, long nextStep) {
        Counter counter = counter(branchId, sequenceId);
        synchronized (counter) {
            counter.next = nextStep;
            counter.reserved = nextStep;
            reservations.reserve(owner(branchId), sequenceId, nextStep);
        }
    }

    /** Takes a reservation out of the log. */
    void recover(long branchId, int sequenceId, long next) {
        Counter counter = (branchId == 0 ? shared : privates.computeIfAbsent(branchId, id -> new ConcurrentHashMap<>()))
                .computeIfAbsent(sequenceId, id -> new Counter());
        counter.next = next;
        counter.reserved = next;
    }

    /** The steps of a sequence that may have been given out, as a checkpoint keeps them; see {@link #recover}. */
    record Reserved(long branchId, int sequenceId, long next) {}

    /** Returns what {@link #recover} needs to make an equal table. */
    List<Reserved> reserved() {
        List<Reserved> all = new ArrayList<>();
        addReserved(all, 0, shared);
        privates.forEach((branchId, counters) -> addReserved(all, branchId, counters));
        return all;
    }

    private static void addReserved(List<Reserved> all, long branchId, Map<Integer, Counter> counters) {
        counters.forEach((id, counter) -> {
            synchronized (counter) {
                all.add(new Reserved(branchId, id, counter.reserved));
            }
        });
    }

    /** Returns the steps that come next for a branch, by sequence. */
    Map<Integer, Long> values(long branchId) {
        Map<Integer, Counter> counters = privates.getOrDefault(branchId, shared);
        Map<Integer, Long> values = new HashMap<>();
        counters.forEach((id, counter) -> {
            synchronized (counter) {
                values.put(id, counter.next);
            }
        });
        return values;
    }

    /** Gives a branch sequences of its own that begin at given steps; sequences not named begin at 0. */
    void makePrivate(long branchId, Map<Integer, Long> values) {
        Map<Integer, Counter> counters = new ConcurrentHashMap<>();
        values.forEach((id, next) -> {
            Counter counter = new Counter();
            counter.next = next;
            counter.reserved = next;
            counters.put(id, counter);
        });
        privates.put(branchId, counters);
    }

    /** Gives a branch sequences of its own, those that were recovered for it; sequences not among them begin at 0. */
    void keepPrivate(long branchId) {
        privates.computeIfAbsent(branchId, id -> new ConcurrentHashMap<>());
    }

    /** Forgets the private sequences of a branch that is gone, or never had any. */
    void forget(long branchId) {
        privates.remove(branchId);
    }

    /** Reserves exactly what was given out, so that a clean close leaves no gap. */
    void settle() {
        settle(0, shared);
        privates.forEach(this::settle);
    }

    private void settle(long branchId, Map<Integer, Counter> counters) {
        counters.forEach((id, counter) -> {
            synchronized (counter) {
                if (counter.reserved != counter.next) {
                    counter.reserved = counter.next;
                    reservations.reserve(branchId, id, counter.next);
                }
            }
        });
    }
}
