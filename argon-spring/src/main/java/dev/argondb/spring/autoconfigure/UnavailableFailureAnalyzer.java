package dev.argondb.spring.autoconfigure;

import dev.argondb.UnavailableException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Explains a directory that another process has, or that cannot be written. */
final class UnavailableFailureAnalyzer extends AbstractFailureAnalyzer<UnavailableException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, UnavailableException cause) {
        return new FailureAnalysis(
                "Argon cannot use its database: " + cause.getMessage(),
                "One process has a directory at a time. Stop the other process, free the disk, or give this application another"
                        + " directory with `argon.url`.",
                cause);
    }
}
