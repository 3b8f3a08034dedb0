/** Tests of the benchmarks: that each runs, and that a report says what was measured. */
@NullMarked
package dev.argondb.benchmarks;

import org.jspecify.annotations.NullMarked;
