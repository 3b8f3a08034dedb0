package dev.argondb.spring.test;

import dev.argondb.Argon;
import dev.argondb.BranchScope;
import dev.argondb.Ref;
import dev.argondb.UnknownRefException;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.http.MediaType;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Serves a request that a test sent within the scope of the test's branch: its asynchronous and error dispatches as well. 403 for a
 * header that no test of this context sent, 410 for one of a test that has ended.
 *
 * <p>Thread-safe.
 */
final class TestBranchFilter extends OncePerRequestFilter {

    private final TestBranchHeader header;
    private final ObjectProvider<Argon> argon;

    TestBranchFilter(TestBranchHeader header, ObjectProvider<Argon> argon) {
        this.header = header;
        this.argon = argon;
    }

    @Override
    protected boolean shouldNotFilterAsyncDispatch() {
        return false;
    }

    @Override
    protected boolean shouldNotFilterErrorDispatch() {
        return false;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        String value = request.getHeader(TestBranchHeader.NAME);
        if (value == null) {
            chain.doFilter(request, response);
            return;
        }
        Optional<Ref> ref = header.parse(value);
        if (ref.isEmpty()) {
            refuse(
                    response,
                    HttpServletResponse.SC_FORBIDDEN,
                    "header `" + TestBranchHeader.NAME
                            + "` is of no test of this application; it is for its tests alone");
        } else if (!isAlive(ref.get())) {
            refuse(
                    response,
                    HttpServletResponse.SC_GONE,
                    "`" + ref.get() + "` is gone with its test; let a test wait for the requests it sends");
        } else {
            serve(ref.get(), request, response, chain);
        }
    }

    private static void serve(Ref ref, HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        try (BranchScope scope = BranchScope.enter(ref)) {
            chain.doFilter(request, response);
        }
    }

    private boolean isAlive(Ref ref) {
        try {
            argon.getObject().resolve(ref);
            return true;
        } catch (UnknownRefException e) {
            return false;
        }
    }

    private static void refuse(HttpServletResponse response, int status, String why) throws IOException {
        response.setStatus(status);
        response.setContentType(MediaType.TEXT_PLAIN_VALUE);
        response.setCharacterEncoding(StandardCharsets.UTF_8.name());
        response.getWriter().println(why);
    }
}
