package dev.argondb.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.function.Function;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Runs every benchmark with tiny sizes, so that none can rot. What it measures so says nothing. */
class BenchmarkSmokeTest {

    static List<Named<Function<Scale, Report>>> benchmarks() {
        return List.of(
                Named.of("jpa-workload", JpaWorkload::run),
                Named.of("jpa-on-pages", JpaOnPages::run),
                Named.of("as-of-read", AsOfRead::run),
                Named.of("larger-than-memory", LargerThanMemory::run),
                Named.of("recovery", Recovery::run),
                Named.of("retention", Retention::run),
                Named.of("footprint", Footprint::run),
                Named.of("branch-create", BranchCreate::run),
                Named.of("durable-commit", DurableCommit::run),
                Named.of("test-isolation", TestIsolation::run),
                Named.of("spring-test-isolation", SpringTestIsolation::run));
    }

    @ParameterizedTest
    @MethodSource("benchmarks")
    void benchmark_smokeScale_measuresEveryFigure(Function<Scale, Report> benchmark) {
        Report report = benchmark.apply(Scale.SMOKE);

        assertThat(report.figures()).hasSizeGreaterThan(2).allSatisfy(figure -> assertThat(figure.value())
                .as(figure.what())
                .isFinite());
        assertThat(report.figures().get(0).value()).isPositive();
        assertThat(report.toString().lines().toList())
                .last()
                .asString()
                .matches("RESULT [a-z-]+ ratio=[0-9.,]+ target=[0-9.]+ (ok|short)");
    }
}
