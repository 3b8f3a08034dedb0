/** What proves that the tests of the library, which know nothing of Argon, ran on it. */
@NullMarked
package dev.argondb.examples.moved;

import org.jspecify.annotations.NullMarked;
