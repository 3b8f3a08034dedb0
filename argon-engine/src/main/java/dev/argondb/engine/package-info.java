/**
 * The storage engine: an append-only log of commits is the truth; every (branch, LSN) is an immutable tree rebuilt from
 * it. Knows nothing of SQL, JDBC or JPA.
 */
@NullMarked
package dev.argondb.engine;

import org.jspecify.annotations.NullMarked;
