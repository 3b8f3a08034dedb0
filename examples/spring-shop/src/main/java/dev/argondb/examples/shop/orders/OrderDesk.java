package dev.argondb.examples.shop.orders;

import dev.argondb.examples.shop.catalogue.Product;
import dev.argondb.examples.shop.catalogue.Products;
import dev.argondb.examples.shop.catalogue.UnknownProductException;
import dev.argondb.spring.CommitMessage;
import java.math.BigDecimal;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Takes orders. */
@Service
@Transactional(readOnly = true)
public class OrderDesk {

    private final PurchaseOrders orders;
    private final Customers customers;
    private final Products products;
    private final Clock clock;

    OrderDesk(PurchaseOrders orders, Customers customers, Products products, Clock clock) {
        this.orders = orders;
        this.customers = customers;
        this.products = products;
        this.clock = clock;
    }

    public record LineView(String product, int quantity, BigDecimal unitPrice, BigDecimal total) {}

    public record OrderView(long id, String customer, Instant placedAt, List<LineView> lines, BigDecimal total) {

        static OrderView of(PurchaseOrder order) {
            List<LineView> lines = order.getLines().stream()
                    .map(line -> new LineView(
                            line.getProduct().getName(), line.getQuantity(), line.getUnitPrice(), line.total()))
                    .toList();
            return new OrderView(
                    order.getId(), order.getCustomer().getName(), order.getPlacedAt(), lines, order.total());
        }
    }

    public record CustomerView(long id, String name) {}

    public List<OrderView> orders() {
        return orders.findAllByOrderByIdDesc().stream().map(OrderView::of).toList();
    }

    public List<CustomerView> customers() {
        return customers.findAllByOrderByName().stream()
                .map(customer -> new CustomerView(customer.getId(), customer.getName()))
                .toList();
    }

    /** Places an order of one product, once for each form, and returns its number. */
    @Transactional
    @CommitMessage("An order from the shop")
    public long place(UUID formKey, long customerId, long productId, int quantity) {
        return orders.findByFormKey(formKey)
                .orElseGet(() -> placeNew(formKey, customerId, productId, quantity))
                .getId();
    }

    private PurchaseOrder placeNew(UUID formKey, long customerId, long productId, int quantity) {
        Customer customer = customers
                .findById(customerId)
                .orElseThrow(() -> new IllegalArgumentException("There is no customer " + customerId + " here."));
        Product product = products.findById(productId).orElseThrow(() -> new UnknownProductException(productId));
        PurchaseOrder order = new PurchaseOrder(customer, formKey, clock.instant());
        order.add(product, quantity);
        return orders.saveAndFlush(order);
    }
}
