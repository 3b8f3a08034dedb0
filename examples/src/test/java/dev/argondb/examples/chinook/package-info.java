/** Tests of the music store. */
@NullMarked
package dev.argondb.examples.chinook;

import org.jspecify.annotations.NullMarked;
