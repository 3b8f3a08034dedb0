/** Tests of how bytes are written and read. */
@NullMarked
package dev.argondb.engine.format;

import org.jspecify.annotations.NullMarked;
