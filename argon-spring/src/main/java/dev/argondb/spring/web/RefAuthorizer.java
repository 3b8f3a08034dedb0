package dev.argondb.spring.web;

import dev.argondb.Ref;
import jakarta.servlet.http.HttpServletRequest;

/**
 * Decides which request may see which ref. The application with the web filter on supplies one as a bean.
 *
 * <pre>{@code
 * @Bean
 * RefAuthorizer refAuthorizer() {
 *     return (request, ref) -> request.isUserInRole("EDITOR");
 * }
 * }</pre>
 *
 * <p>Asked once per request that names a ref, after Spring Security's filters; not asked for a request that names none.
 *
 * <p>Thread-safe.
 */
@FunctionalInterface
public interface RefAuthorizer {

    /** Returns whether the request may be served on the ref, of which it is not known yet whether it exists. */
    boolean permits(HttpServletRequest request, Ref ref);

    /** Lets every caller see every branch and every past moment. */
    static RefAuthorizer permitAll() {
        return (request, ref) -> true;
    }
}
