/** The entities of a second persistence unit. */
@NullMarked
package dev.argondb.spring.autoconfigure.archive;

import org.jspecify.annotations.NullMarked;
