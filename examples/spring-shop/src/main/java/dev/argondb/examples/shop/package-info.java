/** A shop on branches: what Spring, JPA and Argon do together. */
@NullMarked
package dev.argondb.examples.shop;

import org.jspecify.annotations.NullMarked;
