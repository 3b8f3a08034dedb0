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
 */
public record FileLogSettings(SyncMode syncMode, Duration syncInterval, long segmentBytes) {

    /** Every append synced, segments of 64 MiB. */
    public static final FileLogSettings DEFAULT =
            new FileLogSettings(SyncMode.STRICT, Duration.ofMillis(100), 64L << 20);

    public FileLogSettings {
        if (syncInterval.isNegative() || syncInterval.isZero()) {
            throw new InvalidRequestException("sync interval `" + syncInterval + "` is not positive");
        }
        if (segmentBytes <= 0) {
            throw new InvalidRequestException("segment size `" + segmentBytes + "` is not positive");
        }
    }

    public FileLogSettings withSyncMode(SyncMode mode) {
        return new FileLogSettings(mode, syncInterval, segmentBytes);
    }

    public FileLogSettings withSegmentBytes(long bytes) {
        return new FileLogSettings(syncMode, syncInterval, bytes);
    }
}
