/**
 * How stored bytes are written and read: a growing array, a bounds-checked reader, small checksummed text files, and what is
 * said of bytes that are not what they should be.
 *
 * <p>Imports the contracts and {@link dev.argondb.engine.volume volumes}. It knows nothing of what the bytes mean.
 */
@NullMarked
package dev.argondb.engine.format;

import org.jspecify.annotations.NullMarked;
