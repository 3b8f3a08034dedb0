/** Tests of how states are stored. */
@NullMarked
package dev.argondb.engine.state;

import org.jspecify.annotations.NullMarked;
