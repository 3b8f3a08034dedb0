/**
 * SQL, JDBC and Hibernate over the states and units of work of the engine.
 *
 * <p>May import {@code dev.argondb.engine}; nothing in the engine may import this package. {@code ArchitectureTest} in argon-orm holds the rule.
 */
@NullMarked
package dev.argondb.orm;

import org.jspecify.annotations.NullMarked;
