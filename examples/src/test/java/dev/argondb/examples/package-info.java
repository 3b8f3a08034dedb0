/** Tests of the examples: what a new user runs first must work. */
@NullMarked
package dev.argondb.examples;

import org.jspecify.annotations.NullMarked;
