/**
 * The log: one total order of records for the whole database, and one primitive, a conditional append that is atomic and
 * durable when it returns.
 *
 * <p>Owns the words {@link dev.argondb.engine.log.LogRecord record}, {@link dev.argondb.engine.log.LogEntry entry}, segment,
 * frame and mark, and of the log in files: raw, packed and cold segments, and blocks. Imports the contracts,
 * {@link dev.argondb.engine.volume volumes} and the {@link dev.argondb.engine.tier cold tier}.
 *
 * <p>Invariants: LSNs strictly increase; every record of the log is whole; a torn tail is dropped at open, damage anywhere else
 * is an error with file, offset and LSN; what is packed, moved or dropped is one change of the list of segments, before which
 * all that it needs is durable. {@code LogContract} holds them for every store and every form of segments,
 * {@code FileLogCrashTest} and {@code FileLogDamageTest} for the files, {@code MaintenanceCrashTest} and
 * {@code PackedDamageTest} for packed ones and the cold tier.
 */
@NullMarked
package dev.argondb.engine.log;

import org.jspecify.annotations.NullMarked;
