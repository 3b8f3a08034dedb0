package dev.argondb.benchmarks;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Several things measured in turns, so that what slows the machine for a while slows all of them.
 *
 * <p>A round runs a block of calls of each; the order turns round by round. Times and percentiles are those of a block,
 * and of these the median over the rounds; a ratio is the median over the rounds of the ratio within a round. So a
 * stretch of time in which the machine was busy with something else counts as one round, not as many calls. Confined to
 * one thread.
 */
final class Alternation {

    private final Map<String, Runnable> sides = new LinkedHashMap<>();
    private final Map<String, Runnable> cleanUps = new LinkedHashMap<>();
    private final List<Map<String, Samples>> rounds = new ArrayList<>();

    /** Adds a thing to measure. */
    Alternation side(String name, Runnable call) {
        return side(name, call, () -> {});
    }

    /** Adds a thing to measure, and what to do, unmeasured, after each block of it. */
    Alternation side(String name, Runnable call, Runnable cleanUp) {
        sides.put(name, call);
        cleanUps.put(name, cleanUp);
        return this;
    }

    /** Measures: so many rounds unmeasured, then measured ones, each with so many calls of each side. */
    Alternation run(int warmUps, int measured, int callsPerBlock) {
        List<String> order = new ArrayList<>(sides.keySet());
        for (int round = 0; round < warmUps + measured; round++) {
            Map<String, Samples> blocks = new LinkedHashMap<>();
            for (String side : order) {
                blocks.put(side, block(side, callsPerBlock));
            }
            if (round >= warmUps) {
                rounds.add(blocks);
            }
            Collections.reverse(order);
        }
        return this;
    }

    private Samples block(String side, int count) {
        Runnable call = of(sides, side);
        Samples block = new Samples();
        for (int i = 0; i < count; i++) {
            long start = System.nanoTime();
            call.run();
            block.add(System.nanoTime() - start);
        }
        of(cleanUps, side).run();
        return block;
    }

    /** Returns the median call of a side, in microseconds. */
    double micros(String side) {
        return micros(side, 50);
    }

    /** Returns a percentile of the calls of a side, in microseconds. */
    double micros(String side, double percent) {
        Samples blocks = new Samples();
        rounds.forEach(round -> blocks.add(of(round, side).percentile(percent) / 1e3));
        return blocks.median();
    }

    /** Returns how many times longer one side takes than another. */
    double ratio(String side, String base) {
        Samples ratios = new Samples();
        rounds.forEach(
                round -> ratios.add(of(round, side).median() / of(round, base).median()));
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
