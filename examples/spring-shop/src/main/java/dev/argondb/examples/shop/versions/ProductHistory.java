package dev.argondb.examples.shop.versions;

import dev.argondb.Operation;
import dev.argondb.examples.shop.catalogue.Category;
import dev.argondb.examples.shop.catalogue.Product;
import dev.argondb.examples.shop.catalogue.Products;
import dev.argondb.spring.data.EntityChange;
import java.util.List;
import java.util.Optional;
import org.springframework.beans.PropertyAccessorFactory;
import org.springframework.stereotype.Service;

/** Who changed what about a product, when and why, on the ref that the caller is on. */
@Service
public class ProductHistory {

    private final Products products;

    ProductHistory(Products products) {
        this.products = products;
    }

    /** One change. */
    public record Change(
            long lsn, String time, String author, String message, String kind, List<ChangeView.FieldView> fields) {}

    /** Returns the changes of a product, newest first. */
    public List<Change> of(long productId) {
        return products.history(productId).map(ProductHistory::change).toList();
    }

    private static Change change(EntityChange<Product, Long> change) {
        return new Change(
                change.lsn().value(),
                View.text(change.time()),
                change.author(),
                change.message(),
                ChangeView.kind(change.operation()),
                change.operation() == Operation.UPDATE ? fields(change) : List.of());
    }

    private static List<ChangeView.FieldView> fields(EntityChange<Product, Long> change) {
        Optional<Product> before = change.before();
        Optional<Product> after = change.entity();
        return change.attributes().stream()
                .map(attribute -> new ChangeView.FieldView(attribute, text(before, attribute), text(after, attribute)))
                .toList();
    }

    private static String text(Optional<Product> product, String attribute) {
        return product.map(entity ->
                        PropertyAccessorFactory.forBeanPropertyAccess(entity).getPropertyValue(attribute))
                .map(value -> value instanceof Category category ? category.getName() : ValueText.of(value))
                .orElse("");
    }
}
