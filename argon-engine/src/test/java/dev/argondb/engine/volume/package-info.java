/** Volumes for tests: in memory with a disk that power cuts reach, and with faults; and the tests of volumes. */
@NullMarked
package dev.argondb.engine.volume;

import org.jspecify.annotations.NullMarked;
