package dev.argondb.engine.log;

import dev.argondb.CorruptDataException;
import dev.argondb.engine.log.SegmentList.Form;
import dev.argondb.engine.log.SegmentList.Sealed;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** Rewrites the full segments that are raw as packed ones. Confined to one thread. */
final class Packing {

    private final Segments segments;
    private final PackedFiles files;
    private @Nullable CorruptDataException damage;
    private int count;
    private long rawBytes;
    private long packedBytes;

    Packing(Segments segments, PackedFiles files) {
        this.segments = segments;
        this.files = files;
    }

    Packed run() throws IOException {
        SegmentList list = segments.list();
        for (Sealed raw : list.sealed(Form.RAW)) {
            try {
                pack(raw, list.lastLsn(raw) + 1);
            } catch (CorruptDataException e) {
                add(e);
            }
        }
        if (damage != null) {
            throw damage;
        }
        return new Packed(count, rawBytes, packedBytes);
    }

    private void pack(Sealed raw, long endLsn) throws IOException {
        RawSegment segment = (RawSegment) segments.segmentOf(raw);
        Sealed packed = files.ofRaw(segment, raw.firstLsn(), endLsn);
        segments.change(list -> list.with(raw, packed));
        segments.delete(segment.name());
        count++;
        rawBytes += raw.bytes();
        packedBytes += packed.bytes();
    }

    private void add(CorruptDataException e) {
        if (damage == null) {
            damage = e;
        } else {
            damage.addSuppressed(e);
        }
    }
}
