package dev.argondb.engine.log;

import dev.argondb.engine.log.FrameReader.Frame;
import dev.argondb.engine.log.FrameReader.OutOfOrder;
import dev.argondb.engine.log.FrameReader.Step;
import dev.argondb.engine.log.FrameReader.Unreadable;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A run over the frames of a segment that is kept as it was appended. Confined to one thread. */
final class RawRun implements SegmentRun {

    private final RawSegment segment;
    private final FrameReader frames;

    RawRun(RawSegment segment, FrameReader frames) {
        this.segment = segment;
        this.frames = frames;
    }

    @Override
    public @Nullable StoredRecord next() throws IOException {
        Step step = frames.next();
        while (step instanceof Frame frame) {
            if (!frame.isMark()) {
                segment.learn(frame.firstLsn(), frame.offset());
                return frame.toRecord();
            }
            step = frames.next();
        }
        if (step instanceof Unreadable unreadable) {
            throw unreadable.damage().toException();
        }
        if (step instanceof OutOfOrder outOfOrder) {
            throw outOfOrder.damage().toException();
        }
        return null;
    }

    @Override
    public long nextLsn() {
        return frames.nextLsn();
    }

    @Override
    public long offset() {
        return frames.offset();
    }

    @Override
    public void close() throws IOException {
        frames.close();
    }
}
