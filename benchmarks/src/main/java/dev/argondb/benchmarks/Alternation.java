package dev.argondb.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Several things measured in turns, so that what slows the machine for a while slows all of them.
 *
 * <p>A round runs a block of calls of each; the order turns round by round. The time of a block is its median call. A
 * ratio is the median over the rounds of the ratio within a round.
 * Confined to one thread.
 */
final class Alternation {

    private final Map<String, Runnable> sides = new LinkedHashMap<>();
    private final Map<String, Runnable> cleanUps = new LinkedHashMap<>();
    private final Map<String, Samples> calls = new LinkedHashMap<>();
    private final List<Map<String, Double>> rounds = new ArrayList<>();

    /** Adds a thing to measure. */
    Alternation side(String name, Runnable call) {
        return side(name, call, () -> {});
    }

    /** Adds a thing to measure, and what to do, unmeasured, after each block of it. */
    Alternation side(String name, Runnable call, Runnable cleanUp) {
        sides.put(name, call);
        cleanUps.put(name, cleanUp);
        calls.put(name, new Samples());
        return this;
    }

    /** Measures: so many rounds unmeasured, then measured ones, each with so many calls of each side. */
    Alternation run(int warmUps, int measured, int callsPerBlock) {
        List<String> order = new ArrayList<>(sides.keySet());
        for (int round = 0; round < warmUps + measured; round++) {
            Map<String, Double> times = new LinkedHashMap<>();
            for (String side : order) {
                times.put(side, block(side, callsPerBlock, round >= warmUps));
            }
            if (round >= warmUps) {
                rounds.add(times);
            }
            Collections.reverse(order);
        }
        return this;
    }

    private double block(String side, int count, boolean measured) {
        Runnable call = of(sides, side);
        Samples block = new Samples();
        for (int i = 0; i < count; i++) {
            long start = System.nanoTime();
            call.run();
            long nanos = System.nanoTime() - start;
            block.add(nanos);
            if (measured) {
                of(calls, side).add(nanos);
            }
        }
        of(cleanUps, side).run();
        return block.median();
    }

    /** Returns the median of all calls of a side, in microseconds. */
    double micros(String side) {
        return of(calls, side).median() / 1e3;
    }

    /** Returns a percentile of all calls of a side, in microseconds. */
    double micros(String side, double percent) {
        return of(calls, side).percentile(percent) / 1e3;
    }

    /** Returns how many times longer one side takes than another. */
    double ratio(String side, String base) {
        Samples ratios = new Samples();
        rounds.forEach(times -> ratios.add(of(times, side) / of(times, base)));
        return ratios.median();
    }

    private static <T> T of(Map<String, T> map, String side) {
        T value = map.get(side);
        if (value == null) {
            throw new IllegalArgumentException("no side `" + side + "` in " + map.keySet());
        }
        return value;
    }
}
