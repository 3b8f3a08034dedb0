package dev.argondb.benchmarks;

import java.util.Arrays;
import java.util.function.ObjDoubleConsumer;

/** Measured values of one thing, in any unit. Confined to one thread. */
final class Samples {

    private double[] values = new double[64];
    private int count;

    void add(double value) {
        if (count == values.length) {
            values = Arrays.copyOf(values, count * 2);
        }
        values[count++] = value;
    }

    void addAll(Samples others) {
        for (int i = 0; i < others.count; i++) {
            add(others.values[i]);
        }
    }

    /** Gives each value with its number, from 0. */
    void forEach(ObjDoubleConsumer<Integer> taker) {
        for (int i = 0; i < count; i++) {
            taker.accept(i, values[i]);
        }
    }

    int count() {
        return count;
    }

    /** Returns the value added last. */
    double last() {
        requireAny();
        return values[count - 1];
    }

    /** Returns the sum of all values divided by their number. */
    double mean() {
        requireAny();
        return Arrays.stream(values, 0, count).average().orElseThrow();
    }

    /** Returns the middle value. */
    double median() {
        return percentile(50);
    }

    /** Returns the smallest value with at least this share of the values, in percent, at or below it. */
    double percentile(double percent) {
        requireAny();
        double[] sorted = Arrays.copyOf(values, count);
        Arrays.sort(sorted);
        return sorted[(int) Math.max(0, Math.ceil(percent / 100 * count) - 1)];
    }

    private void requireAny() {
        if (count == 0) {
            throw new IllegalStateException("nothing was measured");
        }
    }
}
