package dev.argondb.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ReportTest {

    @Test
    void report_allFiguresWithinTargets_endsWithOk() {
        Report report = new Report("speed").atMost("time", 0.5, "", 0.6).atLeast("rate", 3.2, "", 3);

        assertThat(lastLine(report)).isEqualTo("RESULT speed ratio=0.50 target=0.60 ok");
    }

    @Test
    void report_oneFigureBeyondItsTarget_endsWithShort() {
        Report report = new Report("speed").atMost("time", 0.5, "", 0.6).atLeast("rate", 2.9, "", 3);

        assertThat(lastLine(report)).isEqualTo("RESULT speed ratio=0.50 target=0.60 short");
        assertThat(report.toString()).containsPattern("rate +2.90 +at least 3.00 +short");
    }

    @Test
    void percentiles_ofTenValues_areValuesThatWereMeasured() {
        Samples samples = new Samples();
        for (int value = 10; value >= 1; value--) {
            samples.add(value);
        }

        assertThat(samples.median()).isEqualTo(5);
        assertThat(samples.percentile(99)).isEqualTo(10);
        assertThat(samples.percentile(0)).isEqualTo(1);
    }

    @Test
    void alternation_twoSides_takeTurnsInGoingFirst() {
        StringBuilder calls = new StringBuilder();
        new Alternation()
                .side("a", () -> calls.append('a'))
                .side("b", () -> calls.append('b'))
                .run(1, 2, 2);

        assertThat(calls).hasToString("aabb" + "bbaa" + "aabb");
    }

    private static String lastLine(Report report) {
        return report.toString().lines().reduce((first, second) -> second).orElseThrow();
    }
}
