package dev.argondb.examples.moved;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import javax.sql.DataSource;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ApplicationListener;
import org.springframework.context.event.ContextRefreshedEvent;
import org.springframework.jdbc.core.JdbcTemplate;

/** Looks into each context that a test starts, and fails it if its database is not Argon: stock H2 has no {@code argon_ref()}. */
final class ArgonWitness implements ApplicationListener<ContextRefreshedEvent> {

    private static final Set<ApplicationContext> SEEN = ConcurrentHashMap.newKeySet();

    static boolean saw(ApplicationContext context) {
        return SEEN.contains(context);
    }

    @Override
    public void onApplicationEvent(ContextRefreshedEvent event) {
        ApplicationContext context = event.getApplicationContext();
        context.getBeanProvider(DataSource.class).forEach(source -> {
            new JdbcTemplate(source).queryForObject("select argon_ref()", String.class);
            SEEN.add(context);
        });
    }
}
