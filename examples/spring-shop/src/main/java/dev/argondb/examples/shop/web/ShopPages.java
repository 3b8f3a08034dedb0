package dev.argondb.examples.shop.web;

import dev.argondb.BranchScope;
import dev.argondb.Ref;
import dev.argondb.examples.shop.catalogue.Catalogue;
import dev.argondb.examples.shop.catalogue.OutOfStockException;
import dev.argondb.examples.shop.catalogue.ProductView;
import dev.argondb.examples.shop.catalogue.StaleProductException;
import dev.argondb.examples.shop.orders.OrderDesk;
import dev.argondb.examples.shop.versions.PastViewException;
import dev.argondb.examples.shop.versions.ProductHistory;
import dev.argondb.examples.shop.versions.Shopper;
import dev.argondb.examples.shop.versions.View;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMax;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.Digits;
import jakarta.validation.constraints.Max;
import jakarta.validation.constraints.Min;
import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.NotNull;
import jakarta.validation.constraints.Size;
import java.math.BigDecimal;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.springframework.dao.OptimisticLockingFailureException;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.validation.BindingResult;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.ModelAttribute;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** The shop itself. Its requests are in the scope of the visitor's view; nothing here says a branch. */
@Controller
@RequestMapping("/shop")
class ShopPages {

    private final Catalogue catalogue;
    private final OrderDesk desk;
    private final ProductHistory history;

    ShopPages(Catalogue catalogue, OrderDesk desk, ProductHistory history) {
        this.catalogue = catalogue;
        this.desk = desk;
        this.history = history;
    }

    /** What staff may change about a product. */
    record ProductForm(
            @NotBlank @Size(max = 120) String name,
            @NotBlank @Size(max = 600) String description,

            @NotNull @DecimalMin("0.01") @DecimalMax("99999.99") @Digits(integer = 5, fraction = 2)
            BigDecimal price,

            long version,
            String reason) {

        static ProductForm of(ProductView product) {
            return new ProductForm(product.name(), product.description(), product.price(), product.version(), "");
        }
    }

    record OrderForm(
            @NotNull Long customer,
            @NotNull @Min(1) @Max(99) Integer quantity,
            @NotNull UUID key) {}

    record RepriceForm(
            @NotNull Long category,
            @NotNull @Min(-90) @Max(300) Integer percent,
            String reason) {}

    @GetMapping
    String products(@RequestParam @Nullable Long category, @RequestParam(defaultValue = "") String q, Model model) {
        model.addAttribute("products", catalogue.search(category, q.strip()));
        model.addAttribute("categories", catalogue.categories());
        model.addAttribute("category", category);
        model.addAttribute("q", q);
        return "products";
    }

    @GetMapping("/products/{id}")
    String product(@PathVariable long id, Model model) {
        return show(id, ProductForm.of(catalogue.find(id)), model);
    }

    private String show(long id, ProductForm form, Model model) {
        if (!model.containsAttribute("form")) {
            model.addAttribute("form", form);
        }
        model.addAttribute("product", catalogue.find(id));
        model.addAttribute("history", history.of(id));
        model.addAttribute("customers", desk.customers());
        model.addAttribute("orderKey", UUID.randomUUID());
        return "product";
    }

    @PostMapping("/products/{id}")
    String change(
            @PathVariable long id,
            @Valid @ModelAttribute("form") ProductForm form,
            BindingResult problems,
            HttpServletRequest request,
            Model model,
            RedirectAttributes next) {
        Shopper.of(request).requireStaff();
        requirePresent();
        if (problems.hasErrors()) {
            return show(id, form, model);
        }
        try {
            catalogue.change(
                    id, form.version(), form.name().strip(), form.description().strip(), form.price());
        } catch (StaleProductException | OptimisticLockingFailureException e) {
            model.addAttribute("problem", e.getMessage());
            return show(id, form, model);
        }
        next.addFlashAttribute("notice", "Saved on `" + BranchScope.current() + "`.");
        return "redirect:/shop/products/{id}";
    }

    @PostMapping("/products/{id}/order")
    String order(
            @PathVariable long id,
            @Valid @ModelAttribute("order") OrderForm form,
            BindingResult problems,
            Model model,
            RedirectAttributes next) {
        requirePresent();
        if (problems.hasErrors()) {
            model.addAttribute("problem", "Choose a customer, and a quantity from 1 to 99.");
            return show(id, ProductForm.of(catalogue.find(id)), model);
        }
        try {
            long order = desk.place(form.key(), form.customer(), id, form.quantity());
            next.addFlashAttribute("notice", "Order " + order + " is placed on `" + BranchScope.current() + "`.");
            return "redirect:/shop/orders";
        } catch (OutOfStockException | IllegalArgumentException e) {
            model.addAttribute("problem", e.getMessage());
            return show(id, ProductForm.of(catalogue.find(id)), model);
        }
    }

    @PostMapping("/reprice")
    String reprice(
            @Valid @ModelAttribute("reprice") RepriceForm form,
            BindingResult problems,
            HttpServletRequest request,
            RedirectAttributes next) {
        Shopper.of(request).requireStaff();
        requirePresent();
        if (problems.hasErrors()) {
            next.addFlashAttribute("problem", "Choose a category, and a change from -90 to 300 percent.");
        } else {
            int changed = catalogue.reprice(form.category(), form.percent());
            next.addFlashAttribute(
                    "notice",
                    changed + " prices are changed by " + form.percent() + " % on `" + BranchScope.current() + "`.");
        }
        return "redirect:/shop";
    }

    /** A form may have been open while its visitor went to the past. Refused here, before anything is read for nothing. */
    private static void requirePresent() {
        Ref ref = BranchScope.current();
        if (ref.isPast()) {
            throw new PastViewException(View.of(ref).label());
        }
    }

    @GetMapping("/orders")
    String orders(Model model) {
        model.addAttribute("orders", desk.orders());
        return "orders";
    }
}
