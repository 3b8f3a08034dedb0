package dev.argondb.engine.log;

import dev.argondb.CorruptDataException;
import dev.argondb.engine.format.ByteSource;
import dev.argondb.engine.format.Damage;
import dev.argondb.engine.format.MalformedRecordException;
import dev.argondb.engine.log.PackedSegment.BlockKey;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/*
 * The first block comes from the cache and goes into it: a random read. What follows is a run, which must not wash the cache
 * out; it reads ahead instead, twice as far each time, so that a cold tier is asked seldom, and little in vain.
 */
/** A run over the records of a packed segment. Confined to one thread. */
final class PackedRun implements SegmentRun {

    /** Gives the index of a segment that is open. */
    @FunctionalInterface
    interface Indexing {
        PackedIndex index(PackedSource source) throws IOException;
    }

    private static final int LEAST_AHEAD_BYTES = 1 << 16;
    private static final int MOST_AHEAD_BYTES = 1 << 22;
    private static final int MOST_CACHED_BYTES = 1 << 20;
    private static final byte[] NOTHING = {};

    private final PackedSegment segment;
    private @Nullable PackedSource source;
    private final PackedIndex index;
    private int nextBlock;
    private @Nullable PackedBlock block;
    private int position;
    private int records;
    private long nextLsn;
    private boolean isRandom = true;
    private int aheadBytes = LEAST_AHEAD_BYTES / 2;
    private byte[] ahead = NOTHING;
    private long aheadOffset;

    private PackedRun(PackedSegment segment, @Nullable PackedSource source, PackedIndex index, long lsn) {
        this.segment = segment;
        this.source = source;
        this.index = index;
        this.nextBlock = index.blockOf(lsn);
        this.nextLsn = index.firstLsn(nextBlock);
    }

    /** Begins with the block that holds an LSN. Opens nothing as long as what it needs is in memory. */
    static PackedRun of(PackedSegment segment, long lsn) throws IOException {
        PackedIndex known = segment.knownIndex();
        return known == null ? open(segment, lsn, segment::index) : new PackedRun(segment, null, known, lsn);
    }

    /** Begins with the first block, where an index says it is that is read in some way. */
    static PackedRun of(PackedSegment segment, Indexing indexing) throws IOException {
        return open(segment, segment.firstLsn(), indexing);
    }

    private static PackedRun open(PackedSegment segment, long lsn, Indexing indexing) throws IOException {
        PackedSource source = segment.open();
        try {
            return new PackedRun(segment, source, indexing.index(source), lsn);
        } catch (IOException | RuntimeException | Error e) {
            source.close();
            throw e;
        }
    }

    PackedIndex index() {
        return index;
    }

    /** Goes on with a block. */
    void moveTo(int number) {
        block = null;
        isRandom = false;
        nextBlock = number;
        nextLsn = index.firstLsn(number);
    }

    /** Checks that the block that is read was read to its end, which is before an LSN. */
    void requireBlockDone(long endLsn) {
        PackedBlock done = block;
        if (done != null) {
            requireWhole(done);
        }
        if (nextLsn != endLsn) {
            throw damaged("block ends elsewhere", offset(), "lsn " + (endLsn - 1), "lsn " + (nextLsn - 1));
        }
    }

    @Override
    public @Nullable StoredRecord next() throws IOException {
        @Nullable PackedBlock current = block;
        if (current != null && position < current.raw().length) {
            return record(current);
        }
        if (current != null) {
            requireWhole(current);
        }
        if (nextBlock == index.blocks()) {
            requireEnd();
            return null;
        }
        PackedBlock next = load(nextBlock);
        block = next;
        nextBlock++;
        position = 0;
        records = 0;
        return record(next);
    }

    private StoredRecord record(PackedBlock from) {
        byte[] raw = from.raw();
        ByteSource numbers = new ByteSource(raw, position, raw.length - position);
        try {
            int steps = numbers.readCount();
            int length = numbers.readCountOfFollowing();
            int start = raw.length - numbers.remaining();
            if (steps == 0) {
                throw new MalformedRecordException("a record of no steps");
            }
            StoredRecord record = new StoredRecord(from.offset(), nextLsn, steps, new ByteSource(raw, start, length));
            position = start + length;
            nextLsn = record.lastLsn() + 1;
            records++;
            return record;
        } catch (MalformedRecordException e) {
            throw damaged("malformed block", from.offset(), "records", String.valueOf(e.getMessage()));
        }
    }

    private void requireWhole(PackedBlock done) {
        if (nextLsn != done.lastLsn() + 1 || records != done.records()) {
            throw damaged(
                    "malformed block",
                    done.offset(),
                    done.records() + " records up to lsn " + done.lastLsn(),
                    records + " records up to lsn " + (nextLsn - 1));
        }
    }

    private void requireEnd() {
        if (nextLsn != index.lastLsn() + 1) {
            throw damaged(
                    "segment ends early",
                    index.endOffset(index.blocks()),
                    "lsn " + index.lastLsn(),
                    "lsn " + (nextLsn - 1));
        }
    }

    private CorruptDataException damaged(String what, long offset, String expected, String found) {
        return new Damage(what, segment.fullName(), offset, nextLsn, expected, found).toException();
    }

    private PackedBlock load(int number) throws IOException {
        boolean isFirst = isRandom;
        BlockKey key = new BlockKey(segment.firstLsn(), number);
        @Nullable PackedBlock loaded = segment.cache().getIfPresent(key);
        if (loaded == null) {
            loaded = read(number);
            if (isFirst && loaded.raw().length <= MOST_CACHED_BYTES) {
                segment.cache().put(key, loaded);
            }
        }
        isRandom = false;
        return loaded;
    }

    private PackedBlock read(int number) throws IOException {
        try {
            return decode(number, stored(number));
        } catch (CorruptDataException e) {
            if (!segment.isRemote()) {
                throw e;
            }
            ahead = NOTHING;
            return decode(number, stored(number));
        }
    }

    private PackedBlock decode(int number, byte[] stored) {
        return PackedBlock.decode(stored, nextLsn, index.salt(), index.offset(number), segment.fullName());
    }

    /** Returns a block, checked; the run goes on elsewhere. */
    PackedBlock block(int number) throws IOException {
        moveTo(number);
        return read(number);
    }

    /** Returns a block as it lies in the file, not checked. */
    byte[] stored(int number) throws IOException {
        long offset = index.offset(number);
        long end = index.endOffset(number);
        if (offset < aheadOffset || end > aheadOffset + ahead.length) {
            fill(offset, end);
        }
        int from = (int) (offset - aheadOffset);
        return Arrays.copyOfRange(ahead, from, from + (int) (end - offset));
    }

    private void fill(long offset, long end) throws IOException {
        long most = index.endOffset(index.blocks()) - offset;
        long wanted = isRandom ? end - offset : Math.max(end - offset, aheadBytes);
        aheadBytes = isRandom ? aheadBytes : Math.min(MOST_AHEAD_BYTES, 2 * aheadBytes);
        byte[] bytes = new byte[requireSize(Math.min(most, wanted), offset)];
        source().read(ByteBuffer.wrap(bytes), offset);
        ahead = bytes;
        aheadOffset = offset;
    }

    private PackedSource source() throws IOException {
        PackedSource open = source;
        if (open == null) {
            open = segment.open();
            source = open;
        }
        return open;
    }

    private int requireSize(long bytes, long offset) {
        if (bytes <= 0 || bytes > Integer.MAX_VALUE - 8) {
            throw damaged("malformed index", offset, "a block", bytes + " bytes");
        }
        return (int) bytes;
    }

    @Override
    public long nextLsn() {
        return nextLsn;
    }

    @Override
    public long offset() {
        return nextBlock < index.blocks() ? index.offset(nextBlock) : index.endOffset(nextBlock);
    }

    @Override
    public void close() throws IOException {
        if (source != null) {
            source.close();
        }
    }
}
