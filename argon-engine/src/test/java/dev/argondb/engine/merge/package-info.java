/** Tests of differences, histories and merges. */
@NullMarked
package dev.argondb.engine.merge;

import org.jspecify.annotations.NullMarked;
