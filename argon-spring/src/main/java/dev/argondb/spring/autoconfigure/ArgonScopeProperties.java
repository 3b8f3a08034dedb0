package dev.argondb.spring.autoconfigure;

import org.springframework.boot.context.properties.ConfigurationProperties;

/**
 * The properties {@code argon.scope.*} of an application.
 *
 * <p>Confined to start-up.
 */
@ConfigurationProperties("argon.scope")
public class ArgonScopeProperties {

    private final Propagation propagation = new Propagation();

    /** Where scopes go with the work. */
    public static class Propagation {

        /** Whether tasks of Boot's executors, and with them "@Async" methods, run in the scope of the thread that hands them in. */
        private boolean enabled = true;

        public boolean isEnabled() {
            return enabled;
        }

        public void setEnabled(boolean enabled) {
            this.enabled = enabled;
        }
    }

    public Propagation getPropagation() {
        return propagation;
    }
}
