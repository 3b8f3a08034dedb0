package dev.argondb.engine.log;

import dev.argondb.ClosedException;
import dev.argondb.CorruptDataException;
import dev.argondb.UnavailableException;
import dev.argondb.engine.format.Damage;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/*
 * Segments change while a reader is at work: they are packed, moved to the cold tier, given up. So it looks for the next
 * segment only when it needs it, among those there are then; and when the one it reads is gone it goes on in what took its
 * place, at the LSN it had come to.
 */
/** A run over the segments of a {@link FileLog}. Confined to one thread. */
final class FileLogReader implements LogReader {

    private final Segments segments;
    private final BooleanSupplier logIsClosed;
    private final long endLsn;
    private Segment segment;
    private long doneLsn;
    private @Nullable SegmentRun run;

    /**
     * @param fromLsn 1 or more
     * @param endLsn the last LSN to read
     */
    FileLogReader(Segments segments, BooleanSupplier logIsClosed, long fromLsn, long endLsn) {
        SegmentLayout layout = segments.layout();
        if (fromLsn < layout.firstLsn()) {
            throw layout.reclaimed(fromLsn);
        }
        this.segments = segments;
        this.logIsClosed = logIsClosed;
        this.endLsn = endLsn;
        this.segment = layout.segmentOf(fromLsn);
        this.doneLsn = fromLsn - 1;
    }

    @Override
    public @Nullable LogRecord next() {
        if (logIsClosed.getAsBoolean()) {
            throw new ClosedException("the log is closed; open the database again");
        }
        if (doneLsn >= endLsn) {
            return null;
        }
        try {
            return nextRecord();
        } catch (IOException e) {
            throw new UnavailableException("cannot read `" + segment.fullName() + "`: " + e.getMessage(), e);
        }
    }

    private LogRecord nextRecord() throws IOException {
        while (true) {
            try {
                SegmentRun open = run();
                @Nullable StoredRecord record = open.next();
                if (record == null) {
                    passEnd(open);
                } else if (record.lastLsn() > doneLsn) {
                    doneLsn = record.lastLsn();
                    return record.decode(segment.fullName());
                }
            } catch (NoSuchFileException e) {
                replaceSegment(e);
            }
        }
    }

    private SegmentRun run() throws IOException {
        SegmentRun open = run;
        if (open == null) {
            segment = segments.layout().segmentOf(doneLsn + 1);
            open = segment.run(doneLsn + 1);
            run = open;
        }
        return open;
    }

    private void passEnd(SegmentRun open) throws IOException {
        Segment next = segments.layout().segmentOf(doneLsn + 1);
        if (open.nextLsn() != doneLsn + 1 || next.firstLsn() != doneLsn + 1 || isLast(next)) {
            throw endsEarly(open, next);
        }
        closeRun();
    }

    /** Tells whether a segment, with which the records go on, is the one that was read to its end. */
    private boolean isLast(Segment next) {
        return next.firstLsn() == segment.firstLsn();
    }

    private CorruptDataException endsEarly(SegmentRun open, Segment current) {
        long last = open.nextLsn() - 1;
        String expected = current.firstLsn() > last + 1 ? "lsn " + (current.firstLsn() - 1) : "more than lsn " + last;
        return new Damage("segment ends early", segment.fullName(), open.offset(), last + 1, expected, "lsn " + last)
                .toException();
    }

    private void replaceSegment(NoSuchFileException e) throws IOException {
        closeRun();
        Segment now = segments.layout().segmentOf(doneLsn + 1);
        if (now.fullName().equals(segment.fullName())) {
            throw new CorruptDataException(
                    "segment `" + segment.fullName() + "`, which begins with lsn " + segment.firstLsn()
                            + ", is missing; restore the file from a copy",
                    e);
        }
    }

    private void closeRun() throws IOException {
        @Nullable SegmentRun open = run;
        run = null;
        if (open != null) {
            open.close();
        }
    }

    @Override
    public void close() {
        doneLsn = endLsn;
        try {
            closeRun();
        } catch (IOException e) {
            throw new UnavailableException("cannot close `" + segment.fullName() + "`: " + e.getMessage(), e);
        }
    }
}
