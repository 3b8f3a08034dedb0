package dev.argondb.examples.chinook;

import java.util.List;
import org.hibernate.boot.model.naming.PhysicalNamingStrategySnakeCaseImpl;
import org.hibernate.cfg.Configuration;

/** The persistence unit of the music store. */
public final class Chinook {

    /** The entities. */
    public static final List<Class<?>> ENTITIES = List.of(
            Artist.class,
            Album.class,
            Genre.class,
            MediaType.class,
            Track.class,
            Playlist.class,
            Employee.class,
            Customer.class,
            Invoice.class,
            InvoiceLine.class);

    private Chinook() {}

    /** Returns a Hibernate configuration with the entities, names in lower case, and the tables made where missing. */
    public static Configuration configuration() {
        return new Configuration()
                .addAnnotatedClasses(ENTITIES.toArray(Class<?>[]::new))
                .setPhysicalNamingStrategy(new PhysicalNamingStrategySnakeCaseImpl())
                .setProperty("hibernate.hbm2ddl.auto", "update")
                .setProperty("hibernate.jdbc.batch_size", "100")
                .setProperty("hibernate.order_inserts", "true");
    }
}
