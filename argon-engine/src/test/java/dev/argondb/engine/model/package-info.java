/** The whole engine against a naive model: thousands of seeded random operations, equal after every step. */
@NullMarked
package dev.argondb.engine.model;

import org.jspecify.annotations.NullMarked;
