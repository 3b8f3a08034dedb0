/** Branches, refs, commits, sequences and the pipeline, on the in-memory log. */
@NullMarked
package dev.argondb.engine.branch;

import org.jspecify.annotations.NullMarked;
