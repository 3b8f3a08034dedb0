package dev.argondb.examples.chinook;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import org.jspecify.annotations.Nullable;

/**
 * Where somebody lives, as far as the store knows.
 *
 * <p>Immutable.
 */
@Embeddable
public record Address(
        @Column(length = 70) @Nullable String street,
        @Column(length = 40) @Nullable String city,
        @Column(length = 40) @Nullable String state,
        @Column(length = 40) @Nullable String country,
        @Column(length = 10) @Nullable String postalCode) {}
