package dev.argondb.junit;

import dev.argondb.Argon;
import dev.argondb.BranchOptions;
import dev.argondb.Ref;
import dev.argondb.orm.hibernate.BranchSessionFactory;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.hibernate.SessionFactory;

/** The database of the sample tests: two items on `main`, a third on `fixture`. */
final class SampleShop {

    static final String LOCATION = "mem:sample-shop";
    static final AtomicInteger OPENED = new AtomicInteger();

    private SampleShop() {}

    @ArgonDatabase
    static BranchSessionFactory shop() {
        OPENED.incrementAndGet();
        Argon.discard(LOCATION);
        Argon argon = Argon.open(LOCATION);
        BranchSessionFactory factory = BranchSessionFactory.of(
                argon,
                Map.of(
                        "hibernate.hbm2ddl.auto", "create",
                        "hibernate.cache.use_second_level_cache", true,
                        "hibernate.cache.region.factory_class", "jcache",
                        "hibernate.javax.cache.missing_cache_strategy", "create",
                        "hibernate.generate_statistics", true),
                Item.class);
        factory.main().inTransaction(session -> {
            session.persist(new Item("lamp"));
            session.persist(new Item("chair"));
        });
        argon.createBranch("fixture", Ref.parse("main"), BranchOptions.DEFAULT);
        factory.branch("fixture").inTransaction(session -> session.persist(new Item("table")));
        return factory;
    }

    static long count(SessionFactory sessions) {
        return sessions.fromTransaction(session -> session.createSelectionQuery("select count(*) from Item", Long.class)
                .getSingleResult());
    }

    static Item add(SessionFactory sessions, String name) {
        return sessions.fromTransaction(session -> {
            Item item = new Item(name);
            session.persist(item);
            return item;
        });
    }
}
