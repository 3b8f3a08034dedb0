package dev.argondb.engine.log;

import dev.argondb.engine.volume.Volume;
import dev.argondb.engine.volume.VolumeFile;
import java.io.IOException;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentSkipListMap;
import org.jspecify.annotations.Nullable;

/**
 * A segment as it was appended, with what was learned about it so far: where some of its records begin. Nothing of it is read
 * before it is used.
 *
 * <p>Thread-safe.
 */
final class RawSegment implements Segment {

    static final String SUFFIX = ".seg";

    private static final String PREFIX = SegmentList.DIRECTORY + "/log-";

    /** The least distance of two known places, in bytes: what a random read has to skip at most. */
    private static final long INDEX_BYTES = 1 << 16;

    private final Volume volume;
    private final UUID databaseId;
    private final long firstLsn;
    private final ConcurrentSkipListMap<Long, Long> offsets = new ConcurrentSkipListMap<>();
    private volatile @Nullable SegmentHeader header;

    RawSegment(Volume volume, UUID databaseId, long firstLsn) {
        this.volume = volume;
        this.databaseId = databaseId;
        this.firstLsn = firstLsn;
        offsets.put(firstLsn, (long) SegmentHeader.BYTES);
    }

    /** Returns the name of the segment that begins with an LSN. */
    static String nameOf(long firstLsn) {
        return String.format("%s%020d%s", PREFIX, firstLsn, SUFFIX);
    }

    String name() {
        return nameOf(firstLsn);
    }

    @Override
    public long firstLsn() {
        return firstLsn;
    }

    @Override
    public SegmentList.Form form() {
        return SegmentList.Form.RAW;
    }

    @Override
    public String fullName() {
        return volume.describe(name());
    }

    @Override
    public SegmentRun run(long lsn) throws IOException {
        return new RawRun(this, frames(placeBefore(lsn)));
    }

    /** Reads frames from a place on. */
    FrameReader frames(Place place) throws IOException {
        VolumeFile file = volume.openForRead(name());
        try {
            return new FrameReader(file, fullName(), salt(file), place);
        } catch (IOException | RuntimeException | Error e) {
            file.close();
            throw e;
        }
    }

    /** Returns the salt of its checksums, from its header, which is checked. */
    int salt(VolumeFile file) throws IOException {
        @Nullable SegmentHeader known = header;
        if (known == null) {
            known = readHeader(file);
            header = known;
        }
        return known.crc();
    }

    /** Reads the header once more. */
    void checkHeader() throws IOException {
        try (VolumeFile file = volume.openForRead(name())) {
            readHeader(file);
        }
    }

    private SegmentHeader readHeader(VolumeFile file) throws IOException {
        return SegmentHeader.read(
                file, new SegmentHeader.Check(SegmentHeader.Kind.RAW, fullName(), databaseId, firstLsn));
    }

    /** Remembers where a record begins, unless a place shortly before it is known. */
    void learn(long lsn, long offset) {
        Map.@Nullable Entry<Long, Long> before = offsets.floorEntry(lsn);
        if (before == null || offset - before.getValue() >= INDEX_BYTES) {
            offsets.put(lsn, offset);
        }
    }

    /** Returns the last known place from which reading on comes to an LSN of this segment. */
    Place placeBefore(long lsn) {
        Map.Entry<Long, Long> before = offsets.floorEntry(Math.max(lsn, firstLsn));
        return new Place(before.getKey(), before.getValue());
    }
}
