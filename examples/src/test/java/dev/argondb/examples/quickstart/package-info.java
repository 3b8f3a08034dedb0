/** Tests of the README's program. */
@NullMarked
package dev.argondb.examples.quickstart;

import org.jspecify.annotations.NullMarked;
