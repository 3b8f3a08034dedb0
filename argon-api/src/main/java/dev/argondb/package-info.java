/**
 * The contracts user code sees: the database, its branches, commits, refs and write-ahead log entries, and the errors.
 *
 * <p>This package imports nothing of Argon. It owns the words {@link dev.argondb.Lsn LSN}, {@link dev.argondb.Ref ref},
 * {@link dev.argondb.Branch branch}, {@link dev.argondb.Commit commit}, {@link dev.argondb.WalEntry WAL entry},
 * {@link dev.argondb.DocumentDiff diff}, {@link dev.argondb.MergePlan plan} and {@link dev.argondb.MergeConflict conflict}.
 */
@NullMarked
package dev.argondb;

import org.jspecify.annotations.NullMarked;
