package dev.argondb.engine.log;

import dev.argondb.CorruptDataException;
import dev.argondb.engine.format.ChecksummedText;
import dev.argondb.engine.format.Damage;
import dev.argondb.engine.log.SegmentList.Form;
import dev.argondb.engine.log.SegmentList.Sealed;
import dev.argondb.engine.tier.RetryingTier;
import dev.argondb.engine.volume.Volume;
import dev.argondb.engine.volume.VolumeFile;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.NoSuchFileException;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Pattern;

/** Makes the files of a log, or finds and checks them. */
final class FileLogOpening {

    /** A log that is ready to read and write. */
    record Opened(Segments segments, TailRecovery.Recovered tail) {}

    private static final Pattern RAW_NAME = Pattern.compile("log/log-\\d{20}\\.seg");
    private static final Pattern PACKED_NAME = Pattern.compile("log/log-\\d{20}\\.pack");

    private final Volume volume;
    private final FileLogParts parts;

    FileLogOpening(Volume volume, FileLogParts parts) {
        this.volume = volume;
        this.parts = parts;
    }

    Opened run() throws IOException {
        DatabaseFile database = volume.exists(DatabaseFile.NAME)
                ? DatabaseFile.read(volume)
                : create(parts.newId().get());
        SegmentList list = readList(database.databaseId());
        requireSizes(list);
        dropLeftovers(list);
        makeNamesDurable();
        Segments segments = new Segments(volume, list, parts.coldTier().map(RetryingTier::of));
        RawSegment last = segments.last();
        return new Opened(segments, new TailRecovery(volume, last, start(last)).run());
    }

    private DatabaseFile create(UUID databaseId) throws IOException {
        requireNothingToLose();
        volume.createDirectory(SegmentList.DIRECTORY);
        createSegment(volume, databaseId, 1);
        SegmentList.of(databaseId).write(volume);
        return DatabaseFile.create(volume, databaseId);
    }

    /** A creation that a crash cut short leaves an empty first segment and its list at most. */
    private void requireNothingToLose() throws IOException {
        String first = RawSegment.nameOf(1);
        for (String name : files()) {
            boolean empty = name.equals(first) && sizeOf(name) <= SegmentHeader.BYTES;
            if (!empty && !name.equals(SegmentList.NAME) && !isTemporary(name)) {
                throw new CorruptDataException("`" + volume.describe(DatabaseFile.NAME)
                        + "` is missing, but there is a log in `" + volume.describe(name)
                        + "`; restore the missing file from a copy");
            }
        }
    }

    /** Makes a segment that is whole and durable before it has its name, and returns the salt of its checksums. */
    static int createSegment(Volume volume, UUID databaseId, long firstLsn) throws IOException {
        ByteBuffer header = SegmentHeader.encode(SegmentHeader.Kind.RAW, databaseId, firstLsn);
        ChecksummedText.replace(volume, SegmentList.DIRECTORY, RawSegment.nameOf(firstLsn), header.duplicate());
        return SegmentHeader.salt(header);
    }

    private SegmentList readList(UUID databaseId) throws IOException {
        try {
            return SegmentList.read(volume, databaseId);
        } catch (NoSuchFileException e) {
            throw new CorruptDataException(
                    "`" + volume.describe(SegmentList.NAME) + "` is missing; restore the file from a copy", e);
        }
    }

    /** Returns from where on the last segment has to be read. */
    private Segment.Place start(RawSegment last) {
        Optional<LogPlace> known = parts.knownPlace();
        if (known.isPresent() && known.get().segmentLsn() > last.firstLsn()) {
            throw missing(
                    RawSegment.nameOf(known.get().segmentLsn()), known.get().segmentLsn());
        }
        return known.filter(place -> place.segmentLsn() == last.firstLsn())
                .map(place -> new Segment.Place(place.lsn(), place.offset()))
                .orElse(new Segment.Place(last.firstLsn(), SegmentHeader.BYTES));
    }

    /** Removes what a crash in the middle of a change of segments leaves, once all that is listed is known to be there. */
    private void dropLeftovers(SegmentList list) throws IOException {
        Set<String> listed = new HashSet<>(Set.of(SegmentList.NAME, RawSegment.nameOf(list.lastFirstLsn())));
        list.sealed(Form.RAW).forEach(full -> listed.add(RawSegment.nameOf(full.firstLsn())));
        list.sealed(Form.PACKED).forEach(full -> listed.add(PackedSegment.nameOf(full.firstLsn())));
        Set<String> replaced = replacedNames(list);
        for (String name : files()) {
            if (isTemporary(name)) {
                volume.delete(name);
            } else if (!listed.contains(name)) {
                dropUnlisted(name, list, replaced);
            }
        }
        volume.delete(DatabaseFile.NAME + ChecksummedText.TEMPORARY_SUFFIX);
    }

    /** Returns the names that the listed segments had in forms they no longer have. */
    private static Set<String> replacedNames(SegmentList list) {
        Set<String> names = new HashSet<>();
        list.sealed().forEach(full -> names.add(RawSegment.nameOf(full.firstLsn())));
        return names;
    }

    /**
     * A packed segment that is not listed is a copy of what is, or was given up; so is a raw one that is listed in another
     * form, or lies below the first LSN. Any other one was never written to, or the list is not its.
     */
    private void dropUnlisted(String name, SegmentList list, Set<String> replaced) throws IOException {
        if (!isCopy(name, list, replaced) && sizeOf(name) > SegmentHeader.BYTES) {
            throw new CorruptDataException("`" + volume.describe(name) + "` is not listed in `"
                    + volume.describe(SegmentList.NAME) + "`; restore that file from a copy, or move this one away");
        }
        volume.delete(name);
    }

    private static boolean isCopy(String name, SegmentList list, Set<String> replaced) {
        if (PACKED_NAME.matcher(name).matches()) {
            return name.compareTo(PackedSegment.nameOf(list.lastFirstLsn())) < 0;
        }
        boolean isBelow = name.compareTo(RawSegment.nameOf(list.firstLsn())) < 0;
        return replaced.contains(name) || (isBelow && RAW_NAME.matcher(name).matches());
    }

    /** The sync that should have made them so may have failed, after which they can be seen all the same. */
    private void makeNamesDurable() throws IOException {
        volume.syncDirectory("");
        volume.syncDirectory(SegmentList.DIRECTORY);
    }

    private void requireSizes(SegmentList list) throws IOException {
        for (Sealed sealed : list.sealed()) {
            if (sealed.form() == Form.RAW) {
                requireSize(RawSegment.nameOf(sealed.firstLsn()), sealed);
            } else if (sealed.form() == Form.PACKED) {
                requireSize(PackedSegment.nameOf(sealed.firstLsn()), sealed);
            }
        }
        requireSegment(RawSegment.nameOf(list.lastFirstLsn()), list.lastFirstLsn());
    }

    private void requireSize(String name, Sealed sealed) throws IOException {
        long found = requireSegment(name, sealed.firstLsn());
        if (found != sealed.bytes()) {
            String what = found < sealed.bytes() ? "segment cut short" : "segment too long";
            long offset = Math.min(found, sealed.bytes());
            throw new Damage(
                            what,
                            volume.describe(name),
                            offset,
                            sealed.firstLsn(),
                            sealed.bytes() + " bytes",
                            found + " bytes")
                    .toException();
        }
    }

    private long requireSegment(String name, long firstLsn) throws IOException {
        if (!volume.exists(name)) {
            throw missing(name, firstLsn);
        }
        return sizeOf(name);
    }

    private CorruptDataException missing(String name, long firstLsn) {
        return new CorruptDataException("segment `" + volume.describe(name) + "`, which begins with lsn " + firstLsn
                + ", is missing; restore the file from a copy");
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
