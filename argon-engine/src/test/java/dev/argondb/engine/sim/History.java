package dev.argondb.engine.sim;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** What was done to a database in order, what of it was acknowledged, and the {@link Model} that follows from that. */
final class History {

    /** What a step makes of a model; it names branches and captures no part of one. */
    @FunctionalInterface
    interface Effect {
        void apply(Model model, long lsn);
    }

    /**
     * An acknowledged step.
     *
     * @param sequences the steps that came next after it
     */
    private record Event(long lsn, Effect effect, TreeMap<SequenceKey, Long> sequences) {}

    /**
     * A sequence that was set back or forward. A crash may take it or leave it, unless a step after it is there.
     *
     * @param events how many steps were acknowledged before
     */
    private record Restart(int events, SequenceKey key, long next) {}

    final Model model = new Model();
    private final List<Event> events = new ArrayList<>();
    private final List<String> lines = new ArrayList<>();
    private final List<Restart> restarts = new ArrayList<>();
    private @Nullable Effect inDoubt;
    private TreeMap<SequenceKey, Long> inDoubtSequences = new TreeMap<>();
    private long sureLsn;
    private long attemptedWatermark;
    private long sureWatermark;
    private long appliedLsn;

    /** Adds a line for whoever reads of a failure. */
    void note(String line) {
        lines.add(line);
    }

    /** Returns how many lines begin and go on in a way. */
    int count(String beginning, String part) {
        return (int) lines.stream()
                .filter(line -> line.startsWith(beginning) && line.contains(part))
                .count();
    }

    /** Returns all lines. */
    String text() {
        return String.join("\n  ", lines);
    }

    /** Takes a step that was acknowledged. */
    void acknowledge(long lsn, Effect effect) {
        apply(lsn, effect);
    }

    private void apply(long lsn, Effect effect) {
        effect.apply(model, lsn);
        events.add(new Event(lsn, effect, new TreeMap<>(model.sequences)));
        appliedLsn = lsn;
    }

    /** Takes a step that failed: it may turn out to be there, as a whole, or not. */
    void doubt(Effect effect) {
        inDoubt = effect;
        inDoubtSequences = new TreeMap<>(model.sequences);
    }

    /** Returns whether a step is in doubt. */
    boolean isInDoubt() {
        return inDoubt != null;
    }

    /** Notes that a sequence was set back or forward, which becomes durable with the next step. */
    void restart(SequenceKey key, long next) {
        model.sequences.put(key, next);
        restarts.add(new Restart(events.size(), key, next));
    }

    /** Notes that history below an LSN is about to be given back. */
    void attemptWatermark(long lsn) {
        attemptedWatermark = Math.max(attemptedWatermark, lsn);
    }

    /** Says that the watermark is surely kept from now on. */
    void settleWatermark() {
        sureWatermark = model.watermark;
    }

    /** Takes the watermark of a database that goes on: what it was, or what was attempted last. */
    void takeWatermark(long lsn) {
        requireWatermark(lsn, model.watermark);
    }

    /** Takes the watermark that a database has after a crash: what was reached surely, or what was attempted last. */
    void recoverWatermark(long lsn) {
        requireWatermark(lsn, sureWatermark);
    }

    private void requireWatermark(long lsn, long least) {
        if (lsn < least || lsn > Math.max(least, attemptedWatermark)) {
            throw new AssertionError(
                    "the watermark is " + lsn + ", expected " + least + " up to " + attemptedWatermark);
        }
        model.watermark = lsn;
    }

    /** Says that everything acknowledged so far stays, whatever happens to the power. */
    void settle() {
        sureLsn = appliedLsn;
    }

    /** Returns the LSN of the last acknowledged step that must be there; of all of them where none may be lost. */
    long sureLsn(boolean mayLoseUnsynced) {
        return mayLoseUnsynced ? sureLsn : appliedLsn;
    }

    /**
     * Makes the model that of a database which recovered up to an LSN, without the step in doubt. The sequences of the model
     * are then the lowest steps that may come next.
     */
    void recover(long lastLsn) {
        List<Event> kept =
                events.stream().filter(event -> event.lsn() <= lastLsn).toList();
        boolean lost = kept.size() < events.size();
        events.clear();
        model.clear();
        TreeMap<SequenceKey, Long> sequences = new TreeMap<>();
        for (Event event : kept) {
            event.effect().apply(model, event.lsn());
            events.add(event);
            sequences = event.sequences();
            appliedLsn = event.lsn();
        }
        if (lost) {
            inDoubt = null;
        }
        model.sequences.clear();
        model.sequences.putAll(sequences);
        restarts.removeIf(restart -> restart.events() < kept.size());
        restarts.forEach(restart ->
                model.sequences.computeIfPresent(restart.key(), (any, bound) -> Math.min(bound, restart.next())));
        restarts.clear();
    }

    /** Makes the step in doubt part of the model, at an LSN. */
    void confirm(long lsn) {
        Effect effect = inDoubt;
        if (effect == null) {
            throw new AssertionError("nothing is in doubt");
        }
        inDoubt = null;
        model.sequences.clear();
        model.sequences.putAll(inDoubtSequences);
        apply(lsn, effect);
    }

    /** Decides that the step in doubt did not happen. */
    void dismiss() {
        inDoubt = null;
    }
}
