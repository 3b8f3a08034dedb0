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

    static Stream<Arguments> runs() {
        int seeds = Integer.getInteger("argon.seeds", 4);
        return Stream.of(KeyShape.values())
                .flatMap(shape -> IntStream.rangeClosed(1, seeds).mapToObj(seed -> Arguments.of(shape, (long) seed)));
    }
}
