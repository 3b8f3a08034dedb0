/**
 * Measurements of Argon beside its peers; each command stands in its benchmark's Javadoc.
 *
 * <p>May import all of Argon.
 */
@NullMarked
package dev.argondb.benchmarks;

import org.jspecify.annotations.NullMarked;
