package dev.argondb.engine.log;

import dev.argondb.ClosedException;
import dev.argondb.CorruptDataException;
import dev.argondb.UnavailableException;
import dev.argondb.engine.format.Damage;
import dev.argondb.engine.format.MalformedRecordException;
import dev.argondb.engine.log.FrameReader.End;
import dev.argondb.engine.log.FrameReader.Frame;
import dev.argondb.engine.log.FrameReader.OutOfOrder;
import dev.argondb.engine.log.FrameReader.Step;
import dev.argondb.engine.log.FrameReader.Unreadable;
import dev.argondb.engine.volume.Volume;
import java.io.IOException;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;

/** A run over the segments of a {@link FileLog}. Confined to one thread. */
final class FileLogReader implements LogReader {

    private final Volume volume;
    private final List<Segment> segments;
    private final BooleanSupplier logIsClosed;
    private final long fromLsn;
    private final long endLsn;
    private int index;
    private long doneLsn;
    private @Nullable FrameReader frames;

    /**
     * @param segments all of the log, in order
     * @param endLsn the last LSN to read
     */
    FileLogReader(Volume volume, List<Segment> segments, BooleanSupplier logIsClosed, long fromLsn, long endLsn) {
        this.volume = volume;
        this.segments = segments;
        this.logIsClosed = logIsClosed;
        this.fromLsn = fromLsn;
        this.endLsn = endLsn;
        this.index = indexOf(segments, fromLsn);
        this.doneLsn = fromLsn - 1;
    }

    private static int indexOf(List<Segment> segments, long lsn) {
        int low = 0;
        int high = segments.size() - 1;
        while (low < high) {
            int middle = (low + high + 1) >>> 1;
            if (segments.get(middle).firstLsn() <= lsn) {
                low = middle;
            } else {
                high = middle - 1;
            }
        }
        return low;
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
            throw new UnavailableException("cannot read `" + fileName() + "`: " + e.getMessage(), e);
        }
    }

    private LogRecord nextRecord() throws IOException {
        while (true) {
            FrameReader open = frames();
            Step step = open.next();
            if (step instanceof Frame frame) {
                if (!frame.isMark()) {
                    segment().learn(frame.firstLsn(), frame.offset());
                    if (frame.lastLsn() >= fromLsn) {
                        doneLsn = frame.lastLsn();
                        return decode(frame);
                    }
                }
            } else {
                passEnd(step, open);
            }
        }
    }

    private void passEnd(Step step, FrameReader open) throws IOException {
        if (step instanceof Unreadable unreadable) {
            throw unreadable.damage().toException();
        }
        if (step instanceof OutOfOrder outOfOrder) {
            throw outOfOrder.damage().toException();
        }
        boolean last = index == segments.size() - 1;
        long expected = last ? endLsn + 1 : segments.get(index + 1).firstLsn();
        if (!(step instanceof End) || last || open.nextLsn() != expected) {
            throw endsEarly(open, expected);
        }
        closeFrames();
        index++;
    }

    private CorruptDataException endsEarly(FrameReader open, long expected) {
        String found = "lsn " + (open.nextLsn() - 1);
        return new Damage(
                        "segment ends early", fileName(), open.offset(), open.nextLsn(), "lsn " + (expected - 1), found)
                .toException();
    }

    private FrameReader frames() throws IOException {
        @Nullable FrameReader open = frames;
        if (open == null) {
            Segment segment = segment();
            Segment.Place place = segment.placeBefore(doneLsn + 1);
            open = new FrameReader(volume.openForRead(segment.name()), fileName(), segment.salt(), place);
            frames = open;
        }
        return open;
    }

    private LogRecord decode(Frame frame) {
        LogRecord record;
        try {
            record = LogRecordCodec.decode(frame.firstLsn(), frame.payload());
        } catch (MalformedRecordException e) {
            throw malformed(frame, "a record", e.getMessage());
        }
        if (record.lastLsn() != frame.lastLsn()) {
            throw malformed(frame, "last lsn " + frame.lastLsn(), "last lsn " + record.lastLsn());
        }
        return record;
    }

    private CorruptDataException malformed(Frame frame, String expected, @Nullable String found) {
        String actual = String.valueOf(found);
        return new Damage("malformed record", fileName(), frame.offset(), frame.firstLsn(), expected, actual)
                .toException();
    }

    private Segment segment() {
        return segments.get(index);
    }

    private String fileName() {
        return volume.describe(segment().name());
    }

    private void closeFrames() throws IOException {
        @Nullable FrameReader open = frames;
        frames = null;
        if (open != null) {
            open.close();
        }
    }

    @Override
    public void close() {
        doneLsn = endLsn;
        try {
            closeFrames();
        } catch (IOException e) {
            throw new UnavailableException("cannot close `" + fileName() + "`: " + e.getMessage(), e);
        }
    }
}
