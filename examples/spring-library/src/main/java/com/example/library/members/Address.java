package com.example.library.members;

import jakarta.persistence.Embeddable;

@Embeddable
public record Address(String street, String postcode, String city) {}
