/**
 * Pages: encoded, compressed, checksummed, content-addressed pieces of snapshots, and the stores that keep them.
 *
 * <p>Owns the words page, {@link dev.argondb.engine.page.PageId page id}, {@link dev.argondb.engine.page.PageStore store} and
 * {@link dev.argondb.engine.page.PageBatch batch}. It knows nothing of what a page holds. Invariants: a page never changes; a
 * batch is there as a whole or not at all, whatever happens; what is read is what was written, or an error.
 */
@NullMarked
package dev.argondb.engine.page;

import org.jspecify.annotations.NullMarked;
