/**
 * Compares states and merges branches: differences, histories of documents, and plans.
 *
 * <p>Three states become one: each document, and in it each field, that only one side changed since the base is taken from that
 * side. What both changed differently, and what would break a key or a check, is a {@link dev.argondb.MergeConflict conflict}. A
 * plan is applied by an ordinary {@link dev.argondb.engine.work.UnitOfWork unit of work} on the very head it was made for. Undoing
 * commits is the same with other bases. Owns the words base, ours, theirs and plan; may import what is below, the graph of branches
 * included.
 *
 * <p>Invariants: a difference costs what differs (DiffTest); a merge of what was merged before takes only what is new, and nothing
 * that was deleted comes back (MergeTest, MergeModelTest); a plan is applied once, to the head it was made for, or not at all
 * (MergeConcurrencyTest).
 */
@NullMarked
package dev.argondb.engine.merge;

import org.jspecify.annotations.NullMarked;
