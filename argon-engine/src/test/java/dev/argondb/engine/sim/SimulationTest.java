package dev.argondb.engine.sim;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.EnumMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * Runs the engine through faults at every operation of many runs.
 *
 * <p>{@code -Dargon.sim.points=N} sets how many, {@value #POINTS} if not said; {@code -Dargon.sim.point=SEED:FAULT:OPERATION}
 * replays one, as each failure says.
 */
class SimulationTest {

    private static final int POINTS = 5000;
    /** One seed goes through every operation, the others through one of so many, each with another remainder. */
    private static final int EXHAUSTIVE_SEED = 2;

    private static final int STRIDE = 11;

    private final Map<Fault, Long> counts = new EnumMap<>(Fault.class);
    private final Map<String, Integer> happened = new TreeMap<>();
    private long points;

    @Test
    void engine_faultAtAnyOperation_losesNothing() {
        String one = System.getProperty(Point.PROPERTY);
        if (one != null) {
            Simulation.run(Point.parse(one), happened);
            return;
        }
        long most = Long.getLong("argon.sim.points", POINTS);
        long start = System.nanoTime();
        long seed = 0;
        while (points < most) {
            seed++;
            runSeed(seed, most);
        }
        long seconds = TimeUnit.NANOSECONDS.toSeconds(System.nanoTime() - start);
        System.out.println("simulation: " + points + " points of " + seed + " seeds in " + seconds + " s, " + counts
                + ", " + happened);
        assertThat(counts).containsOnlyKeys(Fault.values());
        assertThat(happened.get("fault struck"))
                .as("points where the fault struck")
                .isGreaterThan((int) (points / 2));
        assertThat(happened)
                .containsKeys(
                        "step in doubt there", "step in doubt not there", "second fault struck", "history given back");
    }

    @Test
    void seed_runTwice_doesTheSame() {
        for (long seed = 1; seed <= 5; seed++) {
            assertThat(Simulation.historyWithoutFault(seed)).isEqualTo(Simulation.historyWithoutFault(seed));
        }
    }

    private void runSeed(long seed, long most) {
        long operations = Simulation.runWithoutFault(seed);
        assertThat(operations).as("operations of seed " + seed).isGreaterThan(20);
        long stride = seed == EXHAUSTIVE_SEED ? 1 : STRIDE;
        for (long operation = 1; operation <= operations; operation++) {
            for (Fault fault : Fault.values()) {
                boolean isDue = (operation + seed * 7 + fault.ordinal()) % stride == 0;
                if (isDue && points < most) {
                    run(new Point(seed, fault, operation));
                    counts.merge(fault, 1L, Long::sum);
                }
            }
        }
    }

    private void run(Point point) {
        points++;
        try {
            Simulation.run(point, happened);
        } catch (AssertionError e) {
            throw new AssertionError("the " + points + "th point, " + e.getMessage(), e.getCause());
        }
    }
}
