package dev.argondb.engine.log;

import dev.argondb.InvalidRequestException;
import java.time.Duration;

/**
 * The settings of a {@link FileLog}.
 *
 * <p>Immutable.
 *
 * @param syncMode when an append is done
 * @param syncInterval in {@link SyncMode#RELAXED}, the time between an append and the sync that makes it durable; positive
 * @param segmentBytes the size from which on a segment is closed and a new one begun; positive
 * @param blockBytes the size, before it is compressed, from which on a block of a packed segment is closed: what a random
 *     read has to decompress; positive
 */
public record FileLogSettings(SyncMode syncMode, Duration syncInterval, long segmentBytes, int blockBytes) {

    private static final int DEFAULT_BLOCK_BYTES = 1 << 16;

    /** Every append synced, segments of 64 MiB, blocks of 64 KiB. */
    public static final FileLogSettings DEFAULT =
            new FileLogSettings(SyncMode.STRICT, Duration.ofMillis(100), 64L << 20);

    public FileLogSettings {
        if (syncInterval.isNegative() || syncInterval.isZero()) {
            throw new InvalidRequestException("sync interval `" + syncInterval + "` is not positive");
        }
        if (segmentBytes <= 0) {
            throw new InvalidRequestException("segment size `" + segmentBytes + "` is not positive");
        }
        if (blockBytes <= 0) {
            throw new InvalidRequestException("block size `" + blockBytes + "` is not positive");
        }
    }

    public FileLogSettings(SyncMode syncMode, Duration syncInterval, long segmentBytes) {
        this(syncMode, syncInterval, segmentBytes, DEFAULT_BLOCK_BYTES);
    }

    public FileLogSettings withSyncMode(SyncMode mode) {
        return new FileLogSettings(mode, syncInterval, segmentBytes, blockBytes);
    }

    public FileLogSettings withSegmentBytes(long bytes) {
        return new FileLogSettings(syncMode, syncInterval, bytes, blockBytes);
    }

    public FileLogSettings withBlockBytes(int bytes) {
        return new FileLogSettings(syncMode, syncInterval, segmentBytes, bytes);
    }
}
