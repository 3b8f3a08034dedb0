/**
 * SQL parity: scripts in the format of sqllogictest turned into answers of stock H2 and of Argon, which must be the same.
 *
 * <p>A {@link dev.argondb.orm.parity.Script script} is a list of {@link dev.argondb.orm.parity.Step steps}; a
 * {@link dev.argondb.orm.parity.Replay replay} runs one and gives an {@link dev.argondb.orm.parity.Answer answer} for each
 * step; {@link dev.argondb.orm.parity.Comparison} holds two lists of answers against each other. Argon replays a script on
 * {@code main}, on a fresh branch, and at old LSNs, the latter two after main's data was changed, emptied and dropped.
 *
 * <p>The script of this source folder is small and runs in every build; the profile {@code sql-parity} runs the large ones of
 * sqllogictest itself with the same classes.
 */
@NullMarked
package dev.argondb.orm.parity;

import org.jspecify.annotations.NullMarked;
