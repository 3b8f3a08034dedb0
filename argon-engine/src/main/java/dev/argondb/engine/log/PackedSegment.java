package dev.argondb.engine.log;

import com.github.benmanes.caffeine.cache.Cache;
import java.io.IOException;
import java.lang.ref.SoftReference;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * A full segment that was rewritten as compressed blocks, in the directory or in the cold tier. Nothing of it is read before
 * it is used.
 *
 * <p>Thread-safe.
 */
final class PackedSegment implements Segment {

    static final String SUFFIX = ".pack";

    private static final String PREFIX = SegmentList.DIRECTORY + "/log-";

    /** Where a packed segment lies. Thread-safe. */
    interface Place {

        PackedSource open() throws IOException;

        /** Returns its full name, for messages. */
        String fullName();

        /** Tells whether bytes may get damaged on their way here. */
        boolean isRemote();
    }

    /** A block among those of all segments. */
    record BlockKey(long segmentLsn, int block) {}

    private final UUID databaseId;
    private final SegmentList.Sealed sealed;
    private final Place place;
    private final Cache<BlockKey, PackedBlock> cache;
    private volatile SoftReference<PackedIndex> index = new SoftReference<>(null);

    PackedSegment(UUID databaseId, SegmentList.Sealed sealed, Place place, Cache<BlockKey, PackedBlock> cache) {
        this.databaseId = databaseId;
        this.sealed = sealed;
        this.place = place;
        this.cache = cache;
    }

    /** Returns the name of the packed segment that begins with an LSN. */
    static String nameOf(long firstLsn) {
        return String.format("%s%020d%s", PREFIX, firstLsn, SUFFIX);
    }

    /**
     * Returns the name of the object in the cold tier that begins with an LSN and has a content: another content has another
     * name, so that two copies of a database that went different ways overwrite nothing of each other.
     */
    static String objectOf(UUID databaseId, long firstLsn, String digest) {
        return String.format("%s/log-%020d-%s%s", databaseId, firstLsn, digest, SUFFIX);
    }

    @Override
    public long firstLsn() {
        return sealed.firstLsn();
    }

    @Override
    public SegmentList.Form form() {
        return sealed.form();
    }

    @Override
    public String fullName() {
        return place.fullName();
    }

    boolean isRemote() {
        return place.isRemote();
    }

    PackedSource open() throws IOException {
        return place.open();
    }

    Cache<BlockKey, PackedBlock> cache() {
        return cache;
    }

    @Override
    public SegmentRun run(long lsn) throws IOException {
        return PackedRun.of(this, lsn);
    }

    /** Returns its index if that was read before and is still remembered. */
    @Nullable
    PackedIndex knownIndex() {
        return index.get();
    }

    /** Returns its index, read from a source that is open, and remembers it. */
    PackedIndex index(PackedSource source) throws IOException {
        PackedIndex read = readIndex(source);
        index = new SoftReference<>(read);
        return read;
    }

    PackedIndex readIndex(PackedSource source) throws IOException {
        SegmentHeader.Check check =
                new SegmentHeader.Check(SegmentHeader.Kind.PACKED, fullName(), databaseId, firstLsn());
        return PackedIndex.read(source, check, sealed.bytes());
    }

    /** Returns an index made from the blocks themselves, up to the first one that does not say where the next one is. */
    PackedIndex rebuildIndex(PackedSource source) throws IOException {
        return PackedIndex.rebuild(source, databaseId, sealed);
    }
}
