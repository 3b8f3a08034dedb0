/** A warehouse of items: repositories on branches and at past moments. */
@NullMarked
package dev.argondb.spring.data;

import org.jspecify.annotations.NullMarked;
