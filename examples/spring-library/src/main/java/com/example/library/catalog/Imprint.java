package com.example.library.catalog;

import jakarta.persistence.Column;
import jakarta.persistence.Embeddable;
import jakarta.validation.constraints.NotBlank;

/** Who published something, and where. */
@Embeddable
public record Imprint(
        @NotBlank String publisher,
        @Column(name = "publisher_city") String city) {}
