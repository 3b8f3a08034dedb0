package dev.argondb.spring.test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.platform.engine.discovery.DiscoverySelectors.selectClass;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.platform.engine.TestExecutionResult;
import org.junit.platform.engine.TestExecutionResult.Status;
import org.junit.platform.engine.reporting.ReportEntry;
import org.junit.platform.launcher.LauncherDiscoveryRequest;
import org.junit.platform.launcher.TestExecutionListener;
import org.junit.platform.launcher.TestIdentifier;
import org.junit.platform.launcher.core.LauncherConfig;
import org.junit.platform.launcher.core.LauncherDiscoveryRequestBuilder;
import org.junit.platform.launcher.core.LauncherFactory;

/** One run of sample classes by Jupiter, and what came of each test. */
final class SampleRun implements TestExecutionListener {

    final List<String> succeeded = Collections.synchronizedList(new ArrayList<>());
    final List<Throwable> failures = Collections.synchronizedList(new ArrayList<>());
    final List<String> reported = Collections.synchronizedList(new ArrayList<>());

    private SampleRun() {}

    static SampleRun of(Class<?>... samples) {
        return with(Map.of(), samples);
    }

    static SampleRun parallel(Class<?>... samples) {
        return with(
                Map.of(
                        "junit.jupiter.execution.parallel.enabled", "true",
                        "junit.jupiter.execution.parallel.mode.default", "concurrent",
                        "junit.jupiter.execution.parallel.config.strategy", "fixed",
                        "junit.jupiter.execution.parallel.config.fixed.parallelism", "8"),
                samples);
    }

    private static SampleRun with(Map<String, String> settings, Class<?>... samples) {
        SampleRun run = new SampleRun();
        LauncherDiscoveryRequest request = LauncherDiscoveryRequestBuilder.request()
                .selectors(Arrays.stream(samples)
                        .map(sample -> selectClass(sample))
                        .toList())
                .configurationParameters(settings)
                .build();
        LauncherConfig config = LauncherConfig.builder()
                .enableTestExecutionListenerAutoRegistration(false)
                .enableLauncherSessionListenerAutoRegistration(false)
                .enablePostDiscoveryFilterAutoRegistration(false)
                .build();
        LauncherFactory.create(config).execute(request, run);
        return run;
    }

    @Override
    public void executionFinished(TestIdentifier test, TestExecutionResult result) {
        if (result.getStatus() == Status.SUCCESSFUL && test.isTest()) {
            succeeded.add(test.getDisplayName());
        }
        if (result.getStatus() == Status.FAILED) {
            failures.add(result.getThrowable().orElseThrow());
        }
    }

    @Override
    public void reportingEntryPublished(TestIdentifier test, ReportEntry entry) {
        reported.add(entry.getKeyValuePairs().toString());
    }

    /** Asserts that all tests passed, and how many there were. */
    SampleRun passed(int tests) {
        assertThat(failures).isEmpty();
        assertThat(succeeded).hasSize(tests);
        return this;
    }

    /** Asserts that exactly one test, or the class as a whole, failed; returns why. */
    Throwable failure() {
        assertThat(failures).hasSize(1);
        return failures.get(0);
    }
}
