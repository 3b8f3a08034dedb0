package dev.argondb.engine.log;

import dev.argondb.ClosedException;
import dev.argondb.InvalidRequestException;
import dev.argondb.UnavailableException;
import dev.argondb.engine.Finding;
import dev.argondb.engine.log.SegmentList.Form;
import dev.argondb.engine.volume.Volume;
import dev.argondb.engine.volume.VolumeFile;
import dev.argondb.engine.volume.VolumeLock;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/*
 * Four locks, always taken in this order. `maintenance` lets one thread at a time pack, drop and move, and close the log.
 * `this` guards appending: the writer's position, the change of the last segment, closing. `syncLock` keeps the writer's file
 * open while the background thread syncs it, beside which appends go on. The segments' own guards the list of them.
 * Maintenance does its work under the first one only, takes the last one to change the list, and so holds no append up.
 */
/**
 * A log in files of a {@link Volume}: a lock file, {@link DatabaseFile}, {@link SegmentList}, and the segments, each a header
 * and a frame per record ({@link FrameReader}). Full segments can be packed ({@link PackedFormat}), moved to a
 * {@link dev.argondb.engine.tier.ColdTier}, and dropped with the history they hold; readers do not notice, unless what they
 * read is dropped. Each of these is one change of the list, made when all it needs is durable: if it fails, or the process
 * ends, the log is as before or as after, and appends go on.
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
    private final Segments segments;
    private final Optional<TornTail> tornTail;
    private final LogMaintenance maintenance;
    private final Object syncLock = new Object();
    private final @Nullable BackgroundSync backgroundSync;
    private SegmentWriter writer;
    private volatile long lastLsn;
    private volatile long appendedBytes;
    private volatile @Nullable Throwable failure;
    private volatile boolean closing;
    private volatile boolean closed;

    private FileLog(Volume volume, FileLogSettings settings, VolumeLock lock, FileLogOpening.Opened opened) {
        this.volume = volume;
        this.settings = settings;
        this.lock = lock;
        this.segments = opened.segments();
        this.maintenance = new LogMaintenance(segments, settings.blockBytes(), this::requireChangeable, this::seal);
        this.writer = opened.tail().writer();
        this.lastLsn = opened.tail().lastLsn();
        this.tornTail = opened.tail().tornTail();
        this.backgroundSync = settings.syncMode() == SyncMode.RELAXED
                ? new BackgroundSync(settings.syncInterval(), this::syncInBackground)
                : null;
    }

    /**
     * Opens the log of a volume, which is made if there is none, without a cold tier.
     *
     * @throws dev.argondb.CorruptDataException if it is damaged
     * @throws dev.argondb.UnsupportedException if a newer version of Argon wrote it
     * @throws UnavailableException if another log has the volume open, or the volume fails
     */
    public static FileLog open(Volume volume, FileLogSettings settings) {
        return open(volume, settings, FileLogParts.DEFAULT);
    }

    /**
     * Opens the log of a volume, which is made if there is none.
     *
     * @param newId gives a new database its id
     */
    public static FileLog open(Volume volume, FileLogSettings settings, Supplier<UUID> newId) {
        return open(volume, settings, FileLogParts.DEFAULT.withNewId(newId));
    }

    /** Opens the log of a volume, which is made if there is none. */
    public static FileLog open(Volume volume, FileLogSettings settings, FileLogParts parts) {
        try {
            return openLocked(volume, settings, parts, volume.lock(LOCK_NAME));
        } catch (IOException e) {
            throw new UnavailableException(
                    "cannot open the log in `" + volume.describe("") + "`: " + describe(e)
                            + "; mend that and open again",
                    e);
        }
    }

    private static FileLog openLocked(Volume volume, FileLogSettings settings, FileLogParts parts, VolumeLock lock)
            throws IOException {
        try {
            return new FileLog(volume, settings, lock, new FileLogOpening(volume, parts).run());
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
        return segments.databaseId();
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
        if (writer.position() >= settings.segmentBytes()) {
            roll();
        }
    }

    /** Begins a new segment, unless the last one is empty. */
    private void roll() throws IOException {
        if (!isEmpty()) {
            synchronized (syncLock) {
                writer.seal();
                beginSegment(lastLsn + 1);
            }
        }
    }

    /** Tells whether the last segment holds no record. */
    private boolean isEmpty() {
        return lastLsn < writer.segment().firstLsn();
    }

    private void beginSegment(long firstLsn) throws IOException {
        segments.keep(RawSegment.nameOf(firstLsn));
        int salt = FileLogOpening.createSegment(volume, segments.databaseId(), firstLsn);
        long bytes = writer.position();
        VolumeFile file = volume.open(RawSegment.nameOf(firstLsn));
        try {
            segments.change(list -> list.next(bytes, firstLsn));
        } catch (IOException | RuntimeException | Error e) {
            file.close();
            throw e;
        }
        SegmentWriter full = writer;
        writer = new SegmentWriter(segments.last(), file, salt);
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

    /**
     * Closes the last segment, unless it is empty, and begins a new one, whatever its size: what is in it can then be packed.
     *
     * @throws UnavailableException if the volume fails; appends go on, if the last segment is surely durable, and still the last
     */
    public synchronized void seal() {
        requireOpen();
        requireHealthy();
        if (isEmpty()) {
            return;
        }
        synchronized (syncLock) {
            sealWriter();
            try {
                beginSegment(lastLsn + 1);
            } catch (IOException e) {
                throw isAsBefore(e) ? cannotSeal(e) : fail(e);
            } catch (RuntimeException | Error e) {
                failure = e;
                throw e;
            }
        }
    }

    private void sealWriter() {
        try {
            writer.seal();
        } catch (IOException e) {
            throw fail(e);
        }
    }

    /** Tells, after a segment could not be begun, whether the last one surely still is the last. */
    private boolean isAsBefore(IOException cause) {
        try {
            segments.deleteLater(RawSegment.nameOf(lastLsn + 1));
            segments.settleList();
        } catch (IOException e) {
            cause.addSuppressed(e);
            return false;
        }
        return segments.last() == writer.segment();
    }

    private UnavailableException cannotSeal(IOException e) {
        return new UnavailableException(
                "cannot begin a new segment of the log in `" + volume.describe("") + "`: " + describe(e)
                        + "; appends go on in the old one; mend that and try again",
                e);
    }

    private void requireChangeable() {
        if (closing) {
            throw new ClosedException("the log is closed; open the database again");
        }
        requireHealthy();
    }

    /** Returns the lowest LSN that can be read; 1 as long as nothing was dropped. */
    @Override
    public long firstLsn() {
        return segments.layout().firstLsn();
    }

    /** Returns a place near the end that is surely durable, to open this log with next time. */
    public synchronized LogPlace place() {
        Segment.Place place = writer.syncedPlace();
        return new LogPlace(writer.segment().firstLsn(), place.lsn(), place.offset());
    }

    /** Returns how many bytes the log takes in the directory. */
    @Override
    public long bytes() {
        return usage().hot();
    }

    /** Returns how many bytes the log takes in each form. */
    public LogBytes usage() {
        long last;
        SegmentList list;
        synchronized (this) {
            last = writer.position();
            list = segments.list();
        }
        return new LogBytes(last + list.bytes(Form.RAW), list.bytes(Form.PACKED), list.bytes(Form.COLD));
    }

    /**
     * Rewrites all full segments that are kept as they were appended as compressed ones. Appends and reads go on beside it.
     *
     * @throws UnavailableException if the volume fails; the segments packed before that stay packed, the others as they are
     * @throws dev.argondb.CorruptDataException if a segment is damaged, which stays as it is; the others are packed
     */
    public Packed pack() {
        return maintenance.pack();
    }

    /**
     * Gives up history below an LSN, which becomes {@link #firstLsn()}, and the space it takes: all of it but a rest of one
     * block, or what is not worth rewriting. Reads below are refused from then on. Appends and other reads go on beside it.
     *
     * @param lsn at most one more than {@link #lastLsn()}; nothing happens if it is not above {@link #firstLsn()}
     * @throws InvalidRequestException if the LSN is beyond the end
     * @throws UnavailableException if the volume fails
     */
    @Override
    public void dropBefore(long lsn) {
        reclaim(lsn);
    }

    /** Does what {@link #dropBefore} does, and says what it did. */
    public Dropped reclaim(long lsn) {
        if (lsn > lastLsn + 1) {
            throw new InvalidRequestException(
                    "cannot drop history below lsn " + lsn + ", because the log ends at lsn " + lastLsn);
        }
        sync();
        return maintenance.dropBefore(lsn);
    }

    /**
     * Moves packed segments to the cold tier, the oldest first, as long as more than a number of bytes is kept in full
     * segments here. Appends and reads go on beside it.
     *
     * @throws UnavailableException if the volume or the tier fails; what was moved before that stays moved
     * @throws dev.argondb.CorruptDataException if a segment is damaged, here or after it was copied; it stays here
     */
    public Moved moveToCold(long keepHotBytes) {
        return maintenance.moveToCold(keepHotBytes);
    }

    /**
     * Reads all of the log once, in the directory and in the cold tier: every header, frame, block and record. Goes on after
     * each finding where that is possible.
     */
    public LogVerification verify(Consumer<Finding> findings) {
        requireOpen();
        long end = lastLsn;
        return new LogVerifier(segments, () -> closing, findings, end).run();
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
        return new FileLogReader(segments, () -> closed, fromLsn, end);
    }

    @Override
    public void close() {
        closing = true;
        maintenance.exclusively(this::closeFiles);
    }

    private synchronized void closeFiles() {
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
