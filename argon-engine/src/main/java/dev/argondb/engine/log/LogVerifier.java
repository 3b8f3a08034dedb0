package dev.argondb.engine.log;

import dev.argondb.ClosedException;
import dev.argondb.CorruptDataException;
import dev.argondb.UnavailableException;
import dev.argondb.UnknownRefException;
import dev.argondb.engine.Finding;
import dev.argondb.engine.format.Damage;
import dev.argondb.engine.log.FrameReader.Frame;
import dev.argondb.engine.log.FrameReader.OutOfOrder;
import dev.argondb.engine.log.FrameReader.Step;
import dev.argondb.engine.log.FrameReader.Unreadable;
import java.io.IOException;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/*
 * Segments may be packed, moved and dropped meanwhile: the next one is looked for among those there are then, and one that
 * went away while it was read is read again in its new form. What was dropped is passed over.
 */
/** Reads all of a log once. Confined to one thread. */
final class LogVerifier {

    private final Segments segments;
    private final BooleanSupplier logIsClosed;
    private final Consumer<Finding> findings;
    private final long endLsn;
    private int segmentCount;
    private long recordCount;
    private long byteCount;
    private long findingCount;

    /**
     * @param endLsn the last LSN to read
     */
    LogVerifier(Segments segments, BooleanSupplier logIsClosed, Consumer<Finding> findings, long endLsn) {
        this.segments = segments;
        this.logIsClosed = logIsClosed;
        this.findings = findings;
        this.endLsn = endLsn;
    }

    LogVerification run() {
        long lsn = segments.layout().segments().get(0).firstLsn();
        while (lsn <= endLsn) {
            SegmentLayout layout = segments.layout();
            lsn = Math.max(lsn, layout.segments().get(0).firstLsn());
            Segment segment = layout.segmentOf(lsn);
            long end = Math.min(endLsn, layout.lastLsn(segment)) + 1;
            verify(segment, lsn, end);
            lsn = end;
        }
        return new LogVerification(segmentCount, recordCount, byteCount, findingCount);
    }

    private void verify(Segment segment, long lsn, long endOfSegment) {
        segmentCount++;
        try {
            if (segment instanceof RawSegment raw) {
                verifyRaw(raw, endOfSegment);
            } else {
                verifyPacked((PackedSegment) segment, endOfSegment);
            }
        } catch (CorruptDataException e) {
            report(segment, lsn, e.getMessage());
        } catch (IOException | UnavailableException e) {
            verifyAgain(segment, lsn, endOfSegment, e);
        }
    }

    private void verifyAgain(Segment segment, long lsn, long endOfSegment, Exception e) {
        try {
            Segment now = segments.layout().segmentOf(lsn);
            if (now == segment) {
                report(segment, lsn, "cannot be read: " + e.getMessage());
            } else {
                verify(now, lsn, endOfSegment);
            }
        } catch (UnknownRefException gone) {
            segmentCount--;
        }
    }

    private void verifyRaw(RawSegment segment, long end) throws IOException {
        segment.checkHeader();
        Segment.Place begin = new Segment.Place(segment.firstLsn(), SegmentHeader.BYTES);
        try (FrameReader frames = segment.frames(begin)) {
            while (frames.nextLsn() < end) {
                requireOpen();
                Step step = frames.next();
                if (step instanceof Frame frame) {
                    verifyRecord(segment, frame);
                } else if (step instanceof Unreadable unreadable) {
                    report(unreadable.damage());
                    frames.skipUnreadable();
                } else if (step instanceof OutOfOrder outOfOrder) {
                    report(outOfOrder.damage());
                    frames.acceptOrder();
                } else {
                    break;
                }
            }
            requireEnd(segment, frames.offset(), frames.nextLsn(), end);
            byteCount += frames.offset();
        }
    }

    private void verifyRecord(RawSegment segment, Frame frame) {
        if (!frame.isMark()) {
            verifyRecord(segment, frame.toRecord());
        }
    }

    private void verifyRecord(Segment segment, StoredRecord record) {
        try {
            record.decode(segment.fullName());
            recordCount++;
        } catch (CorruptDataException e) {
            report(segment, record.firstLsn(), e.getMessage());
        }
    }

    private void verifyPacked(PackedSegment segment, long end) throws IOException {
        try (PackedRun run = PackedRun.of(segment, source -> index(segment, source))) {
            PackedIndex index = run.index();
            for (int i = 0; i < index.blocks(); i++) {
                requireOpen();
                verifyBlock(segment, run, i, index);
            }
            long offset = index.endOffset(index.blocks());
            requireEnd(segment, offset, index.lastLsn() + 1, end);
            byteCount += offset;
        }
    }

    /** Returns the index as it lies there, or, if that is damaged, one made from the blocks. */
    private PackedIndex index(PackedSegment segment, PackedSource source) throws IOException {
        try {
            return segment.readIndex(source);
        } catch (CorruptDataException e) {
            report(segment, segment.firstLsn(), e.getMessage());
            return segment.rebuildIndex(source);
        }
    }

    private void verifyBlock(PackedSegment segment, PackedRun run, int number, PackedIndex index) throws IOException {
        try {
            run.moveTo(number);
            while (run.nextLsn() < index.endLsn(number)) {
                @Nullable StoredRecord record = run.next();
                if (record == null) {
                    break;
                }
                verifyRecord(segment, record);
            }
            run.requireBlockDone(index.endLsn(number));
        } catch (CorruptDataException e) {
            report(segment, index.firstLsn(number), e.getMessage());
        }
    }

    private void requireEnd(Segment segment, long offset, long nextLsn, long end) {
        if (nextLsn < end) {
            String found = "lsn " + (nextLsn - 1);
            report(new Damage("segment ends early", segment.fullName(), offset, nextLsn, "lsn " + (end - 1), found));
        }
    }

    private void requireOpen() {
        if (logIsClosed.getAsBoolean()) {
            throw new ClosedException("the log is closed; open the database again");
        }
    }

    private void report(Damage damage) {
        findingCount++;
        String what = damage.what() + ": expected `" + damage.expected() + "`, found `" + damage.found() + "`";
        findings.accept(new Finding(damage.file() + " at offset " + damage.offset(), damage.lsn(), what));
    }

    private void report(Segment segment, long lsn, @Nullable String what) {
        findingCount++;
        findings.accept(new Finding(segment.fullName(), lsn, String.valueOf(what)));
    }
}
