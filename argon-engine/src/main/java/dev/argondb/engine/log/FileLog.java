package dev.argondb.engine.log;

import dev.argondb.ClosedException;
import dev.argondb.UnavailableException;
import dev.argondb.engine.Environment;
import dev.argondb.engine.volume.Volume;
import dev.argondb.engine.volume.VolumeLock;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/*
 * Two locks, always taken in this order. `this` guards appending: the writer's position, the change of segments, closing.
 * `syncLock` keeps the writer's file open while the background thread syncs it, beside which appends go on.
 */
/**
 * A log in files of a {@link Volume}: a lock file, {@link DatabaseFile}, {@link SegmentList}, and the segments, each a header
 * and a frame per record ({@link FrameReader}).
 *
 * <p>An append is one write and one sync, however many records. After a crash each record of it is there or not, and none
 * without those before it. One process opens a volume at a time. After a failed write or sync the log takes no more appends
 * and can still be read. Opening it drops a torn tail; any other damage is a {@link dev.argondb.CorruptDataException} with
 * file, offset and LSN, thrown when the damaged place is opened or read.
 *
 * <p>Thread-safe.
 */
public final class FileLog implements Log {

    private static final String LOCK_NAME = "LOCK";

    private final Volume volume;
    private final FileLogSettings settings;
    private final VolumeLock lock;
    private final UUID databaseId;
    private final Optional<TornTail> tornTail;
    private final Object syncLock = new Object();
    private final @Nullable BackgroundSync backgroundSync;
    private SegmentList list;
    private SegmentWriter writer;
    private volatile List<Segment> segments;
    private volatile long lastLsn;
    private volatile long appendedBytes;
    private volatile @Nullable Throwable failure;
    private volatile boolean closed;

    private FileLog(Volume volume, FileLogSettings settings, VolumeLock lock, FileLogOpening.Opened opened) {
        this.volume = volume;
        this.settings = settings;
        this.lock = lock;
        this.databaseId = opened.database().databaseId();
        this.list = opened.list();
        this.segments = opened.segments();
        this.writer = opened.tail().writer();
        this.lastLsn = opened.tail().lastLsn();
        this.tornTail = opened.tail().tornTail();
        this.backgroundSync = settings.syncMode() == SyncMode.RELAXED
                ? new BackgroundSync(settings.syncInterval(), this::syncInBackground)
                : null;
    }

    /**
     * Opens the log of a volume, which is made if there is none.
     *
     * @throws dev.argondb.CorruptDataException if it is damaged
     * @throws dev.argondb.UnsupportedException if a newer version of Argon wrote it
     * @throws UnavailableException if another log has the volume open, or the volume fails
     */
    public static FileLog open(Volume volume, FileLogSettings settings) {
        return open(volume, settings, Environment.SYSTEM::newId);
    }

    /**
     * Opens the log of a volume, which is made if there is none.
     *
     * @param newId gives a new database its id
     */
    public static FileLog open(Volume volume, FileLogSettings settings, Supplier<UUID> newId) {
        try {
            return openLocked(volume, settings, newId, volume.lock(LOCK_NAME));
        } catch (IOException e) {
            throw new UnavailableException(
                    "cannot open the log in `" + volume.describe("") + "`: " + describe(e)
                            + "; mend that and open again",
                    e);
        }
    }

    private static FileLog openLocked(Volume volume, FileLogSettings settings, Supplier<UUID> newId, VolumeLock lock)
            throws IOException {
        try {
            return new FileLog(volume, settings, lock, new FileLogOpening(volume).run(newId));
        } catch (IOException | RuntimeException | Error e) {
            try {
                lock.close();
            } catch (IOException suppressed) {
                e.addSuppressed(suppressed);
            }
            throw e;
        }
    }

    /** Returns the id that the database got when it was made. */
    public UUID databaseId() {
        return databaseId;
    }

    /** Returns what opening this log had to drop from its end. */
    public Optional<TornTail> tornTail() {
        return tornTail;
    }

    @Override
    public long lastLsn() {
        return lastLsn;
    }

    @Override
    public List<LogEntry> prepare(List<LogEntry> entries) {
        return LogRecordCodec.encodeAhead(entries);
    }

    @Override
    public synchronized void append(long expectedLastLsn, List<LogRecord> batch) {
        requireOpen();
        requireHealthy();
        Appends.check(lastLsn, expectedLastLsn, batch);
        long start = writer.position();
        try {
            rollIfFull();
            start = writer.position();
            writer.write(batch);
            syncOrSchedule();
        } catch (IOException e) {
            throw fail(e);
        } catch (RuntimeException | Error e) {
            if (writer.position() != start) {
                failure = e;
            }
            throw e;
        }
        appendedBytes += writer.position() - start;
        lastLsn = batch.get(batch.size() - 1).lastLsn();
    }

    private void syncOrSchedule() throws IOException {
        if (backgroundSync == null) {
            writer.sync();
        } else {
            backgroundSync.request();
        }
    }

    private void rollIfFull() throws IOException {
        Segment full = writer.segment();
        if (writer.position() < settings.segmentBytes() || lastLsn < full.firstLsn()) {
            return;
        }
        synchronized (syncLock) {
            writer.seal();
            Segment next = FileLogOpening.createSegment(volume, databaseId, lastLsn + 1);
            SegmentList longer = list.next(writer.position(), next.firstLsn());
            longer.write(volume);
            list = longer;
            replaceWriter(next);
        }
    }

    private void replaceWriter(Segment next) throws IOException {
        SegmentWriter full = writer;
        writer = new SegmentWriter(next, volume.open(next.name()), SegmentHeader.BYTES, false);
        List<Segment> more = new ArrayList<>(segments);
        more.add(next);
        segments = List.copyOf(more);
        full.close();
    }

    @Override
    public long appendedBytes() {
        return appendedBytes;
    }

    @Override
    public void sync() {
        requireOpen();
        requireHealthy();
        synchronized (syncLock) {
            try {
                writer.syncIfNeeded();
            } catch (IOException e) {
                throw fail(e);
            }
        }
    }

    private void syncInBackground() {
        synchronized (syncLock) {
            if (closed || failure != null) {
                return;
            }
            try {
                writer.sync();
            } catch (IOException | RuntimeException e) {
                failure = e;
            }
        }
    }

    private UnavailableException fail(IOException e) {
        failure = e;
        return new UnavailableException(
                "the log in `" + volume.describe("") + "` failed after lsn " + lastLsn + ": " + describe(e)
                        + "; mend that and open the database again",
                e);
    }

    private void requireOpen() {
        if (closed) {
            throw new ClosedException("the log is closed; open the database again");
        }
    }

    private void requireHealthy() {
        @Nullable Throwable earlier = failure;
        if (earlier != null) {
            throw new UnavailableException(
                    "the log in `" + volume.describe("") + "` takes no appends since it failed (" + describe(earlier)
                            + "); mend that and open the database again",
                    earlier);
        }
    }

    private static String describe(Throwable e) {
        @Nullable String message = e.getMessage();
        return message == null ? e.getClass().getSimpleName() : message;
    }

    @Override
    public LogReader read(long fromLsn) {
        requireOpen();
        Appends.checkStart(fromLsn);
        long end = lastLsn;
        return new FileLogReader(volume, segments, () -> closed, fromLsn, end);
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        synchronized (syncLock) {
            closed = true;
            if (backgroundSync != null) {
                backgroundSync.close();
            }
            try (lock;
                    SegmentWriter last = writer) {
                settle(last);
            } catch (IOException e) {
                throw new UnavailableException(
                        "the log in `" + volume.describe("") + "` could not be closed well: " + describe(e), e);
            }
        }
    }

    /** Syncs what is not yet, then writes that down. A failed log is left as it is. */
    private void settle(SegmentWriter last) throws IOException {
        @Nullable Throwable earlier = failure;
        if (earlier != null) {
            if (settings.syncMode() == SyncMode.RELAXED) {
                throw new IOException(
                        "the last commits may be lost, because a sync failed (" + describe(earlier) + ")");
            }
            return;
        }
        if (!last.isMarked()) {
            last.syncIfNeeded();
            last.writeMark(lastLsn + 1);
        }
    }
}
