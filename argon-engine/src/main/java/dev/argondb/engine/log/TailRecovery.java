package dev.argondb.engine.log;

import dev.argondb.engine.format.Damage;
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
 * 3. Where to begin. Who knows of a durable record near the end saves reading what lies before it. It has to be there, whole,
 *    and with its LSN. Damage before it is found when it is read.
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
    private final RawSegment segment;
    private final Segment.Place start;
    private Segment.Place lastPlace;
    private long end;
    private long provenEnd;
    private boolean marked;
    private long nextLsn;
    private Optional<TornTail> tornTail = Optional.empty();

    /**
     * @param start where a record begins that is known to be durable, with all before it; the end of the header if none is
     */
    TailRecovery(Volume volume, RawSegment segment, Segment.Place start) {
        this.volume = volume;
        this.segment = segment;
        this.start = start;
        this.lastPlace = start;
        this.end = start.offset();
        this.provenEnd = start.offset();
        this.nextLsn = start.lsn();
    }

    Recovered run() throws IOException {
        scan();
        VolumeFile file = volume.open(segment.name());
        boolean done = false;
        try {
            repair(file);
            SegmentWriter writer = new SegmentWriter(segment, file, segment.salt(file), lastPlace, end, marked);
            done = true;
            return new Recovered(writer, nextLsn - 1, tornTail);
        } finally {
            if (!done) {
                file.close();
            }
        }
    }

    private void scan() throws IOException {
        try (FrameReader frames = segment.frames(start)) {
            requireStart(frames);
            Step step = frames.next();
            if (step instanceof Frame && isKnown()) {
                provenEnd = frames.offset();
            }
            while (step instanceof Frame frame) {
                pass(frame, frames);
                step = frames.next();
            }
            stopAt(step, frames);
        }
    }

    /** Tells whether there is a record at the start, and it is durable. */
    private boolean isKnown() {
        return start.offset() > SegmentHeader.BYTES;
    }

    private void requireStart(FrameReader frames) {
        if (isKnown() && start.offset() >= frames.limit()) {
            throw new Damage(
                            "segment cut short",
                            segment.fullName(),
                            frames.limit(),
                            start.lsn(),
                            "more than " + start.offset() + " bytes",
                            frames.limit() + " bytes")
                    .toException();
        }
    }

    private void pass(Frame frame, FrameReader frames) {
        marked = frame.isMark();
        provenEnd = Math.max(provenEnd, frame.provenOffset());
        if (!marked) {
            end = frames.offset();
            nextLsn = frames.nextLsn();
            segment.learn(frame.firstLsn(), frame.offset());
            lastPlace = new Segment.Place(frame.firstLsn(), frame.offset());
        }
    }

    private void stopAt(Step step, FrameReader frames) throws IOException {
        if (step instanceof OutOfOrder outOfOrder) {
            throw outOfOrder.damage().toException();
        }
        if (step instanceof Unreadable unreadable) {
            boolean atStart = isKnown() && frames.offset() == start.offset();
            if (atStart || frames.isProvenDurable()) {
                throw unreadable.damage().toException();
            }
            tornTail = Optional.of(new TornTail(segment.fullName(), end, frames.limit() - end, nextLsn));
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
