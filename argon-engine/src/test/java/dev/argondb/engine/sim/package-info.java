/**
 * The whole engine, simulated: a seeded, single-threaded run over a volume in memory that fails at a chosen operation, beside a
 * model that keeps every committed state.
 *
 * <p>Owns the words point (a seed, a fault and the operation it strikes), run, model and history. {@code SimulationTest} goes
 * through points; each one that fails names the command that replays it. {@code FlippedByteTest} damages every byte of a small
 * database, {@code SoakTest} runs for long on real files with threads.
 */
@NullMarked
package dev.argondb.engine.sim;

import org.jspecify.annotations.NullMarked;
