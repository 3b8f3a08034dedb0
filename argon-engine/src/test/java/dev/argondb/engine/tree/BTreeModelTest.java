package dev.argondb.engine.tree;

import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Random operations against a model. The name of a failed run tells its shape and seed; {@code -Dargon.seeds=500} runs
 * more of them.
 */
class BTreeModelTest {
    @ParameterizedTest(name = "{0}, seed {1}")
    @MethodSource("runs")
    void tree_randomOperations_agreesWithModel(KeyShape shape, long seed) {
        new TreeModel(shape, seed).run(5000);
    }

    /** From a cache that keeps nothing to one that keeps all. */
    @ParameterizedTest(name = "{0}, seed {1}")
    @MethodSource("runs")
    void storedTree_randomOperations_agreesWithModel(KeyShape shape, long seed) {
        long maxWeightBytes = new long[] {0, 20_000, 200_000, Long.MAX_VALUE}[(int) (seed % 4)];
        new TreeModel(shape, seed, new StoredTrees(maxWeightBytes)).run(5000);
    }

    static Stream<Arguments> runs() {
        int seeds = Integer.getInteger("argon.seeds", 4);
        return Stream.of(KeyShape.values())
                .flatMap(shape -> IntStream.rangeClosed(1, seeds).mapToObj(seed -> Arguments.of(shape, (long) seed)));
    }
}
