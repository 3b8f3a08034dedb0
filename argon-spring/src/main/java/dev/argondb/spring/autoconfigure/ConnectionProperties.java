package dev.argondb.spring.autoconfigure;

import dev.argondb.InvalidRefException;
import dev.argondb.InvalidRequestException;
import dev.argondb.orm.jdbc.ArgonDataSource;
import java.util.Locale;
import java.util.Properties;
import org.jspecify.annotations.Nullable;

/** Puts the properties of an application into a data source, in the words of the JDBC URL. */
final class ConnectionProperties {

    private static final String URL_PREFIX = "jdbc:argon:";

    private ConnectionProperties() {}

    /**
     * Returns a data source of a location or URL with the properties; what the URL says itself goes before them.
     *
     * @throws ArgonConfigurationException if one of them is malformed
     */
    static ArgonDataSource dataSource(ArgonConnectionDetails details, ArgonProperties properties) {
        ArgonDataSource source = new ArgonDataSource();
        try {
            source.setUrl(toUrl(details.url()), toJdbc(details, properties));
        } catch (InvalidRequestException | InvalidRefException e) {
            throw new ArgonConfigurationException(
                    "The Argon database `" + details.url() + "` is not configured properly: " + e.getMessage(),
                    "Correct " + named(details) + ", or the property `argon.*` that this is about.",
                    e);
        }
        return source;
    }

    private static String named(ArgonConnectionDetails details) {
        return details instanceof ConfiguredDatabase configured
                ? "`" + configured.property() + "`"
                : "the bean of type `ArgonConnectionDetails`";
    }

    /** Returns whether a text is a URL of Argon's driver. */
    static boolean isUrl(String text) {
        return text.regionMatches(true, 0, URL_PREFIX, 0, URL_PREFIX.length());
    }

    /** Returns the URL of a location; a URL as it is. */
    static String toUrl(String text) {
        return isUrl(text) ? text : URL_PREFIX + text;
    }

    private static Properties toJdbc(ArgonConnectionDetails details, ArgonProperties properties) {
        Properties jdbc = new Properties();
        String ref = properties.getRef();
        put(jdbc, ref != null && (ref.contains("@") || ref.contains(":")) ? "at" : "branch", ref);
        put(jdbc, "author", properties.getAuthor());
        put(jdbc, "user", details.user());
        put(jdbc, "sync", word(properties.getSync()));
        put(jdbc, "isolation", word(properties.getIsolation()));
        var cacheSize = properties.getCacheSize();
        put(jdbc, "cache.size", cacheSize == null ? null : Long.toString(cacheSize.toBytes()));
        put(jdbc, "retention", properties.getRetention());
        put(jdbc, "cold", properties.getCold());
        put(jdbc, "snapshot.entries", properties.getSnapshot().getEntries());
        var snapshotBytes = properties.getSnapshot().getBytes();
        put(jdbc, "snapshot.bytes", snapshotBytes == null ? null : Long.toString(snapshotBytes.toBytes()));
        return jdbc;
    }

    private static @Nullable String word(@Nullable Enum<?> value) {
        return value == null ? null : value.name().toLowerCase(Locale.ROOT);
    }

    private static void put(Properties jdbc, String key, @Nullable Object value) {
        if (value != null) {
            jdbc.setProperty(key, value.toString());
        }
    }
}
