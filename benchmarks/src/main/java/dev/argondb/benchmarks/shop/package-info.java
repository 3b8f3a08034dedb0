/**
 * A small web shop as JPA entities, and the program that {@code jpa-workload} runs on it.
 *
 * <p>May import JPA and the JDK only: nothing here knows which database it runs on.
 */
@NullMarked
package dev.argondb.benchmarks.shop;

import org.jspecify.annotations.NullMarked;
