/**
 * Programs that a new user runs first, on real data.
 *
 * <p>May import Argon's public types only.
 */
@NullMarked
package dev.argondb.examples;

import org.jspecify.annotations.NullMarked;
