/** Tests of the log: one contract for every store, and what a store of files owes beyond it. */
@NullMarked
package dev.argondb.engine.log;

import org.jspecify.annotations.NullMarked;
