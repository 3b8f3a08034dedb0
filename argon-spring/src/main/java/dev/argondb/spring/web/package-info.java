/**
 * Turns what a request asks for (a header, a parameter, an attribute of the session) into the
 * {@link dev.argondb.BranchScope} that the request is served in.
 *
 * <p>Owns the words {@link dev.argondb.spring.web.RefAuthorizer ref authorizer} and {@link dev.argondb.spring.web.RefFilter ref
 * filter}. Imports the API, Jakarta Servlet, and of Spring only what writes JSON.
 *
 * <p>Invariants: a request sees a ref only if the authorizer permits it, and a caller without the right does not learn whether the
 * ref exists (RefFilterTest); a thread that served a request is in no scope of it (WebLoadTest).
 */
@NullMarked
package dev.argondb.spring.web;

import org.jspecify.annotations.NullMarked;
