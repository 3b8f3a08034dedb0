package dev.argondb.spring.scope;

import dev.argondb.spring.ArgonBranch;
import dev.argondb.spring.shop.Product;
import java.util.Optional;
import org.springframework.data.jpa.repository.JpaRepository;

/** A repository that is always on one branch. */
@ArgonBranch("sale")
interface SaleProducts extends JpaRepository<Product, Long> {

    Optional<Product> findByName(String name);

    @ArgonBranch("other")
    Optional<Product> findByNameIgnoreCase(String name);
}
