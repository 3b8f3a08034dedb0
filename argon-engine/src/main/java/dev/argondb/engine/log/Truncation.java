package dev.argondb.engine.log;

import dev.argondb.engine.log.SegmentList.Form;
import dev.argondb.engine.log.SegmentList.Sealed;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/*
 * First what needs no room: whole segments go, which may make room on a full disk. Then what needs some: the last segment is
 * closed if it is worth it, and the one that the LSN falls into is rewritten from there on.
 */
/** Gives up the history below an LSN. Confined to one thread. */
final class Truncation {

    /** A rest of this part of all that lies below is not worth rewriting a segment for. */
    private static final int NEGLIGIBLE_PART = 20;

    private final Segments segments;
    private final PackedFiles files;
    private final int blockBytes;
    private final Runnable seal;
    private final long lsn;
    private long dropped;

    Truncation(Segments segments, PackedFiles files, int blockBytes, Runnable seal, long lsn) {
        this.segments = segments;
        this.files = files;
        this.blockBytes = blockBytes;
        this.seal = seal;
        this.lsn = lsn;
    }

    Dropped run() throws IOException {
        if (lsn > segments.layout().firstLsn()) {
            dropWhole();
            if (isWorthSealing()) {
                seal.run();
                dropWhole();
            }
            dropPart();
        }
        return new Dropped(dropped, new ColdGarbage(segments).remove());
    }

    private void dropWhole() throws IOException {
        SegmentList before = segments.change(list -> list.from(lsn));
        for (Sealed gone : before.below(lsn)) {
            dropped += gone.bytes();
            deleteFile(gone);
        }
    }

    private void deleteFile(Sealed gone) throws IOException {
        if (gone.form() == Form.RAW) {
            segments.delete(RawSegment.nameOf(gone.firstLsn()));
        } else if (gone.form() == Form.PACKED) {
            segments.delete(PackedSegment.nameOf(gone.firstLsn()));
        }
    }

    private boolean isWorthSealing() throws IOException {
        RawSegment last = segments.last();
        return lsn > last.firstLsn() && bytesBelow(last) >= blockBytes;
    }

    /** Returns how many bytes of a raw segment lie below the LSN. */
    private long bytesBelow(RawSegment raw) throws IOException {
        try (SegmentRun run = raw.run(lsn)) {
            while (run.nextLsn() < lsn) {
                @Nullable StoredRecord record = run.next();
                if (record == null) {
                    break;
                }
                if (record.lastLsn() >= lsn) {
                    return record.offset() - SegmentHeader.BYTES;
                }
            }
            return run.offset() - SegmentHeader.BYTES;
        }
    }

    private void dropPart() throws IOException {
        SegmentList list = segments.list();
        for (Sealed sealed : list.sealed()) {
            if (sealed.firstLsn() < lsn && isWorthRewriting(sealed)) {
                rewrite(sealed, list.lastLsn(sealed) + 1);
            }
        }
    }

    private boolean isWorthRewriting(Sealed sealed) throws IOException {
        long below = bytesBelow(sealed);
        return below > 0 && below * NEGLIGIBLE_PART > dropped + below;
    }

    private long bytesBelow(Sealed sealed) throws IOException {
        Segment segment = segments.segmentOf(sealed);
        if (segment instanceof RawSegment raw) {
            return bytesBelow(raw);
        }
        try (PackedRun run = PackedRun.of((PackedSegment) segment, lsn)) {
            return run.index().offset(run.index().blockOf(lsn)) - SegmentHeader.BYTES;
        }
    }

    private void rewrite(Sealed sealed, long endLsn) throws IOException {
        Segment segment = segments.segmentOf(sealed);
        Sealed rest = segment instanceof RawSegment raw
                ? files.ofRaw(raw, lsn, endLsn)
                : files.ofPacked((PackedSegment) segment, lsn);
        segments.change(list -> list.with(sealed, rest));
        dropped += sealed.bytes() - rest.bytes();
        deleteFile(sealed);
    }
}
