/** The program of the README: one entity, one branch. */
@NullMarked
package dev.argondb.examples.quickstart;

import org.jspecify.annotations.NullMarked;
