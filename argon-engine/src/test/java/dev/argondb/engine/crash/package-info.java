/** Processes that are killed while they write: nothing acknowledged is lost, nothing is half there. */
@NullMarked
package dev.argondb.engine.crash;

import org.jspecify.annotations.NullMarked;
