package dev.argondb.examples.shop.web;

import dev.argondb.ArgonException;
import dev.argondb.Commit;
import dev.argondb.Ref;
import dev.argondb.examples.shop.versions.Comparison;
import dev.argondb.examples.shop.versions.MergeDesk;
import dev.argondb.examples.shop.versions.MovedOnException;
import dev.argondb.examples.shop.versions.ShopBranches;
import dev.argondb.examples.shop.versions.Shopper;
import dev.argondb.examples.shop.versions.View;
import jakarta.servlet.http.HttpServletRequest;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Branches, the past, comparing and merging. These requests are in no scope: each names its branches. */
@Controller
class VersionPages {

    private final ShopBranches branches;
    private final Comparison comparison;
    private final MergeDesk merges;

    VersionPages(ShopBranches branches, Comparison comparison, MergeDesk merges) {
        this.branches = branches;
        this.comparison = comparison;
        this.merges = merges;
    }

    @GetMapping("/")
    String start() {
        return "redirect:/shop";
    }

    @PostMapping("/user")
    String user(@RequestParam String name, HttpServletRequest request) {
        request.getSession()
                .setAttribute(Shopper.SESSION_ATTRIBUTE, Shopper.named(name).name());
        return "redirect:/shop";
    }

    /** What the visitor sees from now on. */
    @PostMapping("/view")
    String view(
            @RequestParam(defaultValue = "main") String branch,
            @RequestParam(defaultValue = "") String moment,
            HttpServletRequest request,
            RedirectAttributes next) {
        try {
            View view = branches.choose(Shopper.of(request), branch.strip(), moment.strip());
            request.getSession()
                    .setAttribute(
                            View.SESSION_ATTRIBUTE,
                            view.isMain() ? null : view.ref().toString());
        } catch (ArgonException | IllegalArgumentException e) {
            next.addFlashAttribute("problem", e.getMessage());
        }
        return "redirect:/shop";
    }

    @GetMapping("/branches")
    String branches(HttpServletRequest request, Model model) {
        model.addAttribute("branches", branches.list(Shopper.of(request)));
        return "branches";
    }

    @PostMapping("/branches")
    String create(
            @RequestParam String name, @RequestParam String from, HttpServletRequest request, RedirectAttributes next) {
        try {
            branches.create(Shopper.of(request), name, from);
            request.getSession().setAttribute(View.SESSION_ATTRIBUTE, name.strip());
            next.addFlashAttribute("notice", "`" + name.strip() + "` is there, and what you see from now on.");
        } catch (ArgonException | IllegalArgumentException e) {
            next.addFlashAttribute("problem", e.getMessage());
            next.addFlashAttribute("typedName", name);
        }
        return "redirect:/branches";
    }

    @PostMapping("/branches/delete")
    String delete(@RequestParam String name, HttpServletRequest request, RedirectAttributes next) {
        try {
            branches.delete(Shopper.of(request), name);
            next.addFlashAttribute("notice", "`" + name + "` is deleted.");
        } catch (ArgonException | IllegalArgumentException e) {
            next.addFlashAttribute("problem", e.getMessage());
        }
        return "redirect:/branches";
    }

    @GetMapping("/compare")
    String compare(
            @RequestParam(defaultValue = "main") String from,
            @RequestParam(defaultValue = "") String to,
            HttpServletRequest request,
            Model model) {
        model.addAttribute("from", from);
        model.addAttribute("to", to);
        if (!to.isEmpty()) {
            try {
                model.addAttribute("changes", comparison.changes(visible(request, from), visible(request, to)));
            } catch (ArgonException | IllegalArgumentException e) {
                model.addAttribute("problem", e.getMessage());
            }
        }
        return "compare";
    }

    @GetMapping("/merge")
    String merge(
            @RequestParam(defaultValue = "") String source,
            @RequestParam(defaultValue = "main") String target,
            HttpServletRequest request,
            Model model) {
        return propose(source, target, Map.of(), request, model);
    }

    @PostMapping("/merge")
    String merge(
            @RequestParam String source,
            @RequestParam String target,
            @RequestParam String stamp,
            HttpServletRequest request,
            Model model,
            RedirectAttributes next) {
        Shopper shopper = Shopper.of(request);
        shopper.requireStaff();
        Map<String, MergeDesk.Decision> decisions = decisions(request);
        try {
            visible(request, source);
            visible(request, target);
            if (!merges.propose(source, target, decisions).isDecided()) {
                model.addAttribute("problem", "Some conflicts are not decided yet. Nothing was merged.");
                return propose(source, target, decisions, request, model);
            }
            Optional<Commit> commit = merges.merge(source, target, stamp, decisions, shopper.name());
            next.addFlashAttribute("notice", merged(source, target, commit));
            return "redirect:/branches";
        } catch (ArgonException | MovedOnException | IllegalArgumentException e) {
            model.addAttribute("problem", e.getMessage());
            return propose(source, target, Map.of(), request, model);
        }
    }

    private static String merged(String source, String target, Optional<Commit> commit) {
        return commit.map(made -> "`" + source + "` is merged into `" + target + "`, as LSN " + made.lsn() + ".")
                .orElse("`" + target + "` has all of `" + source + "` already; there was nothing to merge.");
    }

    private String propose(
            String source,
            String target,
            Map<String, MergeDesk.Decision> decisions,
            HttpServletRequest request,
            Model model) {
        model.addAttribute("source", source);
        model.addAttribute("target", target);
        if (!source.isEmpty()) {
            try {
                visible(request, source);
                visible(request, target);
                model.addAttribute("proposal", merges.propose(source, target, decisions));
            } catch (ArgonException | IllegalArgumentException e) {
                model.addAttribute("problem", e.getMessage());
            }
        }
        return "merge";
    }

    /** The form sends of each conflict its id, a choice and a value, numbered. */
    private static Map<String, MergeDesk.Decision> decisions(HttpServletRequest request) {
        Map<String, MergeDesk.Decision> decisions = new LinkedHashMap<>();
        for (int i = 0; request.getParameter("id" + i) != null; i++) {
            String choice = request.getParameter("choice" + i);
            if (choice != null) {
                String value = Objects.requireNonNullElse(request.getParameter("value" + i), "");
                decisions.put(request.getParameter("id" + i), new MergeDesk.Decision(choice, value));
            }
        }
        return decisions;
    }

    private Ref visible(HttpServletRequest request, String ref) {
        return branches.visibleRef(Shopper.of(request), ref);
    }
}
