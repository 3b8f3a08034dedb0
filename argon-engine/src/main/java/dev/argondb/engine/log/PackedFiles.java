package dev.argondb.engine.log;

import dev.argondb.CorruptDataException;
import dev.argondb.engine.format.ChecksummedText;
import dev.argondb.engine.format.Damage;
import dev.argondb.engine.log.SegmentList.Form;
import dev.argondb.engine.log.SegmentList.Sealed;
import dev.argondb.engine.volume.Volume;
import dev.argondb.engine.volume.VolumeFile;
import java.io.IOException;
import java.util.zip.CRC32C;
import org.jspecify.annotations.Nullable;

/**
 * Makes packed segments beside those they are to replace: whole, read back, and durable, but not yet listed. Confined to one
 * thread.
 */
final class PackedFiles {

    @FunctionalInterface
    private interface Source {
        void writeTo(PackedWriter writer) throws IOException;
    }

    private final Segments segments;
    private final Volume volume;
    private final int blockBytes;
    private final Runnable checkpoint;

    PackedFiles(Segments segments, int blockBytes, Runnable checkpoint) {
        this.segments = segments;
        this.volume = segments.volume();
        this.blockBytes = blockBytes;
        this.checkpoint = checkpoint;
    }

    /**
     * Makes a packed segment of the records of a raw one, from the one on that holds an LSN.
     *
     * @param endLsn the LSN after its last one
     */
    Sealed ofRaw(RawSegment raw, long lsn, long endLsn) throws IOException {
        try (SegmentRun run = raw.run(lsn)) {
            @Nullable StoredRecord first = run.next();
            while (first != null && first.lastLsn() < lsn) {
                first = run.next();
            }
            if (first == null) {
                throw endsEarly(raw, run, endLsn);
            }
            StoredRecord from = first;
            return write(from.firstLsn(), writer -> copyRecords(raw, run, from, endLsn, writer));
        }
    }

    private void copyRecords(RawSegment raw, SegmentRun run, StoredRecord from, long endLsn, PackedWriter writer)
            throws IOException {
        for (@Nullable StoredRecord record = from; record != null; record = run.next()) {
            checkpoint.run();
            writer.add(record);
        }
        if (run.nextLsn() != endLsn) {
            throw endsEarly(raw, run, endLsn);
        }
    }

    private static CorruptDataException endsEarly(Segment segment, SegmentRun run, long endLsn) {
        String found = "lsn " + (run.nextLsn() - 1);
        return new Damage(
                        "segment ends early",
                        segment.fullName(),
                        run.offset(),
                        run.nextLsn(),
                        "lsn " + (endLsn - 1),
                        found)
                .toException();
    }

    /** Makes a packed segment of the blocks of another one, from the one on that holds an LSN. */
    Sealed ofPacked(PackedSegment packed, long lsn) throws IOException {
        try (PackedRun run = PackedRun.of(packed, lsn)) {
            int from = run.index().blockOf(lsn);
            return write(run.index().firstLsn(from), writer -> copyBlocks(run, from, writer));
        }
    }

    private void copyBlocks(PackedRun run, int from, PackedWriter writer) throws IOException {
        for (int i = from; i < run.index().blocks(); i++) {
            checkpoint.run();
            PackedBlock block = run.block(i);
            writer.copy(run.stored(i), block);
        }
    }

    private Sealed write(long firstLsn, Source source) throws IOException {
        String name = PackedSegment.nameOf(firstLsn);
        String temporary = name + ChecksummedText.TEMPORARY_SUFFIX;
        volume.delete(temporary);
        try {
            Sealed sealed = writeUnnamed(temporary, firstLsn, source);
            volume.rename(temporary, name);
            segments.deleteLater(name);
            volume.syncDirectory(SegmentList.DIRECTORY);
            return sealed;
        } catch (IOException | RuntimeException | Error e) {
            deleteAfter(e, temporary);
            throw e;
        }
    }

    private Sealed writeUnnamed(String name, long firstLsn, Source source) throws IOException {
        Sealed sealed;
        PackedWriter writer;
        try (VolumeFile file = volume.create(name)) {
            writer = new PackedWriter(file, segments.databaseId(), firstLsn, blockBytes);
            source.writeTo(writer);
            sealed = new Sealed(firstLsn, writer.finish(), Form.PACKED);
        }
        PackedSegment written = segments.unlisted(name, sealed);
        int found = check(written);
        if (found != writer.rawCrc()) {
            String expected = PackedFormat.hex(writer.rawCrc());
            throw new Damage("not what was written", written.fullName(), 0, firstLsn, expected, PackedFormat.hex(found))
                    .toException();
        }
        return sealed;
    }

    private void deleteAfter(Throwable cause, String name) {
        try {
            volume.delete(name);
        } catch (IOException e) {
            segments.deleteLater(name);
            cause.addSuppressed(e);
        }
    }

    /** Reads all of a packed segment, and returns the CRC32C of its blocks, decompressed. */
    int check(PackedSegment packed) throws IOException {
        CRC32C crc = new CRC32C();
        try (PackedRun run = PackedRun.of(packed, packed.firstLsn())) {
            for (int i = 0; i < run.index().blocks(); i++) {
                checkpoint.run();
                crc.update(run.block(i).raw());
            }
        }
        return (int) crc.getValue();
    }
}
