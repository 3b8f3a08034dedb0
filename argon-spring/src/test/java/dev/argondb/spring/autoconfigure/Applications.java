package dev.argondb.spring.autoconfigure;

import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.jdbc.core.JdbcTemplate;

/** Runs Boot applications as a user does, with properties. */
final class Applications {

    private Applications() {}

    /** Runs an application without the web, Flyway and Liquibase, unless the properties say otherwise. */
    static ConfigurableApplicationContext run(Class<?> application, String... properties) {
        Map<String, String> all = new LinkedHashMap<>();
        all.put("spring.flyway.enabled", "false");
        all.put("spring.liquibase.enabled", "false");
        all.put("logging.level.root", "warn");
        for (String property : properties) {
            int equals = property.indexOf('=');
            all.put(property.substring(0, equals), property.substring(equals + 1));
        }
        return new SpringApplicationBuilder(application)
                .web(WebApplicationType.NONE)
                .bannerMode(Banner.Mode.OFF)
                .registerShutdownHook(false)
                .run(all.entrySet().stream()
                        .map(property -> "--" + property.getKey() + "=" + property.getValue())
                        .toArray(String[]::new));
    }

    /** Returns the one text that a query gives. */
    static String text(ConfigurableApplicationContext application, String sql) {
        return String.valueOf(application.getBean(JdbcTemplate.class).queryForObject(sql, String.class));
    }
}
