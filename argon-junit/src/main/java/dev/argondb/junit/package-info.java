/**
 * The Jupiter extension that gives each test a branch of its own.
 *
 * <p>May import {@code dev.argondb.orm} and the Jupiter API.
 */
@NullMarked
package dev.argondb.junit;

import org.jspecify.annotations.NullMarked;
