/** Units of work against each other: what the first committer wins, and what is checked. */
@NullMarked
package dev.argondb.engine.work;

import org.jspecify.annotations.NullMarked;
