package dev.argondb.examples.quickstart;

import dev.argondb.Argon;
import dev.argondb.Lsn;
import dev.argondb.orm.hibernate.BranchSessionFactory;
import java.util.List;
import java.util.Map;

/** Argon in ten lines; the README shows the body of {@link #main}. */
public final class QuickStart {

    private QuickStart() {}

    /** Changes a price on a branch, looks at both, and rolls the branch back. */
    public static void main(String[] arguments) {
        try (Argon argon = Argon.open("mem:shop"); // or "file:./data"
                var shop = BranchSessionFactory.of(argon, Map.of("hibernate.hbm2ddl.auto", "update"), Product.class)) {
            shop.inTransaction("main", session -> session.persist(new Product("lamp", 40)));
            Lsn before = argon.createBranch("sale", "main").baseLsn().orElseThrow();
            shop.inTransaction("sale", session -> {
                session.find(Product.class, "lamp").setPrice(30);
            });
            for (String ref : List.of("main", "sale", "sale@" + before)) {
                Product lamp = shop.fromTransaction(ref, session -> session.find(Product.class, "lamp"));
                System.out.println(ref + ": " + lamp.getPrice()); // main: 40, sale: 30, sale@...: 40
            }
            argon.resetBranch("sale", before);
        }
    }
}
