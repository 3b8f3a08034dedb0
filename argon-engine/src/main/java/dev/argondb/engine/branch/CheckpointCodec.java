package dev.argondb.engine.branch;

import dev.argondb.engine.branch.BranchState.Discarded;
import dev.argondb.engine.branch.Checkpoint.BranchImage;
import dev.argondb.engine.branch.Checkpoint.ChainImage;
import dev.argondb.engine.branch.Checkpoint.TagImage;
import dev.argondb.engine.branch.SequenceTable.Reserved;
import dev.argondb.engine.format.ByteSink;
import dev.argondb.engine.format.ByteSource;
import dev.argondb.engine.format.MalformedRecordException;
import dev.argondb.engine.page.PageId;
import dev.argondb.engine.tree.BTree;
import dev.argondb.engine.tree.MutableBTree;
import dev.argondb.engine.tree.TreeCursor;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The page of a checkpoint.
 *
 * <pre>
 * checkpoint = version lsn timeMicros watermark chain* branch* tag* sequence*    each list after its count
 * version    = byte                                                              2
 * chain      = id belowId belowLsn reclaimed size commits snapshot* change* ancestry
 * ancestry   = origin reach merge*                                               not in version 1
 * merge      = lsn reach                                                         lsn less the one before
 * reach      = {origin lsn}*                                                     after their count
 * commits    = root                                                              where the size is above 64
 *            | {lsn timeMicros}*                                                 else; each less the one before
 * snapshot   = lsn page                                                          lsn less the one before
 * change     = lsn                                                               less the one before
 * branch     = id name parentId baseLsn private chainId headLsn epoch discarded*
 * discarded  = firstDropped resetLsn targetLsn
 * tag        = name lsn timeMicros chainId
 * sequence   = branchId sequenceId next
 * page, root = 16 bytes
 * </pre>
 *
 * Numbers are varints, names sized UTF-8.
 */
final class CheckpointCodec {

    private static final int VERSION = 2;
    /** The version without ancestry: of before there were merges, so that every chain's is empty. */
    private static final int WITHOUT_ANCESTRY = 1;

    private CheckpointCodec() {}

    static ByteSink encode(Checkpoint checkpoint) {
        ByteSink sink = new ByteSink(1 << 12);
        sink.putByte(VERSION);
        sink.putVarint(checkpoint.lsn());
        sink.putVarint(checkpoint.timeMicros());
        sink.putVarint(checkpoint.watermark());
        sink.putVarint(checkpoint.chains().size());
        checkpoint.chains().forEach(chain -> encode(chain, sink));
        sink.putVarint(checkpoint.branches().size());
        checkpoint.branches().forEach(branch -> encode(branch, sink));
        sink.putVarint(checkpoint.tags().size());
        checkpoint.tags().forEach(tag -> encode(tag, sink));
        sink.putVarint(checkpoint.sequences().size());
        checkpoint.sequences().forEach(sequence -> encode(sequence, sink));
        return sink;
    }

    private static void encode(ChainImage chain, ByteSink sink) {
        sink.putVarint(chain.id());
        sink.putVarint(chain.belowId());
        sink.putVarint(chain.belowLsn());
        sink.putVarint(chain.reclaimed());
        sink.putVarint(chain.size());
        if (chain.commits() != null) {
            put(chain.commits(), sink);
        } else {
            encodeFew(chain.few(), sink);
        }
        sink.putVarint(chain.snapshots().size());
        long[] last = {0};
        chain.snapshots().forEach((lsn, page) -> {
            sink.putVarint(lsn - last[0]);
            put(page, sink);
            last[0] = lsn;
        });
        sink.putVarint(chain.schemaChanges().size());
        last[0] = 0;
        for (long lsn : chain.schemaChanges()) {
            sink.putVarint(lsn - last[0]);
            last[0] = lsn;
        }
        encode(chain.ancestry(), sink);
    }

    private static void encode(Ancestry ancestry, ByteSink sink) {
        sink.putVarint(ancestry.origin());
        encode(ancestry.forgotten(), sink);
        sink.putVarint(ancestry.merges().size());
        long[] last = {0};
        ancestry.merges().forEach((lsn, added) -> {
            sink.putVarint(lsn - last[0]);
            encode(added, sink);
            last[0] = lsn;
        });
    }

    private static void encode(Reach reach, ByteSink sink) {
        sink.putVarint(reach.upTo().size());
        reach.upTo().forEach((origin, lsn) -> {
            sink.putVarint(origin);
            sink.putVarint(lsn);
        });
    }

    private static void encodeFew(BTree<Long> commits, ByteSink sink) {
        long lsn = 0;
        long time = 0;
        TreeCursor<Long> cursor = commits.cursor();
        while (cursor.next()) {
            sink.putVarint(cursor.longKey() - lsn);
            sink.putVarint(cursor.value() - time);
            lsn = cursor.longKey();
            time = cursor.value();
        }
    }

    private static void put(PageId page, ByteSink sink) {
        sink.putLong(page.high());
        sink.putLong(page.low());
    }

    private static void encode(BranchImage branch, ByteSink sink) {
        sink.putVarint(branch.id());
        sink.putText(branch.name());
        sink.putVarint(branch.parentId());
        sink.putVarint(branch.baseLsn());
        sink.putByte(branch.privateSequences() ? 1 : 0);
        sink.putVarint(branch.chainId());
        sink.putVarint(branch.headLsn());
        sink.putVarint(branch.epoch());
        sink.putVarint(branch.discarded().size());
        for (Discarded discarded : branch.discarded()) {
            sink.putVarint(discarded.firstDropped());
            sink.putVarint(discarded.resetLsn());
            sink.putVarint(discarded.targetLsn());
        }
    }

    private static void encode(TagImage tag, ByteSink sink) {
        sink.putText(tag.name());
        sink.putVarint(tag.lsn());
        sink.putVarint(tag.timeMicros());
        sink.putVarint(tag.chainId());
    }

    private static void encode(Reserved sequence, ByteSink sink) {
        sink.putVarint(sequence.branchId());
        sink.putVarint(sequence.sequenceId());
        sink.putVarint(sequence.next());
    }

    static Checkpoint decode(byte[] page) throws MalformedRecordException {
        ByteSource source = new ByteSource(page, 0, page.length);
        int version = source.readByte();
        if (version != VERSION && version != WITHOUT_ANCESTRY) {
            throw new MalformedRecordException("a checkpoint of version " + version + ", not " + VERSION);
        }
        Checkpoint checkpoint = new Checkpoint(
                source.readVarint(),
                source.readVarint(),
                source.readVarint(),
                list(source, from -> decodeChain(from, version)),
                list(source, CheckpointCodec::decodeBranch),
                list(source, CheckpointCodec::decodeTag),
                list(source, CheckpointCodec::decodeSequence));
        if (source.remaining() > 0) {
            throw new MalformedRecordException(source.remaining() + " bytes after the end of a checkpoint");
        }
        return checkpoint;
    }

    /** Reads one thing. */
    @FunctionalInterface
    private interface Decoder<T> {
        T decode(ByteSource source) throws MalformedRecordException;
    }

    private static <T> List<T> list(ByteSource source, Decoder<T> decoder) throws MalformedRecordException {
        int count = source.readCountOfFollowing();
        List<T> all = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            all.add(decoder.decode(source));
        }
        return all;
    }

    private static ChainImage decodeChain(ByteSource source, int version) throws MalformedRecordException {
        long id = source.readVarint();
        long belowId = source.readVarint();
        long belowLsn = source.readVarint();
        long reclaimed = source.readVarint();
        long size = source.readVarint();
        @Nullable PageId root = size > Checkpoint.FEW ? page(source) : null;
        BTree<Long> few = size > Checkpoint.FEW ? BTree.empty() : decodeFew(source, size);
        NavigableMap<Long, PageId> snapshots = new TreeMap<>();
        int count = source.readCountOfFollowing();
        long lsn = 0;
        for (int i = 0; i < count; i++) {
            lsn += source.readVarint();
            snapshots.put(lsn, page(source));
        }
        NavigableSet<Long> schemaChanges = decodeLsns(source);
        Ancestry ancestry = version == WITHOUT_ANCESTRY ? Ancestry.of(id) : decodeAncestry(source);
        return new ChainImage(id, belowId, belowLsn, reclaimed, few, root, size, snapshots, schemaChanges, ancestry);
    }

    private static Ancestry decodeAncestry(ByteSource source) throws MalformedRecordException {
        long origin = source.readVarint();
        Reach forgotten = decodeReach(source);
        NavigableMap<Long, Reach> merges = new TreeMap<>();
        int count = source.readCountOfFollowing();
        long lsn = 0;
        for (int i = 0; i < count; i++) {
            lsn += source.readVarint();
            merges.put(lsn, decodeReach(source));
        }
        return new Ancestry(origin, forgotten, merges);
    }

    private static Reach decodeReach(ByteSource source) throws MalformedRecordException {
        NavigableMap<Long, Long> upTo = new TreeMap<>();
        int count = source.readCountOfFollowing();
        for (int i = 0; i < count; i++) {
            upTo.put(source.readVarint(), source.readVarint());
        }
        return new Reach(upTo);
    }

    private static BTree<Long> decodeFew(ByteSource source, long size) throws MalformedRecordException {
        MutableBTree<Long> commits = BTree.<Long>empty().edit();
        long lsn = 0;
        long time = 0;
        for (long i = 0; i < size; i++) {
            lsn += source.readVarint();
            time += source.readVarint();
            commits.put(lsn, time);
        }
        return commits.snapshot();
    }

    private static NavigableSet<Long> decodeLsns(ByteSource source) throws MalformedRecordException {
        NavigableSet<Long> lsns = new TreeSet<>();
        int count = source.readCountOfFollowing();
        long lsn = 0;
        for (int i = 0; i < count; i++) {
            lsn += source.readVarint();
            lsns.add(lsn);
        }
        return lsns;
    }

    private static PageId page(ByteSource source) throws MalformedRecordException {
        return new PageId(source.readLong(), source.readLong());
    }

    private static BranchImage decodeBranch(ByteSource source) throws MalformedRecordException {
        return new BranchImage(
                source.readVarint(),
                source.readText(),
                source.readVarint(),
                source.readVarint(),
                source.readByte() != 0,
                source.readVarint(),
                source.readVarint(),
                source.readVarint(),
                list(source, from -> new Discarded(from.readVarint(), from.readVarint(), from.readVarint())));
    }

    private static TagImage decodeTag(ByteSource source) throws MalformedRecordException {
        return new TagImage(source.readText(), source.readVarint(), source.readVarint(), source.readVarint());
    }

    private static Reserved decodeSequence(ByteSource source) throws MalformedRecordException {
        return new Reserved(source.readVarint(), source.readCount(), source.readVarint());
    }
}
