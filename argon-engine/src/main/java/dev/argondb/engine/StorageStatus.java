package dev.argondb.engine;

import java.util.Optional;

/**
 * What the storage of a database holds and did.
 *
 * <p>Immutable.
 *
 * @param logBytes bytes of the log in the directory
 * @param coldBytes bytes of the log in the cold tier
 * @param pageBytes bytes of the pages
 * @param cachedBytes about how much heap decoded pages take
 * @param snapshots how many snapshots are kept
 * @param checkpointLsn up to where opening need not read the log; 0 before the first snapshot
 * @param watermark the lowest LSN whose state can be read; 0 while all history is there
 * @param failure why the log takes no more commits, or else why the last snapshot, packing or retention failed; empty once one
 *     succeeded
 */
public record StorageStatus(
        long logBytes,
        long coldBytes,
        long pageBytes,
        long cachedBytes,
        int snapshots,
        long checkpointLsn,
        long watermark,
        Optional<String> failure) {}
