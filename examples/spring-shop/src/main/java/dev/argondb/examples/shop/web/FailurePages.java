package dev.argondb.examples.shop.web;

import dev.argondb.examples.shop.catalogue.UnknownProductException;
import dev.argondb.examples.shop.versions.PastViewException;
import dev.argondb.examples.shop.versions.StaffOnlyException;
import jakarta.servlet.http.HttpServletRequest;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.ui.ExtendedModelMap;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.servlet.ModelAndView;

/** What went wrong, as a page. */
@ControllerAdvice(assignableTypes = {ShopPages.class, VersionPages.class})
class FailurePages {

    private final PageFrame frame;

    FailurePages(PageFrame frame) {
        this.frame = frame;
    }

    @ExceptionHandler
    ModelAndView unknown(UnknownProductException e, HttpServletRequest request) {
        return page(HttpStatus.NOT_FOUND, "Not here", e.getMessage(), request);
    }

    @ExceptionHandler
    ModelAndView staffOnly(StaffOnlyException e, HttpServletRequest request) {
        return page(HttpStatus.FORBIDDEN, "Staff only", e.getMessage(), request);
    }

    @ExceptionHandler
    ModelAndView past(PastViewException e, HttpServletRequest request) {
        return page(HttpStatus.CONFLICT, "Not saved", e.getMessage(), request);
    }

    /** Such as two visitors who order the last piece at once. */
    @ExceptionHandler
    ModelAndView refused(DataAccessException e, HttpServletRequest request) {
        return page(HttpStatus.CONFLICT, "Not saved", e.getMostSpecificCause().getMessage(), request);
    }

    private ModelAndView page(HttpStatus status, String title, @Nullable String text, HttpServletRequest request) {
        ExtendedModelMap model = new ExtendedModelMap();
        frame.fill(request, model);
        model.addAttribute("title", title);
        model.addAttribute("text", text);
        return new ModelAndView("failure", model, status);
    }
}
