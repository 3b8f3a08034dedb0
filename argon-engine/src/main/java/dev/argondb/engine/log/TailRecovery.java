package dev.argondb.engine.log;

import dev.argondb.engine.log.FrameReader.End;
import dev.argondb.engine.log.FrameReader.Frame;
import dev.argondb.engine.log.FrameReader.OutOfOrder;
import dev.argondb.engine.log.FrameReader.Step;
import dev.argondb.engine.log.FrameReader.Unreadable;
import dev.argondb.engine.volume.Volume;
import dev.argondb.engine.volume.VolumeFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Optional;

/*
 * 1. Torn or damaged. A crash can leave any part of what was not yet synced: a cut frame, a gap with whole frames behind it.
 *    So an unreadable frame alone tells nothing. But each frame says how far the file was durable when it was written. If a
 *    frame behind the unreadable one proves it to have been durable, it was damaged later: an error. If none does, it was part
 *    of the last writes, and is dropped with all behind it. What is left undecidable is damage to the very last append before
 *    a crash: it looks like a torn one. A log that was closed ends with a mark and has no such place.
 * 2. Whole, but durable? After a sync that failed, the operating system may show bytes that are not on the disk, and call the
 *    next sync a success. So whatever nothing proves to be durable is written again, unchanged, and synced. A mark at the
 *    end is not: the next append overwrites it.
 */
/** Brings the last segment into order when a log is opened. */
final class TailRecovery {

    /**
     * The state of a log after recovery.
     *
     * @param writer stands at the end of the last segment
     */
    record Recovered(SegmentWriter writer, long lastLsn, Optional<TornTail> tornTail) {}

    private static final int COPY_BYTES = 1 << 18;

    private final Volume volume;
    private final Segment segment;
    private long end = SegmentHeader.BYTES;
    private long provenEnd = SegmentHeader.BYTES;
    private boolean marked;
    private long nextLsn;
    private Optional<TornTail> tornTail = Optional.empty();

    TailRecovery(Volume volume, Segment segment) {
        this.volume = volume;
        this.segment = segment;
        this.nextLsn = segment.firstLsn();
    }

    Recovered run() throws IOException {
        scan();
        VolumeFile file = volume.open(segment.name());
        boolean done = false;
        try {
            repair(file);
            SegmentWriter writer = new SegmentWriter(segment, file, end, marked);
            done = true;
            return new Recovered(writer, nextLsn - 1, tornTail);
        } finally {
            if (!done) {
                file.close();
            }
        }
    }

    private void scan() throws IOException {
        String fileName = volume.describe(segment.name());
        Segment.Place start = new Segment.Place(segment.firstLsn(), SegmentHeader.BYTES);
        try (FrameReader frames =
                new FrameReader(volume.openForRead(segment.name()), fileName, segment.salt(), start)) {
            Step step = frames.next();
            while (step instanceof Frame frame) {
                pass(frame, frames);
                step = frames.next();
            }
            stopAt(step, frames, fileName);
        }
    }

    private void pass(Frame frame, FrameReader frames) {
        marked = frame.isMark();
        provenEnd = Math.max(provenEnd, frame.provenOffset());
        if (!marked) {
            end = frames.offset();
            nextLsn = frames.nextLsn();
            segment.learn(frame.firstLsn(), frame.offset());
        }
    }

    private void stopAt(Step step, FrameReader frames, String fileName) throws IOException {
        if (step instanceof OutOfOrder outOfOrder) {
            throw outOfOrder.damage().toException();
        }
        if (step instanceof Unreadable unreadable) {
            if (frames.isProvenDurable()) {
                throw unreadable.damage().toException();
            }
            tornTail = Optional.of(new TornTail(fileName, end, frames.limit() - end, nextLsn));
        } else if (!(step instanceof End)) {
            throw new AssertionError(step);
        }
    }

    private void repair(VolumeFile file) throws IOException {
        if (tornTail.isPresent() || provenEnd < end) {
            file.truncate(end);
            marked = false;
            rewrite(file);
            file.sync();
        }
    }

    private void rewrite(VolumeFile file) throws IOException {
        ByteBuffer piece = ByteBuffer.allocate(COPY_BYTES);
        for (long at = provenEnd; at < end; at += piece.limit()) {
            piece.clear().limit((int) Math.min(COPY_BYTES, end - at));
            file.read(piece, at);
            file.write(piece.flip(), at);
        }
    }
}
