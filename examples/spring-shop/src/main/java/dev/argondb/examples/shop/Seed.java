package dev.argondb.examples.shop;

import dev.argondb.Argon;
import dev.argondb.BranchScope;
import dev.argondb.examples.shop.catalogue.Catalogue;
import dev.argondb.examples.shop.catalogue.Categories;
import dev.argondb.examples.shop.catalogue.Category;
import dev.argondb.examples.shop.catalogue.Product;
import dev.argondb.examples.shop.catalogue.Products;
import dev.argondb.examples.shop.orders.Address;
import dev.argondb.examples.shop.orders.Customer;
import dev.argondb.examples.shop.orders.Customers;
import dev.argondb.examples.shop.orders.OrderDesk;
import dev.argondb.examples.shop.versions.Speech;
import java.math.BigDecimal;
import java.util.UUID;
import org.springframework.boot.ApplicationArguments;
import org.springframework.boot.ApplicationRunner;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/** Fills an empty shop: a catalogue, a few orders, and two branches that have something to compare and to merge. */
@Component
class Seed implements ApplicationRunner {

    private final Argon argon;
    private final Categories categories;
    private final Products products;
    private final Customers customers;
    private final OrderDesk desk;
    private final TransactionTemplate transactions;
    private final Catalogue catalogue;
    private final Speech speech;

    Seed(
            Argon argon,
            Categories categories,
            Products products,
            Customers customers,
            OrderDesk desk,
            TransactionTemplate transactions,
            Catalogue catalogue,
            Speech speech) {
        this.argon = argon;
        this.categories = categories;
        this.products = products;
        this.customers = customers;
        this.desk = desk;
        this.transactions = transactions;
        this.catalogue = catalogue;
        this.speech = speech;
    }

    @Override
    public void run(ApplicationArguments arguments) {
        if (categories.count() == 0) {
            commit(Argon.MAIN, "ann", "The first catalogue", this::fill);
            orders();
            branches();
        }
    }

    private void fill() {
        Category lighting = categories.save(new Category("Lighting"));
        add(lighting, "LI-101", "Harbour desk lamp", "Brass arm, linen cable, warm 2700 K bulb included.", "68.00", 24);
        add(
                lighting,
                "LI-102",
                "Paper pendant, 45 cm",
                "Hand-folded washi shade that softens a bright room.",
                "54.50",
                12);
        add(lighting, "LI-103", "Clip-on reading light", "Charges by USB-C and shines for twenty hours.", "19.90", 80);
        add(lighting, "LI-104", "Storm lantern", "Galvanised steel; burns lamp oil or holds a candle.", "32.00", 30);
        Category kitchen = categories.save(new Category("Kitchen"));
        add(
                kitchen,
                "KI-201",
                "Enamel kettle, 1.5 l",
                "For gas, induction and open fire. Whistles when it boils.",
                "42.00",
                18);
        add(
                kitchen,
                "KI-202",
                "Carbon-steel pan, 28 cm",
                "Takes a patina and lasts longer than its owner.",
                "49.00",
                26);
        add(kitchen, "KI-203", "Maple cutting board", "End grain, oiled, with feet that do not slip.", "58.00", 9);
        add(kitchen, "KI-204", "Stoneware mug", "Holds 30 cl; glazed in sea grey, each one different.", "14.50", 120);
        Category outdoor = categories.save(new Category("Outdoor"));
        add(
                outdoor,
                "OU-301",
                "Canvas rucksack, 22 l",
                "Waxed cotton, leather straps, a pocket for a laptop.",
                "129.00",
                15);
        add(outdoor, "OU-302", "Wool blanket", "Woven in the Borders from undyed wool, 140 by 200 cm.", "96.00", 11);
        add(outdoor, "OU-303", "Folding stool", "Ash and canvas; weighs 900 grams and carries 110 kilos.", "38.50", 40);
        Category stationery = categories.save(new Category("Stationery"));
        add(
                stationery,
                "ST-401",
                "Field notebook, set of 3",
                "48 dotted pages each, stitched, in a pocket's size.",
                "12.00",
                200);
        add(stationery, "ST-402", "Brass ballpoint", "Heavy in the hand; takes any standard refill.", "36.00", 33);
        customers.save(
                new Customer("Maeve O'Connor", "maeve@example.org", new Address("4 Quay Street", "H91", "Galway")));
        customers.save(new Customer(
                "Jonas Lindqvist", "jonas@example.org", new Address("Storgatan 12", "411 24", "Göteborg")));
        customers.save(
                new Customer("Amara Diallo", "amara@example.org", new Address("18 rue Vavin", "75006", "Paris")));
    }

    private void add(Category category, String sku, String name, String description, String price, int stock) {
        products.save(new Product(category, sku, name, description, new BigDecimal(price), stock));
    }

    private void orders() {
        long maeve = customers.findAllByOrderByName().get(2).getId();
        long jonas = customers.findAllByOrderByName().get(1).getId();
        desk.place(UUID.randomUUID(), maeve, id("KI-204"), 6);
        desk.place(UUID.randomUUID(), jonas, id("LI-101"), 1);
    }

    private void branches() {
        argon.createBranch("spring-sale", Argon.MAIN);
        commit("spring-sale", "ann", "Spring sale: a quarter off lighting", this::saleOfLighting);
        commit("spring-sale", "ann", "A shorter text for the kettle", () -> product("KI-201")
                .setDescription("For every stove. Whistles when it boils."));
        commit(Argon.MAIN, "ben", "The supplier of lamps wants more", () -> product("LI-101")
                .setPrice(new BigDecimal("74.00")));
        commit(Argon.MAIN, "ben", "Say what the kettle is made of", () -> product("KI-201")
                .setDescription("Steel, enamelled twice. For gas, induction and open fire."));
        commit(Argon.MAIN, "ben", "A better name", () -> product("ST-402").setName("Brass ballpoint pen"));
        argon.createBranch("private/autumn", Argon.MAIN);
        commit("private/autumn", "ben", "A first thing for autumn", this::slippers);
    }

    private void saleOfLighting() {
        catalogue.reprice(product("LI-101").getCategory().getId(), -25);
    }

    private void slippers() {
        Category outdoor = product("OU-302").getCategory();
        add(outdoor, "OU-304", "Felted slippers", "Thick wool felt, soles of natural rubber.", "44.00", 60);
    }

    /** One commit: the scope goes around the transaction. */
    private void commit(String branch, String author, String message, Runnable work) {
        speech.as(
                author,
                message,
                () -> BranchScope.run(branch, () -> transactions.executeWithoutResult(status -> work.run())));
    }

    private long id(String sku) {
        return product(sku).getId();
    }

    private Product product(String sku) {
        return products.findBySku(sku).orElseThrow(() -> new IllegalStateException("no product " + sku));
    }
}
