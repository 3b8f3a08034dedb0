package dev.argondb.examples.shop.catalogue;

import java.math.BigDecimal;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Finds and changes products. Nothing here knows of branches: each method works on the ref that its caller is on. */
@Service
@Transactional(readOnly = true)
public class Catalogue {

    private final Products products;
    private final Categories categories;

    Catalogue(Products products, Categories categories) {
        this.products = products;
        this.categories = categories;
    }

    public record CategoryView(long id, String name) {}

    public List<CategoryView> categories() {
        return categories.findAllByOrderByName().stream()
                .map(category -> new CategoryView(category.getId(), category.getName()))
                .toList();
    }

    public List<ProductView> search(@Nullable Long category, String text) {
        return products.search(category, text).stream().map(ProductView::of).toList();
    }

    public ProductView find(long id) {
        return ProductView.of(load(id));
    }

    /** Changes what is said about a product, if it is still what the caller saw. */
    @Transactional
    public ProductView change(long id, long seenVersion, String name, String description, BigDecimal price) {
        Product product = load(id);
        if (product.getVersion() != seenVersion) {
            throw new StaleProductException(product.getName());
        }
        product.setName(name);
        product.setDescription(description);
        product.setPrice(price);
        return ProductView.of(products.saveAndFlush(product));
    }

    /** Makes all prices of a category so many percent higher, or lower, and returns of how many products. */
    @Transactional
    public int reprice(long categoryId, int percent) {
        List<Product> found = products.findByCategoryId(categoryId);
        found.forEach(product -> product.reprice(percent));
        return found.size();
    }

    private Product load(long id) {
        return products.findWithCategoryById(id).orElseThrow(() -> new UnknownProductException(id));
    }
}
