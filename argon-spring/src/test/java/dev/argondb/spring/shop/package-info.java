/** A small Boot application for tests: products of categories, with a repository and a service. */
@NullMarked
package dev.argondb.spring.shop;

import org.jspecify.annotations.NullMarked;
