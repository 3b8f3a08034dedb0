package dev.argondb.spring.autoconfigure;

import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.springframework.core.env.Environment;
import org.springframework.util.StringUtils;

/**
 * Where the properties of an application say that the database is; properties that contradict it are refused by name.
 *
 * <p>Immutable.
 *
 * @param property the property that says it
 * @param url a location, or a {@code jdbc:argon:} URL
 * @param user who commits are by where nothing else says it; null for nobody
 */
record ConfiguredDatabase(
        String property, String url, @Nullable String user) implements ArgonConnectionDetails {

    static final String ARGON_URL = "argon.url";
    static final String SPRING_URL = "spring.datasource.url";

    private static final String SPRING_USER = "spring.datasource.username";
    private static final String DRIVER = "spring.datasource.driver-class-name";
    private static final String DRIVER_CLASS = "dev.argondb.orm.jdbc.ArgonDriver";

    /** Returns what the properties say. */
    static ConfiguredDatabase of(ArgonProperties properties, Environment environment) {
        String url = properties.getUrl();
        if (StringUtils.hasText(url)) {
            return alone(new ConfiguredDatabase(ARGON_URL, url, null), environment);
        }
        String springUrl = environment.getProperty(SPRING_URL);
        return StringUtils.hasText(springUrl)
                ? alone(
                        new ConfiguredDatabase(SPRING_URL, springUrl, environment.getProperty(SPRING_USER)),
                        environment)
                : new ConfiguredDatabase(ARGON_URL, ArgonProperties.DEFAULT_URL, null);
    }

    private static ConfiguredDatabase alone(ConfiguredDatabase database, Environment environment) {
        database.refuse(environment, SPRING_URL, ConnectionProperties.toUrl(database.url)::equalsIgnoreCase);
        database.refuse(environment, DRIVER, DRIVER_CLASS::equals);
        OnArgonCondition.OTHER_SOURCES.forEach(other -> database.refuse(environment, other, value -> false));
        return database;
    }

    private void refuse(Environment environment, String other, Predicate<String> fits) {
        String value = environment.getProperty(other);
        if (StringUtils.hasText(value) && !other.equals(property) && !fits.test(value)) {
            throw new ArgonConfigurationException(
                    "`" + property + "` is `" + url + "`, and `" + other + "` is `" + value
                            + "`: they configure two different data sources.",
                    "Remove `" + other + "` to work on Argon, or `" + property
                            + "` to leave Argon out. To work on both, make the" + " other one a bean of your own.");
        }
    }
}
