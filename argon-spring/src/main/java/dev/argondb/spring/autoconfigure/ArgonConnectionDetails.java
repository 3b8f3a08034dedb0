package dev.argondb.spring.autoconfigure;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.autoconfigure.service.connection.ConnectionDetails;

/** Says where the database is. A bean of this type goes before the properties. */
@FunctionalInterface
public interface ArgonConnectionDetails extends ConnectionDetails {

    /** Returns a location such as {@code file:./data} or {@code mem:shop}, or a {@code jdbc:argon:} URL. */
    String url();

    /** Returns who commits are by where nothing else says it; null for nobody. */
    default @Nullable String user() {
        return null;
    }
}
