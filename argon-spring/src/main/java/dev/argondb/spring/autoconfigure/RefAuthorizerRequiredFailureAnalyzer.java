package dev.argondb.spring.autoconfigure;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** Says what to write where {@link RefAuthorizerRequiredException} stopped the start. */
final class RefAuthorizerRequiredFailureAnalyzer extends AbstractFailureAnalyzer<RefAuthorizerRequiredException> {

    private static final String ACTION =
            """
            Declare one, such as

                @Bean
                RefAuthorizer refAuthorizer() {
                    return (request, ref) -> request.isUserInRole("EDITOR");
                }

            (`RefAuthorizer.permitAll()` lets every caller see every branch and all history), or set `argon.web.enabled=false`.""";

    @Override
    protected FailureAnalysis analyze(Throwable rootFailure, RefAuthorizerRequiredException cause) {
        return new FailureAnalysis(cause.getMessage(), ACTION, cause);
    }
}
