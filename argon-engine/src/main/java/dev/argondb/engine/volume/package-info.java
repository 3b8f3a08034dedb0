/**
 * The file system as the engine sees it: files written at positions, explicit syncs of files and directories, atomic
 * renames, one exclusive lock. A seam, so that a simulation can drive the engine through full disks, failed syncs and
 * power cuts.
 *
 * <p>Owns the words {@link dev.argondb.engine.volume.Volume volume} and {@link dev.argondb.engine.volume.VolumeFile file}.
 * Imports the contracts only. Invariants: nothing is durable before a sync says so; a name is durable once its directory
 * was synced.
 */
@NullMarked
package dev.argondb.engine.volume;

import org.jspecify.annotations.NullMarked;
