/** Snapshots, checkpoints and retention of a whole engine, in files. */
@NullMarked
package dev.argondb.engine.storage;

import org.jspecify.annotations.NullMarked;
