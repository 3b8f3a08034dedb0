/**
 * The unit of work: a transaction pinned to a branch head (read-write) or to a past commit (read-only), and the rules by
 * which its writes are carried onto a head that moved.
 *
 * <p>Isolation is snapshot, first committer wins; SERIALIZABLE checks what was read as well.
 */
@NullMarked
package dev.argondb.engine.work;

import org.jspecify.annotations.NullMarked;
