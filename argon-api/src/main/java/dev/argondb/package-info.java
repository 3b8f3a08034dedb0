/**
 * The contracts user code sees: the database, its branches, commits, refs and write-ahead log entries, and the errors.
 *
 * <p>This package imports nothing of Argon. It owns the words {@link dev.argondb.Lsn LSN}, {@link dev.argondb.Ref ref},
 * {@link dev.argondb.Branch branch}, {@link dev.argondb.Commit commit} and {@link dev.argondb.WalEntry WAL entry}.
 */
@NullMarked
package dev.argondb;

import org.jspecify.annotations.NullMarked;
