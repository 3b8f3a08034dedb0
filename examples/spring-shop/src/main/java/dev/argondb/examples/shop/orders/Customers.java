package dev.argondb.examples.shop.orders;

import java.util.List;
import org.springframework.data.jpa.repository.JpaRepository;

/** Who buys. */
public interface Customers extends JpaRepository<Customer, Long> {

    List<Customer> findAllByOrderByName();
}
