package dev.argondb.spring.test;

import dev.argondb.spring.shop.Product;
import dev.argondb.spring.shop.Products;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Products over HTTP. Not nested in the application, which would find it twice. */
@RestController
class ProductController {

    private final Products products;

    ProductController(Products products) {
        this.products = products;
    }

    @GetMapping("/count")
    long count() {
        return products.count();
    }

    @GetMapping("/count-later")
    Callable<Long> countLater() {
        return products::count;
    }

    @PostMapping("/products")
    long add(@RequestParam String name) {
        return Objects.requireNonNull(products.save(new Product(name, 1)).getId());
    }
}
