/**
 * The types that user code sees: branches, LSNs, refs, WAL entries, commits and the annotations.
 *
 * <p>May import {@code jakarta.persistence} and the JDK; nothing of Argon's other modules. {@code ArchitectureTest} in argon-orm holds the rule.
 */
@NullMarked
package dev.argondb;

import org.jspecify.annotations.NullMarked;
