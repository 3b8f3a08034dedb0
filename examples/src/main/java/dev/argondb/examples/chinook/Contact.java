package dev.argondb.examples.chinook;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import org.jspecify.annotations.Nullable;

/**
 * How to reach somebody.
 *
 * <p>Immutable.
 */
@Embeddable
public record Contact(
        @Column(length = 24) @Nullable String phone,
        @Column(length = 24) @Nullable String fax,
        @Column(length = 60) @Nullable String email) {}
