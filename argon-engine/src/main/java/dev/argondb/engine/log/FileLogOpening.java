package dev.argondb.engine.log;

import dev.argondb.CorruptDataException;
import dev.argondb.engine.format.ChecksummedText;
import dev.argondb.engine.format.Damage;
import dev.argondb.engine.volume.Volume;
import dev.argondb.engine.volume.VolumeFile;
import java.io.IOException;
import java.nio.file.NoSuchFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/** Makes the files of a log, or finds and checks them. */
final class FileLogOpening {

    /** A log that is ready to read and write. */
    record Opened(DatabaseFile database, SegmentList list, List<Segment> segments, TailRecovery.Recovered tail) {}

    private final Volume volume;

    FileLogOpening(Volume volume) {
        this.volume = volume;
    }

    Opened run(Supplier<UUID> newId) throws IOException {
        DatabaseFile database = volume.exists(DatabaseFile.NAME) ? DatabaseFile.read(volume) : create(newId.get());
        SegmentList list = readList(database.databaseId());
        dropLeftovers(list);
        requireSizes(list);
        makeNamesDurable();
        List<Segment> segments = new ArrayList<>();
        for (long firstLsn : list.firstLsns()) {
            segments.add(openSegment(volume, database.databaseId(), firstLsn));
        }
        Segment last = segments.get(segments.size() - 1);
        return new Opened(database, list, List.copyOf(segments), new TailRecovery(volume, last).run());
    }

    private DatabaseFile create(UUID databaseId) throws IOException {
        requireNothingToLose();
        volume.createDirectory(SegmentList.DIRECTORY);
        createSegment(volume, databaseId, 1);
        new SegmentList(databaseId, List.of(), 1).write(volume);
        return DatabaseFile.create(volume, databaseId);
    }

    /** A creation that a crash cut short leaves an empty first segment and its list at most. */
    private void requireNothingToLose() throws IOException {
        String first = Segment.nameOf(1);
        for (String name : files()) {
            boolean empty = name.equals(first) && sizeOf(name) <= SegmentHeader.BYTES;
            if (!empty && !name.equals(SegmentList.NAME) && !isTemporary(name)) {
                throw new CorruptDataException("`" + volume.describe(DatabaseFile.NAME)
                        + "` is missing, but there is a log in `" + volume.describe(name)
                        + "`; restore the missing file from a copy");
            }
        }
    }

    /** Makes a segment that is whole and durable before it has its name. */
    static Segment createSegment(Volume volume, UUID databaseId, long firstLsn) throws IOException {
        String name = Segment.nameOf(firstLsn);
        ChecksummedText.replace(
                volume, SegmentList.DIRECTORY, name, SegmentHeader.encode(databaseId, firstLsn, SegmentHeader.VERSION));
        return openSegment(volume, databaseId, firstLsn);
    }

    private static Segment openSegment(Volume volume, UUID databaseId, long firstLsn) throws IOException {
        SegmentHeader header = SegmentHeader.read(volume, Segment.nameOf(firstLsn), databaseId, firstLsn);
        return new Segment(firstLsn, header.crc());
    }

    private SegmentList readList(UUID databaseId) throws IOException {
        try {
            return SegmentList.read(volume, databaseId);
        } catch (NoSuchFileException e) {
            throw new CorruptDataException(
                    "`" + volume.describe(SegmentList.NAME) + "` is missing; restore the file from a copy", e);
        }
    }

    /** Removes what a crash in the middle of a change of segments leaves: a temporary file, an empty segment not yet listed. */
    private void dropLeftovers(SegmentList list) throws IOException {
        List<String> listed = list.firstLsns().stream().map(Segment::nameOf).toList();
        for (String name : files()) {
            if (isTemporary(name)) {
                volume.delete(name);
            } else if (!listed.contains(name) && !name.equals(SegmentList.NAME)) {
                dropUnlisted(name);
            }
        }
        volume.delete(DatabaseFile.NAME + ChecksummedText.TEMPORARY_SUFFIX);
    }

    private void dropUnlisted(String name) throws IOException {
        if (sizeOf(name) > SegmentHeader.BYTES) {
            throw new CorruptDataException("`" + volume.describe(name) + "` is not listed in `"
                    + volume.describe(SegmentList.NAME) + "`; restore that file from a copy, or move this one away");
        }
        volume.delete(name);
    }

    /** The sync that should have made them so may have failed, after which they can be seen all the same. */
    private void makeNamesDurable() throws IOException {
        volume.syncDirectory("");
        volume.syncDirectory(SegmentList.DIRECTORY);
    }

    private void requireSizes(SegmentList list) throws IOException {
        for (SegmentList.Sealed sealed : list.sealed()) {
            long found = requireSegment(sealed.firstLsn());
            if (found != sealed.bytes()) {
                String file = volume.describe(Segment.nameOf(sealed.firstLsn()));
                String what = found < sealed.bytes() ? "segment cut short" : "segment too long";
                long offset = Math.min(found, sealed.bytes());
                throw new Damage(what, file, offset, sealed.firstLsn(), sealed.bytes() + " bytes", found + " bytes")
                        .toException();
            }
        }
        requireSegment(list.lastFirstLsn());
    }

    private long requireSegment(long firstLsn) throws IOException {
        String name = Segment.nameOf(firstLsn);
        if (!volume.exists(name)) {
            throw new CorruptDataException("segment `" + volume.describe(name) + "`, which begins with lsn " + firstLsn
                    + ", is missing; restore the file from a copy");
        }
        return sizeOf(name);
    }

    private List<String> files() throws IOException {
        return volume.list(SegmentList.DIRECTORY).stream()
                .map(name -> SegmentList.DIRECTORY + "/" + name)
                .toList();
    }

    private long sizeOf(String name) throws IOException {
        try (VolumeFile file = volume.openForRead(name)) {
            return file.size();
        }
    }

    private static boolean isTemporary(String name) {
        return name.endsWith(ChecksummedText.TEMPORARY_SUFFIX);
    }
}
