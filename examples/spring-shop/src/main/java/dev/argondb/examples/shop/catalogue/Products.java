package dev.argondb.examples.shop.catalogue;

import dev.argondb.spring.data.ArgonRepository;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.data.jpa.repository.EntityGraph;
import org.springframework.data.jpa.repository.JpaRepository;
import org.springframework.data.jpa.repository.Query;

/** What is sold, on the ref that the caller is on; with its history. */
public interface Products extends JpaRepository<Product, Long>, ArgonRepository<Product, Long> {

    @EntityGraph(attributePaths = "category")
    @Query(
            """
            select p from Product p
            where (:category is null or p.category.id = :category)
            and (lower(p.name) like lower(concat('%', :text, '%')) or lower(p.description) like lower(concat('%', :text, '%')))
            order by p.category.name, p.name
            """)
    List<Product> search(@Nullable Long category, String text);

    @EntityGraph(attributePaths = "category")
    Optional<Product> findWithCategoryById(long id);

    Optional<Product> findBySku(String sku);

    List<Product> findByCategoryId(long categoryId);
}
