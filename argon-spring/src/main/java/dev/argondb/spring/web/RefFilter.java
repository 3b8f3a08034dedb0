package dev.argondb.spring.web;

import dev.argondb.Argon;
import dev.argondb.ArgonException;
import dev.argondb.BranchScope;
import dev.argondb.Lsn;
import dev.argondb.ReadOnlyException;
import dev.argondb.Ref;
import dev.argondb.UnknownRefException;
import jakarta.servlet.DispatcherType;
import jakarta.servlet.Filter;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.ServletRequest;
import jakarta.servlet.ServletResponse;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Serves each request in the {@link BranchScope} of the ref that it names and its caller may see.
 *
 * <p>A request that names none is served outside of all scopes. 400 for what is no ref, 403 for a ref that the {@link RefAuthorizer}
 * does not permit, whether it exists or not, 404 for one that does not exist, no longer or not any more; each with a problem of RFC
 * 9457. 409 for an exception that says that a past moment was written on, where the application has no answer of its own.
 *
 * <p>The asynchronous and error dispatches of a request are in its scope as well; they are not authorized again.
 *
 * <p>Thread-safe.
 */
public final class RefFilter implements Filter {

    /** The response's header that says which commit the request's ref stood for when it came in. */
    public static final String LSN_HEADER = "Argon-Lsn";

    private static final String GRANTED = RefFilter.class.getName() + ".GRANTED";

    private final Argon argon;
    private final RefAuthorizer authorizer;
    private final RefSources sources;

    /** A filter for requests that name refs of a database. */
    public RefFilter(Argon argon, RefAuthorizer authorizer, RefSources sources) {
        this.argon = argon;
        this.authorizer = authorizer;
        this.sources = sources;
    }

    @Override
    public void doFilter(ServletRequest request, ServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (!(request instanceof HttpServletRequest http) || !(response instanceof HttpServletResponse answer)) {
            chain.doFilter(request, response);
        } else if (http.getDispatcherType() == DispatcherType.REQUEST) {
            serve(http, answer, chain);
        } else {
            serveOn((Ref) http.getAttribute(GRANTED), http, answer, chain);
        }
    }

    private void serve(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        vary(response);
        RequestedRef requested = RequestedRef.of(request, sources);
        if (requested instanceof RequestedRef.None) {
            serveOn(null, request, response, chain);
        } else if (requested instanceof RequestedRef.Malformed malformed) {
            Problem.malformed(malformed.why()).writeTo(response);
        } else if (requested instanceof RequestedRef.Asked asked) {
            serveIfPermitted(asked.ref(), request, response, chain);
        }
    }

    /** Caches must not answer for one ref with what they have of another. */
    private void vary(HttpServletResponse response) {
        if (sources.header() != null) {
            response.addHeader("Vary", sources.header());
        }
        if (sources.sessionAttribute() != null) {
            response.addHeader("Vary", "Cookie");
        }
    }

    private void serveIfPermitted(Ref ref, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        if (authorizer.permits(request, ref)) {
            serveIfKnown(ref, request, response, chain);
        } else {
            Problem.forbidden("this caller may not see `" + ref + "`").writeTo(response);
        }
    }

    private void serveIfKnown(Ref ref, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        Optional<Lsn> lsn;
        try {
            lsn = argon.resolve(ref);
        } catch (UnknownRefException e) {
            Problem.unknown(unknown(ref, e)).writeTo(response);
            return;
        }
        describe(ref, lsn, response);
        request.setAttribute(GRANTED, ref);
        serveOn(ref, request, response, chain);
    }

    /** The database's own message names branches that come near, which this caller may not see. */
    private String unknown(Ref ref, UnknownRefException e) {
        if (ref instanceof Ref.Tag tag) {
            return "there is no tag `" + tag.name() + "`";
        }
        String branch = branchOf(ref);
        return argon.findBranch(branch).isPresent()
                ? String.valueOf(e.getMessage())
                : "there is no branch `" + branch + "`";
    }

    private static String branchOf(Ref ref) {
        if (ref instanceof Ref.AtLsn moment) {
            return moment.branch();
        }
        return ref instanceof Ref.AtTime moment ? moment.branch() : ref.toString();
    }

    private void describe(Ref ref, Optional<Lsn> lsn, HttpServletResponse response) {
        if (sources.header() != null) {
            response.setHeader(sources.header(), RefSources.encoded(ref.toString()));
        }
        lsn.ifPresent(value -> response.setHeader(LSN_HEADER, value.toString()));
    }

    private static void serveOn(
            @Nullable Ref ref, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws IOException, ServletException {
        BranchScope scope = ref == null ? asBefore() : BranchScope.enter(ref);
        try {
            chain.doFilter(request, response);
        } catch (ServletException | RuntimeException e) {
            ArgonException own = ArgonException.behind(e).orElse(null);
            if (!(own instanceof ReadOnlyException) || ref == null || !ref.isPast() || response.isCommitted()) {
                throw e;
            }
            response.resetBuffer();
            Problem.readOnly(String.valueOf(own.getMessage())).writeTo(response);
        } finally {
            scope.unwind();
        }
    }

    /** A thread of a server is in no scope; that of a test with a mocked server may be. Either way nothing is left open in it. */
    private static BranchScope asBefore() {
        return BranchScope.find().map(BranchScope::enter).orElseGet(BranchScope::outside);
    }
}
