package dev.argondb.examples.shop.orders;

import jakarta.persistence.Embeddable;

/** Where a customer lives. */
@Embeddable
public record Address(String street, String postcode, String city) {}
