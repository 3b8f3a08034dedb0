package dev.argondb;

import java.util.Optional;

/**
 * What the files of a database hold, and how far back its history goes.
 *
 * <p>Immutable: as it was when asked for.
 *
 * @param logBytes bytes of the log in the directory
 * @param coldBytes bytes of the log in the cold tier
 * @param pageBytes bytes of the files of pages
 * @param cachedBytes about how many bytes of the heap decoded pages take
 * @param snapshots how many states are written down as pages
 * @param checkpoint up to where opening need not read the log; empty before the first snapshot
 * @param watermark the lowest LSN whose state can be read; empty while all history is there
 * @param failure why the log takes no more commits, or else why the last snapshot, packing or retention that ran by itself failed;
 *     empty once one succeeded
 */
public record StorageStatus(
        long logBytes,
        long coldBytes,
        long pageBytes,
        long cachedBytes,
        int snapshots,
        Optional<Lsn> checkpoint,
        Optional<Lsn> watermark,
        Optional<String> failure) {}
