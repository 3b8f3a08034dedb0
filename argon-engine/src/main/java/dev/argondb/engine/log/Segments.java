package dev.argondb.engine.log;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.argondb.CorruptDataException;
import dev.argondb.UnavailableException;
import dev.argondb.engine.log.PackedSegment.BlockKey;
import dev.argondb.engine.log.SegmentList.Form;
import dev.argondb.engine.log.SegmentList.Sealed;
import dev.argondb.engine.tier.RetryingTier;
import dev.argondb.engine.volume.Volume;
import dev.argondb.engine.volume.VolumeFile;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.UnaryOperator;

/**
 * The segments of a log: the list on the disk, and what reads them, changed together.
 *
 * <p>Thread-safe; {@link #layout()} never waits.
 */
final class Segments {

    private static final long CACHED_BYTES = 8 << 20;

    private final Volume volume;
    private final UUID databaseId;
    private final Optional<RetryingTier> tier;
    private final Cache<BlockKey, PackedBlock> cache = Caffeine.newBuilder()
            .maximumWeight(CACHED_BYTES)
            .weigher((BlockKey key, PackedBlock block) -> 100 + block.raw().length)
            .executor(Runnable::run)
            .build();
    private final Set<String> leftovers = new TreeSet<>();
    private SegmentList list;
    private boolean isInDoubt;
    private volatile SegmentLayout layout;

    Segments(Volume volume, SegmentList list, Optional<RetryingTier> tier) {
        this.volume = volume;
        this.databaseId = list.databaseId();
        this.list = list;
        this.tier = tier;
        this.layout = layoutOf(list, List.of());
    }

    Volume volume() {
        return volume;
    }

    UUID databaseId() {
        return databaseId;
    }

    Optional<RetryingTier> tier() {
        return tier;
    }

    SegmentLayout layout() {
        return layout;
    }

    synchronized SegmentList list() {
        return list;
    }

    /** Returns the segment that reads what a full one in the list holds. */
    Segment segmentOf(Sealed sealed) {
        return layout.segmentOf(sealed.firstLsn());
    }

    /** Returns the segment that grows. */
    RawSegment last() {
        if (layout.last() instanceof RawSegment last) {
            return last;
        }
        throw new AssertionError(layout);
    }

    /** Changes the list, durably, and then what readers see. Returns the list before that. */
    synchronized SegmentList change(UnaryOperator<SegmentList> change) throws IOException {
        SegmentList old = list;
        SegmentList changed = change.apply(old);
        isInDoubt = true;
        changed.write(volume);
        isInDoubt = false;
        list = changed;
        layout = layoutOf(changed, layout.segments());
        return old;
    }

    /** Makes sure that the list on the disk is the one known here, which a change that failed leaves open. */
    synchronized void settleList() throws IOException {
        if (isInDoubt) {
            change(same -> same);
        }
    }

    /** Settles the list, and removes what earlier failures left. */
    synchronized void settle() throws IOException {
        settleList();
        for (String name : List.copyOf(leftovers)) {
            delete(name);
        }
    }

    /** Removes a file, unless it is listed; if that fails, it is tried again when the list is settled. */
    synchronized void delete(String name) throws IOException {
        if (isInDoubt) {
            throw new AssertionError("`" + name + "` may be listed");
        }
        leftovers.add(name);
        if (layout.segments().stream().noneMatch(segment -> segment.fullName().equals(volume.describe(name)))) {
            volume.delete(name);
        }
        leftovers.remove(name);
    }

    /** Takes back that a file is to be removed. */
    synchronized void keep(String name) {
        leftovers.remove(name);
    }

    /** Remembers to remove a file when the list is settled, unless it is listed then. */
    synchronized void deleteLater(String name) {
        leftovers.add(name);
    }

    /** What a segment is known by: what has the same key has the same content. */
    private record Key(long firstLsn, Form form) {}

    private SegmentLayout layoutOf(SegmentList from, List<Segment> known) {
        Map<Key, Segment> byKey = new HashMap<>();
        known.forEach(segment -> byKey.put(new Key(segment.firstLsn(), segment.form()), segment));
        List<Segment> segments = new ArrayList<>();
        for (Sealed sealed : from.sealed()) {
            segments.add(byKey.computeIfAbsent(new Key(sealed.firstLsn(), sealed.form()), key -> open(sealed)));
        }
        Sealed last = new Sealed(from.lastFirstLsn(), 0, Form.RAW);
        segments.add(byKey.computeIfAbsent(new Key(last.firstLsn(), last.form()), key -> open(last)));
        return new SegmentLayout(from.firstLsn(), segments);
    }

    private Segment open(Sealed sealed) {
        return switch (sealed.form()) {
            case RAW -> new RawSegment(volume, databaseId, sealed.firstLsn());
            case PACKED -> packed(sealed, new LocalPlace(PackedSegment.nameOf(sealed.firstLsn())));
            case COLD -> packed(sealed, new ColdPlace(sealed));
        };
    }

    private PackedSegment packed(Sealed sealed, PackedSegment.Place place) {
        return new PackedSegment(databaseId, sealed, place, cache);
    }

    /** Returns a packed segment that is not listed, with a cache of its own. */
    PackedSegment unlisted(String name, Sealed sealed) {
        return new PackedSegment(
                databaseId,
                sealed,
                new LocalPlace(name),
                Caffeine.newBuilder().maximumSize(0).executor(Runnable::run).build());
    }

    /** A packed segment in the directory. */
    private final class LocalPlace implements PackedSegment.Place {

        private final String name;

        LocalPlace(String name) {
            this.name = name;
        }

        @Override
        public PackedSource open() throws IOException {
            return new LocalSource(volume.openForRead(name), fullName());
        }

        @Override
        public String fullName() {
            return volume.describe(name);
        }

        @Override
        public boolean isRemote() {
            return false;
        }
    }

    private record LocalSource(VolumeFile file, String fullName) implements PackedSource {

        @Override
        public void read(ByteBuffer target, long position) throws IOException {
            file.read(target, position);
            if (target.hasRemaining()) {
                throw new IOException("`" + fullName + "` became shorter while it was read");
            }
        }

        @Override
        public void close() throws IOException {
            file.close();
        }
    }

    /** A packed segment in the cold tier. */
    private final class ColdPlace implements PackedSegment.Place {

        private final Sealed sealed;
        private final String name;

        ColdPlace(Sealed sealed) {
            this.sealed = sealed;
            this.name = sealed.object();
        }

        @Override
        public PackedSource open() {
            return new ColdSource(tier.orElseThrow(this::noTier), name, sealed);
        }

        private UnavailableException noTier() {
            String where = list().tier().orElse("");
            return new UnavailableException("lsn " + sealed.firstLsn() + " and what follows is in the cold tier `"
                    + where + "`, and none is given; open the database with that cold tier");
        }

        @Override
        public String fullName() {
            return tier.map(known -> known.describe(name)).orElse(name);
        }

        @Override
        public boolean isRemote() {
            return true;
        }
    }

    private record ColdSource(RetryingTier tier, String name, Sealed sealed) implements PackedSource {

        @Override
        public void read(ByteBuffer target, long position) throws IOException {
            try {
                tier.read(name, position, target);
            } catch (EOFException e) {
                throw new CorruptDataException(
                        "segment cut short in the cold tier (lsn " + sealed.firstLsn() + ", expected " + sealed.bytes()
                                + " bytes): " + e.getMessage() + "; restore the object from a copy",
                        e);
            }
        }

        /** Does nothing: no connection is held. */
        @Override
        public void close() {}
    }
}
