package dev.argondb.spring.shop;

import java.util.List;
import java.util.Optional;
import org.springframework.data.jpa.repository.JpaRepository;

public interface Products extends JpaRepository<Product, Long> {

    Optional<Product> findByName(String name);

    List<Product> findByPriceLessThan(int price);
}
