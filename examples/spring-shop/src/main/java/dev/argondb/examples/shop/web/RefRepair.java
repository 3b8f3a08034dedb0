package dev.argondb.examples.shop.web;

import dev.argondb.examples.shop.versions.ShopBranches;
import dev.argondb.examples.shop.versions.Shopper;
import dev.argondb.examples.shop.versions.View;
import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Forgets the view of a session that can no longer be shown, before Argon's filter refuses the request: its branch was deleted or
 * reset meanwhile, or the visitor is not staff any more.
 */
@Component
@Order(RefRepair.BEFORE_ARGON)
class RefRepair extends OncePerRequestFilter {

    static final int BEFORE_ARGON = -60;

    /** The session attribute with what the next page has to say. */
    static final String NOTICE = "notice";

    private final ShopBranches branches;

    RefRepair(ShopBranches branches) {
        this.branches = branches;
    }

    @Override
    protected void doFilterInternal(HttpServletRequest request, HttpServletResponse response, FilterChain chain)
            throws ServletException, IOException {
        HttpSession session = request.getSession(false);
        Object view = session == null ? null : session.getAttribute(View.SESSION_ATTRIBUTE);
        if (session != null && view != null && !branches.canSee(Shopper.of(request), view.toString())) {
            session.removeAttribute(View.SESSION_ATTRIBUTE);
            session.setAttribute(NOTICE, "`" + view + "` cannot be shown any more. This is `main`.");
        }
        chain.doFilter(request, response);
    }
}
