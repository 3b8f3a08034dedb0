package dev.argondb.examples.shop.web;

import dev.argondb.examples.shop.catalogue.Catalogue;
import dev.argondb.examples.shop.catalogue.ProductView;
import dev.argondb.examples.shop.catalogue.StaleProductException;
import dev.argondb.examples.shop.catalogue.UnknownProductException;
import dev.argondb.examples.shop.versions.ProductHistory;
import dev.argondb.examples.shop.versions.Shopper;
import dev.argondb.examples.shop.versions.StaffOnlyException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.validation.Valid;
import jakarta.validation.constraints.DecimalMin;
import jakarta.validation.constraints.NotNull;
import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PutMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The catalogue for programs; the header {@code Argon-Ref} says of which branch, or of when. */
@RestController
@RequestMapping("/api/products")
class ProductApi {

    private final Catalogue catalogue;
    private final ProductHistory history;

    ProductApi(Catalogue catalogue, ProductHistory history) {
        this.catalogue = catalogue;
        this.history = history;
    }

    record NewPrice(@NotNull @DecimalMin("0.01") BigDecimal price, long version) {}

    @GetMapping
    List<ProductView> products(@RequestParam @Nullable Long category, @RequestParam(defaultValue = "") String q) {
        return catalogue.search(category, q);
    }

    @GetMapping("/{id}")
    ProductView product(@PathVariable long id) {
        return catalogue.find(id);
    }

    @GetMapping("/{id}/history")
    List<ProductHistory.Change> history(@PathVariable long id) {
        return history.of(catalogue.find(id).id());
    }

    @PutMapping("/{id}/price")
    ProductView price(@PathVariable long id, @Valid @RequestBody NewPrice request, HttpServletRequest http) {
        Shopper.of(http).requireStaff();
        ProductView seen = catalogue.find(id);
        return catalogue.change(id, request.version(), seen.name(), seen.description(), request.price());
    }

    @ExceptionHandler
    ProblemDetail unknown(UnknownProductException e) {
        return ProblemDetail.forStatusAndDetail(HttpStatus.NOT_FOUND, e.getMessage());
    }

    @ExceptionHandler
    ProblemDetail stale(StaleProductException e) {
        return ProblemDetail.forStatusAndDetail(HttpStatus.CONFLICT, e.getMessage());
    }

    @ExceptionHandler
    ProblemDetail staffOnly(StaffOnlyException e) {
        return ProblemDetail.forStatusAndDetail(HttpStatus.FORBIDDEN, e.getMessage());
    }
}
