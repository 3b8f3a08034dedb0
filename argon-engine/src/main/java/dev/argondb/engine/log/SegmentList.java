package dev.argondb.engine.log;

import dev.argondb.CorruptDataException;
import dev.argondb.engine.format.ChecksummedText;
import dev.argondb.engine.format.FileHeader;
import dev.argondb.engine.volume.Volume;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;

/**
 * The file that says which segments there are, so that one that is missing or cut short is noticed. A new segment is whole
 * before it is listed, and listed before it is written to; a segment in another form is whole and durable before it is listed
 * instead, and what it stands for is removed only then.
 *
 * <pre>
 * file     = "# Segments of the log; do not edit" LF "format=2" LF "database=" UUID LF
 *            "first=" LSN LF ("tier=" tier LF)? garbage* segment* "last=" first LSN LF checksum
 * segment  = ("raw=" | "packed=") first LSN " " size LF
 *          | "cold=" first LSN " " size " " name LF    full ones, in the order of LSNs
 * tier     = where the cold segments are, for people
 * name     = of an object of the cold tier
 * garbage  = "garbage=" name LF                        an object of the cold tier that nobody needs any more
 * checksum : see {@link ChecksummedText}
 * </pre>
 *
 * Format 1, which is still read, has after the database {@code "segment=" first LSN " " size} for each raw segment and
 * {@code "segment=" first LSN} for the last one.
 *
 * <p>Immutable.
 *
 * @param firstLsn history below it was given up
 * @param sealed the segments before the last one, without a gap
 * @param lastFirstLsn the LSN that the last segment begins with
 * @param tier where the cold segments are
 */
record SegmentList(
        UUID databaseId,
        long firstLsn,
        List<Sealed> sealed,
        long lastFirstLsn,
        Optional<String> tier,
        Set<String> garbage) {

    /** How the content of a segment is kept. */
    enum Form {
        RAW,
        PACKED,
        COLD;

        private String key() {
            return name().toLowerCase(Locale.ROOT) + "=";
        }
    }

    /**
     * A segment that is full.
     *
     * @param bytes the size of its file or object
     * @param object the name of the object; of a segment that is not cold, nothing
     */
    record Sealed(long firstLsn, long bytes, Form form, String object) {

        Sealed(long firstLsn, long bytes, Form form) {
            this(firstLsn, bytes, form, "");
        }

        /** Returns this segment after it was moved to the cold tier. */
        Sealed toCold(String name) {
            return new Sealed(firstLsn, bytes, Form.COLD, name);
        }

        private String line() {
            return form.key() + firstLsn + " " + bytes + (object.isEmpty() ? "" : " " + object);
        }
    }

    static final String DIRECTORY = "log";
    static final String NAME = DIRECTORY + "/segments";

    private static final String COMMENT = "# Segments of the log; do not edit";
    private static final String FORMAT_KEY = "format=";
    private static final int FORMAT = 2;
    private static final String DATABASE_KEY = "database=";
    private static final String FIRST_KEY = "first=";
    private static final String TIER_KEY = "tier=";
    private static final String GARBAGE_KEY = "garbage=";
    private static final String LAST_KEY = "last=";
    private static final String V1_SEGMENT_KEY = "segment=";

    SegmentList {
        sealed = List.copyOf(sealed);
        garbage = Set.copyOf(garbage);
    }

    /** Returns the list of a new log. */
    static SegmentList of(UUID databaseId) {
        return new SegmentList(databaseId, 1, List.of(), 1, Optional.empty(), Set.of());
    }

    /** Returns this list after its last segment was closed at a size and another begun. */
    SegmentList next(long bytes, long nextFirstLsn) {
        List<Sealed> more = new ArrayList<>(sealed);
        more.add(new Sealed(lastFirstLsn, bytes, Form.RAW));
        return new SegmentList(databaseId, firstLsn, more, nextFirstLsn, tier, garbage);
    }

    /** Returns this list with one full segment instead of another. */
    SegmentList with(Sealed old, Sealed replacement) {
        List<Sealed> changed = new ArrayList<>(sealed);
        int index = changed.indexOf(old);
        if (index < 0) {
            throw new AssertionError("no segment " + old + " in " + sealed);
        }
        changed.set(index, replacement);
        return new SegmentList(databaseId, firstLsn, changed, lastFirstLsn, tier, withObjects(List.of(old)));
    }

    /** Returns this list without what lies wholly below an LSN, which becomes the first. */
    SegmentList from(long lsn) {
        List<Sealed> kept = new ArrayList<>(sealed);
        kept.removeAll(below(lsn));
        Set<String> more = withObjects(below(lsn));
        return new SegmentList(databaseId, Math.max(lsn, firstLsn), kept, lastFirstLsn, tier, more);
    }

    /** Returns the full segments that lie wholly below an LSN. */
    List<Sealed> below(long lsn) {
        return sealed.stream().filter(segment -> lastLsn(segment) < lsn).toList();
    }

    /** Returns the garbage and the objects of segments. */
    private Set<String> withObjects(List<Sealed> gone) {
        Set<String> all = new TreeSet<>(garbage);
        gone.stream().filter(segment -> segment.form() == Form.COLD).forEach(segment -> all.add(segment.object()));
        return all;
    }

    SegmentList withTier(String newTier) {
        return new SegmentList(databaseId, firstLsn, sealed, lastFirstLsn, Optional.of(newTier), garbage);
    }

    SegmentList withoutGarbage(Set<String> gone) {
        Set<String> rest = new TreeSet<>(garbage);
        rest.removeAll(gone);
        return new SegmentList(databaseId, firstLsn, sealed, lastFirstLsn, tier, rest);
    }

    /** Returns the last LSN that a full segment holds. */
    long lastLsn(Sealed segment) {
        int next = sealed.indexOf(segment) + 1;
        return (next < sealed.size() ? sealed.get(next).firstLsn() : lastFirstLsn) - 1;
    }

    /** Returns the full segments of a form. */
    List<Sealed> sealed(Form form) {
        return sealed.stream().filter(segment -> segment.form() == form).toList();
    }

    /** Returns how many bytes the full segments of a form take. */
    long bytes(Form form) {
        return sealed(form).stream().mapToLong(Sealed::bytes).sum();
    }

    void write(Volume volume) throws IOException {
        List<String> lines =
                new ArrayList<>(List.of(COMMENT, FORMAT_KEY + FORMAT, DATABASE_KEY + databaseId, FIRST_KEY + firstLsn));
        tier.ifPresent(name -> lines.add(TIER_KEY + name));
        garbage.stream().sorted().forEach(name -> lines.add(GARBAGE_KEY + name));
        sealed.forEach(segment -> lines.add(segment.line()));
        lines.add(LAST_KEY + lastFirstLsn);
        ChecksummedText.write(volume, DIRECTORY, NAME, lines);
    }

    static SegmentList read(Volume volume, UUID databaseId) throws IOException {
        List<String> lines = ChecksummedText.read(volume, NAME);
        SegmentList list;
        try {
            list = parse(volume, lines);
        } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
            throw new CorruptDataException(
                    "`" + volume.describe(NAME) + "` is not a list of segments: found `" + String.join("|", lines)
                            + "`; restore the file from a copy",
                    e);
        }
        ChecksummedText.requireDatabase(volume, NAME, databaseId, list.databaseId);
        return list;
    }

    private static SegmentList parse(Volume volume, List<String> lines) {
        int format = Integer.parseInt(ChecksummedText.value(lines, 1, FORMAT_KEY));
        if (format > FORMAT) {
            throw FileHeader.tooNew(volume.describe(NAME), format, FORMAT);
        }
        UUID databaseId = UUID.fromString(ChecksummedText.value(lines, 2, DATABASE_KEY));
        return format == 1 ? parseFirstFormat(databaseId, lines) : parseSecondFormat(databaseId, lines);
    }

    private static SegmentList parseFirstFormat(UUID databaseId, List<String> lines) {
        List<Sealed> sealed = new ArrayList<>();
        int last = lines.size() - 1;
        for (int i = 3; i < last; i++) {
            sealed.add(parseSealed(ChecksummedText.value(lines, i, V1_SEGMENT_KEY), Form.RAW));
        }
        long lastFirstLsn = Long.parseLong(ChecksummedText.value(lines, last, V1_SEGMENT_KEY));
        return new SegmentList(databaseId, 1, sealed, lastFirstLsn, Optional.empty(), Set.of());
    }

    private static SegmentList parseSecondFormat(UUID databaseId, List<String> lines) {
        long firstLsn = Long.parseLong(ChecksummedText.value(lines, 3, FIRST_KEY));
        int last = lines.size() - 1;
        List<Sealed> sealed = new ArrayList<>();
        Set<String> garbage = new TreeSet<>();
        Optional<String> tier = Optional.empty();
        for (String line : lines.subList(4, last)) {
            if (line.startsWith(TIER_KEY)) {
                tier = Optional.of(line.substring(TIER_KEY.length()));
            } else if (line.startsWith(GARBAGE_KEY)) {
                garbage.add(line.substring(GARBAGE_KEY.length()));
            } else {
                sealed.add(parseSealed(line));
            }
        }
        long lastFirstLsn = Long.parseLong(ChecksummedText.value(lines, last, LAST_KEY));
        return new SegmentList(databaseId, firstLsn, sealed, lastFirstLsn, tier, garbage);
    }

    private static Sealed parseSealed(String line) {
        for (Form form : Form.values()) {
            if (line.startsWith(form.key())) {
                return parseSealed(line.substring(form.key().length()), form);
            }
        }
        throw new IllegalArgumentException(line);
    }

    private static Sealed parseSealed(String value, Form form) {
        String[] words = value.split(" ");
        return new Sealed(Long.parseLong(words[0]), Long.parseLong(words[1]), form, form == Form.COLD ? words[2] : "");
    }
}
