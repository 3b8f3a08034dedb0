/**
 * Turns appended commits into immutable states of every branch at every LSN.
 *
 * <p>May import {@code dev.argondb} and BSON; knows no SQL and no JPA. {@code ArchitectureTest} in argon-orm holds the rule.
 */
@NullMarked
package dev.argondb.engine;

import org.jspecify.annotations.NullMarked;
