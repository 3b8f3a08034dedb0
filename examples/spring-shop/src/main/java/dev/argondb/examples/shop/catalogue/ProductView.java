package dev.argondb.examples.shop.catalogue;

import java.math.BigDecimal;

/** A product as pages and REST show it. */
public record ProductView(
        long id,
        String sku,
        String name,
        String description,
        String category,
        BigDecimal price,
        int stock,
        long version) {

    static ProductView of(Product product) {
        return new ProductView(
                product.getId(),
                product.getSku(),
                product.getName(),
                product.getDescription(),
                product.getCategory().getName(),
                product.getPrice(),
                product.getStock(),
                product.getVersion());
    }
}
