package dev.argondb.examples.shop.orders;

import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.springframework.data.jpa.repository.EntityGraph;
import org.springframework.data.jpa.repository.JpaRepository;

/** What was bought. */
public interface PurchaseOrders extends JpaRepository<PurchaseOrder, Long> {

    @EntityGraph(attributePaths = {"customer", "lines.product"})
    List<PurchaseOrder> findAllByOrderByIdDesc();

    Optional<PurchaseOrder> findByFormKey(UUID formKey);
}
