package dev.argondb.engine.log;

import dev.argondb.engine.format.Damage;
import dev.argondb.engine.format.FileHeader;
import dev.argondb.engine.volume.VolumeFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.UUID;

/**
 * The first bytes of a segment: a {@link FileHeader}, whose number is the segment's first LSN.
 *
 * <pre>
 * version  = 1                          of a log segment: frames as in {@link FrameReader}; of a packed one: as in
 *                                       {@link PackedFormat}; in both records as in {@link LogRecordCodec} version 1
 * </pre>
 *
 * @param crc also the salt of the segment's checksums
 */
record SegmentHeader(UUID databaseId, long firstLsn, int crc) {

    static final int BYTES = FileHeader.BYTES;

    /** What kind of file it is. */
    enum Kind {
        RAW(FileHeader.Kind.LOG_SEGMENT, 1),
        PACKED(FileHeader.Kind.PACKED_SEGMENT, 1);

        private final FileHeader.Kind kind;
        private final int version;

        Kind(FileHeader.Kind kind, int version) {
            this.kind = kind;
            this.version = version;
        }

        int version() {
            return version;
        }
    }

    static ByteBuffer encode(Kind kind, UUID databaseId, long firstLsn) {
        return encode(kind, databaseId, firstLsn, kind.version);
    }

    static ByteBuffer encode(Kind kind, UUID databaseId, long firstLsn, int version) {
        return new FileHeader(kind.kind, version, databaseId, firstLsn).encode();
    }

    /** Returns the checksum of an encoded header, which salts the others. */
    static int salt(ByteBuffer header) {
        return FileHeader.crcIn(header);
    }

    static SegmentHeader read(VolumeFile file, Check check) throws IOException {
        ByteBuffer header = ByteBuffer.allocate(BYTES);
        file.read(header, 0);
        return check.of(header.flip());
    }

    /**
     * What a header has to say.
     *
     * @param file the full name of the file, for messages
     */
    record Check(Kind kind, String file, UUID databaseId, long firstLsn) {

        /** Returns what the first bytes of the file say, if it is that. */
        SegmentHeader of(ByteBuffer header) {
            FileHeader found = new FileHeader(kind.kind, kind.version, databaseId, firstLsn)
                    .require(header, file, (what, expected, is) -> new Damage(what, file, 0, firstLsn, expected, is)
                            .toException());
            return new SegmentHeader(databaseId, firstLsn, found.crc());
        }
    }
}
