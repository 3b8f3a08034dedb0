package dev.argondb.examples.shop.web;

import dev.argondb.BranchScope;
import dev.argondb.Ref;
import dev.argondb.examples.shop.versions.ShopBranches;
import dev.argondb.examples.shop.versions.Shopper;
import dev.argondb.examples.shop.versions.View;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.util.Optional;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ModelAttribute;

/** What is at the top of every page: who looks, and at what. */
@ControllerAdvice(assignableTypes = {ShopPages.class, VersionPages.class})
class PageFrame {

    private final ShopBranches branches;

    PageFrame(ShopBranches branches) {
        this.branches = branches;
    }

    @ModelAttribute
    void frame(HttpServletRequest request, Model model) {
        fill(request, model);
    }

    void fill(HttpServletRequest request, Model model) {
        Shopper shopper = Shopper.of(request);
        View view = View.of(BranchScope.find().orElseGet(() -> chosen(request)));
        model.addAttribute("shopper", shopper);
        model.addAttribute("shoppers", Shopper.ALL);
        model.addAttribute("view", view);
        model.addAttribute("branchNames", branches.names(shopper));
        model.addAttribute("here", request.getRequestURI());
        takeNotice(request).ifPresent(notice -> model.addAttribute("notice", notice));
    }

    /** Pages about versions are in no scope; they show what the shop's pages would. */
    private static Ref chosen(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        Object view = session == null ? null : session.getAttribute(View.SESSION_ATTRIBUTE);
        return view == null ? Ref.Head.MAIN : Ref.parse(view.toString());
    }

    private static Optional<Object> takeNotice(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        Optional<Object> notice = Optional.ofNullable(session == null ? null : session.getAttribute(RefRepair.NOTICE));
        notice.ifPresent(taken -> request.getSession().removeAttribute(RefRepair.NOTICE));
        return notice;
    }
}
