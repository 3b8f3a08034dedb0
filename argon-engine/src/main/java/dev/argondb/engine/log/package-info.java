/**
 * The log: one total order of records for the whole database, and one primitive, a conditional append that is atomic and
 * durable when it returns.
 *
 * <p>Owns the words {@link dev.argondb.engine.log.LogRecord record}, {@link dev.argondb.engine.log.LogEntry entry}, segment,
 * frame and mark. Imports the contracts and {@link dev.argondb.engine.volume volumes}. Invariants: LSNs strictly increase;
 * every record of the log is whole; a torn tail is dropped at open, damage anywhere else is an error with file, offset and
 * LSN. {@code LogContract} holds them for every store, {@code FileLogCrashTest} and {@code FileLogDamageTest} for the files.
 */
@NullMarked
package dev.argondb.engine.log;

import org.jspecify.annotations.NullMarked;
