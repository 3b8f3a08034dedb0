package dev.argondb.benchmarks.shop;

import jakarta.persistence.EntityManager;
import jakarta.persistence.EntityManagerFactory;
import java.math.BigDecimal;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Function;

/**
 * The program that {@code jpa-workload} measures: an ordinary Hibernate application, part by part.
 *
 * <p>Every part returns a figure that depends on all it read, so that two databases can be compared in their answers
 * too. The same seed gives the same calls. Confined to one thread.
 */
public final class Shop {

    /** The entities. */
    public static final List<Class<?>> ENTITIES =
            List.of(Customer.class, Product.class, PurchaseOrder.class, OrderLine.class);

    private static final String[] COUNTRIES = {"DE", "FR", "NO", "BR", "IN", "US", "JP", "CZ"};
    private static final int CATEGORIES = 20;
    private static final LocalDateTime FIRST_DAY = LocalDateTime.of(2026, 1, 1, 8, 0);

    private EntityManagerFactory factory;
    private final Size size;
    private final SplittableRandom random;
    private final List<Long> customers = new ArrayList<>();
    private final List<Long> products = new ArrayList<>();
    private final List<Long> orders = new ArrayList<>();

    /**
     * How much each part does.
     *
     * @param orders orders inserted, with three lines each; there are half as many customers, a quarter as many products
     * @param finds entities found by id
     * @param queries JPQL queries that give a handful of rows by an index
     * @param reports JPQL queries that join and group all lines
     * @param updates orders changed through the persistence context
     * @param bulkUpdates bulk JPQL updates of one category of products each
     * @param transactions transactions that find, change and insert one row each
     */
    public record Size(
            int orders, int finds, int queries, int reports, int updates, int bulkUpdates, int transactions) {

        /** Returns the same program, this many times longer. */
        public Size times(int factor) {
            return new Size(
                    orders * factor,
                    finds * factor,
                    queries * factor,
                    reports * factor,
                    updates * factor,
                    bulkUpdates * factor,
                    transactions * factor);
        }
    }

    /** One part of the program. */
    public enum Part {
        INSERT("insert", Shop::insert),
        FIND("find", Shop::find),
        QUERY("query", Shop::query),
        JOIN_GROUP("join + group", Shop::joinAndGroup),
        UPDATE("update", Shop::update),
        BULK_UPDATE("bulk update", Shop::bulkUpdate),
        SMALL_TRANSACTIONS("small transactions", Shop::smallTransactions);

        private final String label;
        private final Function<Shop, Long> body;

        Part(String label, Function<Shop, Long> body) {
            this.label = label;
            this.body = body;
        }

        /** Returns what the table calls it. */
        public String label() {
            return label;
        }
    }

    /** Makes a run of the program over an empty schema. */
    public Shop(EntityManagerFactory factory, Size size, long seed) {
        this.factory = factory;
        this.size = size;
        this.random = new SplittableRandom(seed);
    }

    /** Goes on over another factory of the same database, which was closed and opened again. */
    public void reopened(EntityManagerFactory other) {
        this.factory = other;
    }

    /** Reads every row once, and returns a figure that depends on all of them. */
    public long readAll() {
        return inTransaction(entities -> ENTITIES.stream()
                .mapToLong(entity -> entities.createQuery("select e from " + entity.getSimpleName() + " e", entity)
                        .getResultList()
                        .size())
                .sum());
    }

    /** Runs one part; the parts run in the order of the enum. */
    public long run(Part part) {
        return part.body.apply(this);
    }

    private long insert() {
        insertCatalog();
        for (int first = 0; first < size.orders(); first += 50) {
            int from = first;
            inTransaction(entities -> insertOrders(entities, from, Math.min(from + 50, size.orders())));
        }
        return (long) orders.size() + customers.size() + products.size();
    }

    private void insertCatalog() {
        inTransaction(entities -> {
            for (int i = 0; i < size.orders() / 2; i++) {
                Customer customer = new Customer("Customer " + i, "c" + i + "@example.org", COUNTRIES[i % 8]);
                entities.persist(customer);
                customers.add(customer.getId());
            }
            return 0L;
        });
        inTransaction(entities -> {
            for (int i = 0; i < size.orders() / 4; i++) {
                Product product = new Product("Product " + i, i % CATEGORIES, BigDecimal.valueOf(100 + i, 2));
                entities.persist(product);
                products.add(product.getId());
            }
            return 0L;
        });
    }

    private long insertOrders(EntityManager entities, int from, int to) {
        for (int i = from; i < to; i++) {
            Customer customer = entities.getReference(Customer.class, pick(customers));
            PurchaseOrder order = new PurchaseOrder(customer, FIRST_DAY.plusMinutes(i));
            for (int line = 0; line < 3; line++) {
                order.add(entities.find(Product.class, pick(products)), 1 + line);
            }
            entities.persist(order);
            orders.add(order.getId());
        }
        return 0;
    }

    private long find() {
        long sum = 0;
        for (int done = 0; done < size.finds(); done += 50) {
            sum += inTransaction(this::findFifty);
        }
        return sum;
    }

    private long findFifty(EntityManager entities) {
        long sum = 0;
        for (int i = 0; i < 25; i++) {
            sum += entities.find(Customer.class, pick(customers)).getName().length();
            sum += entities.find(PurchaseOrder.class, pick(orders)).getId();
        }
        return sum;
    }

    private long query() {
        long sum = 0;
        for (int done = 0; done < size.queries(); done += 10) {
            sum += inTransaction(this::queryTen);
        }
        return sum;
    }

    private long queryTen(EntityManager entities) {
        long sum = 0;
        for (int i = 0; i < 5; i++) {
            sum += entities.createQuery("select c from Customer c where c.email = :email", Customer.class)
                    .setParameter("email", "c" + random.nextInt(customers.size()) + "@example.org")
                    .getSingleResult()
                    .getId();
            for (OrderLine line : entities.createQuery(
                            "select l from OrderLine l join fetch l.product where l.order.customer.id = :customer"
                                    + " order by l.id",
                            OrderLine.class)
                    .setParameter("customer", pick(customers))
                    .getResultList()) {
                sum += line.getId()
                        + line.getQuantity()
                        + line.getUnitPrice().unscaledValue().longValue();
            }
        }
        return sum;
    }

    private long joinAndGroup() {
        long sum = 0;
        for (int done = 0; done < size.reports(); done++) {
            sum += inTransaction(this::report);
        }
        return sum;
    }

    private long report(EntityManager entities) {
        long sum = 0;
        for (Object[] row : entities.createQuery(
                        "select c.country, count(distinct o.id), sum(l.quantity * l.unitPrice) from OrderLine l"
                                + " join l.order o join o.customer c join l.product p where p.category < :categories"
                                + " group by c.country order by c.country",
                        Object[].class)
                .setParameter("categories", 1 + random.nextInt(CATEGORIES)) // H2 answers a repeated query from memory
                .getResultList()) {
            sum += (Long) row[1] + ((BigDecimal) row[2]).unscaledValue().longValue();
        }
        return sum;
    }

    private long update() {
        long sum = 0;
        for (int done = 0; done < size.updates(); done += 50) {
            sum += inTransaction(this::updateFifty);
        }
        return sum;
    }

    private long updateFifty(EntityManager entities) {
        long first = pick(orders);
        List<PurchaseOrder> page = entities.createQuery(
                        "select o from PurchaseOrder o where o.id >= :first order by o.id", PurchaseOrder.class)
                .setParameter("first", first)
                .setMaxResults(50)
                .getResultList();
        String status = "S" + random.nextInt(1000);
        page.forEach(order -> order.setStatus(status));
        return page.size();
    }

    private long bulkUpdate() {
        long sum = 0;
        for (int done = 0; done < size.bulkUpdates(); done++) {
            sum += inTransaction(entities -> (long)
                    entities.createQuery("update Product p set p.stock = p.stock + :more where p.category = :category")
                            .setParameter("more", 5)
                            .setParameter("category", random.nextInt(CATEGORIES))
                            .executeUpdate());
            sum += inTransaction(entities -> (long) entities.createQuery(
                            "update Customer c set c.points = c.points + 1" + " where c.country = :country")
                    .setParameter("country", COUNTRIES[random.nextInt(8)])
                    .executeUpdate());
        }
        return sum;
    }

    private long smallTransactions() {
        long sum = 0;
        for (int done = 0; done < size.transactions(); done++) {
            sum += inTransaction(this::buyOne);
        }
        return sum;
    }

    private long buyOne(EntityManager entities) {
        Customer customer = entities.find(Customer.class, pick(customers));
        Product product = entities.find(Product.class, pick(products));
        PurchaseOrder order = new PurchaseOrder(customer, FIRST_DAY);
        order.add(product, 1);
        product.take(1);
        customer.earn(3);
        entities.persist(order);
        return customer.getPoints();
    }

    private long pick(List<Long> ids) {
        return ids.get(random.nextInt(ids.size()));
    }

    private long inTransaction(Function<EntityManager, Long> work) {
        return factory.callInTransaction(work);
    }
}
