package dev.argondb.spring.autoconfigure;

/** The web filter is on, and nothing says which caller may see which ref. */
final class RefAuthorizerRequiredException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    RefAuthorizerRequiredException() {
        super(
                "`argon.web.enabled` is true, but there is no `RefAuthorizer` bean to decide which caller may see which ref");
    }
}
