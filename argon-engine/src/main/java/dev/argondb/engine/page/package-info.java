/**
 * Pages: encoded, compressed, checksummed, content-addressed pieces of snapshots, and the stores that keep them.
 *
 * <p>Owns the words page, {@link dev.argondb.engine.page.PageId page id}, {@link dev.argondb.engine.page.PageStore store},
 * {@link dev.argondb.engine.page.PageBatch batch}, and of {@link dev.argondb.engine.page.FilePageStore files} frame, index block
 * and list. It knows nothing of what a page holds. Imports the contracts, {@link dev.argondb.engine.format formats} and
 * {@link dev.argondb.engine.volume volumes}.
 *
 * <p>Invariants, with the tests that hold them: a batch is there as a whole or not at all, whatever happens
 * ({@code FilePageStoreCrashTest}); what is read is what was written, or an error ({@code FilePageStoreDamageTest}); a page that
 * stays can be read at any moment of a retention ({@code FilePageStoreConcurrencyTest}); a read costs an index block or two and
 * the frame, opening costs the list ({@code FilePageStoreCostTest}).
 */
@NullMarked
package dev.argondb.engine.page;

import org.jspecify.annotations.NullMarked;
