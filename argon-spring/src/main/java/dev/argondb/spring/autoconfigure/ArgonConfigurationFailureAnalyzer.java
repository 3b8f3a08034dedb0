package dev.argondb.spring.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Explains settings that contradict each other or are malformed. */
final class ArgonConfigurationFailureAnalyzer extends AbstractFailureAnalyzer<ArgonConfigurationException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, ArgonConfigurationException cause) {
        return new FailureAnalysis(cause.description(), cause.action(), cause);
    }
}
