package dev.argondb.spring.autoconfigure;

import dev.argondb.CorruptDataException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Explains damaged files. */
final class CorruptDataFailureAnalyzer extends AbstractFailureAnalyzer<CorruptDataException> {

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, CorruptDataException cause) {
        return new FailureAnalysis(
                "Files of the Argon database are damaged: " + cause.getMessage(),
                "Nothing was changed. Keep a copy of the directory, and restore it from a backup, or start on another one with"
                        + " `argon.url`.",
                cause);
    }
}
