/** The tutorial for tests on branches, and the shop in a real browser. */
@NullMarked
package dev.argondb.examples.shop;

import org.jspecify.annotations.NullMarked;
