package dev.argondb.engine.branch;

import dev.argondb.engine.branch.BranchState.Discarded;
import dev.argondb.engine.branch.Checkpoint.BranchImage;
import dev.argondb.engine.branch.Checkpoint.ChainImage;
import dev.argondb.engine.branch.Checkpoint.TagImage;
import dev.argondb.engine.branch.Lineage.Link;
import dev.argondb.engine.branch.SequenceTable.Reserved;
import dev.argondb.engine.format.ByteSink;
import dev.argondb.engine.format.ByteSource;
import dev.argondb.engine.format.MalformedRecordException;
import dev.argondb.engine.page.PageId;
import dev.argondb.engine.tree.BTree;
import dev.argondb.engine.tree.MutableBTree;
import dev.argondb.engine.tree.TreeCursor;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.NavigableSet;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * The page of a checkpoint.
 *
 * <pre>
 * checkpoint = version lsn timeMicros watermark lineage* chain* branch* tag* sequence*    each list after its count
 * version    = byte                                                              2
 * lineage    = origin belowOrigin belowLsn merge*                                not in version 1
 * merge      = lsn sourceOrigin sourceLsn                                        lsn less the one before
 * chain      = id belowId belowLsn reclaimed size commits snapshot* change* origin    the origin not in version 1
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
    /** The version without lineages: of before there were merges, so that what a chain stands on says all. */
    private static final int WITHOUT_LINEAGES = 1;

    private CheckpointCodec() {}

    static ByteSink encode(Checkpoint checkpoint) {
        ByteSink sink = new ByteSink(1 << 12);
        sink.putByte(VERSION);
        sink.putVarint(checkpoint.lsn());
        sink.putVarint(checkpoint.timeMicros());
        sink.putVarint(checkpoint.watermark());
        Collection<Lineage> lineages = Lineage.closure(
                checkpoint.chains().stream().map(ChainImage::lineage).toList());
        sink.putVarint(lineages.size());
        lineages.forEach(lineage -> encode(lineage, sink));
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
        sink.putVarint(chain.lineage().origin());
    }

    private static void encode(Lineage lineage, ByteSink sink) {
        Link below = lineage.below();
        Map<Long, Link> merges = lineage.merges();
        sink.putVarint(lineage.origin());
        sink.putVarint(below == null ? 0 : below.lineage().origin());
        sink.putVarint(below == null ? 0 : below.lsn());
        sink.putVarint(merges.size());
        long[] last = {0};
        merges.forEach((lsn, source) -> {
            sink.putVarint(lsn - last[0]);
            sink.putVarint(source.lineage().origin());
            sink.putVarint(source.lsn());
            last[0] = lsn;
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
        if (version != VERSION && version != WITHOUT_LINEAGES) {
            throw new MalformedRecordException("a checkpoint of version " + version + ", not " + VERSION);
        }
        long lsn = source.readVarint();
        long time = source.readVarint();
        long watermark = source.readVarint();
        Map<Long, Lineage> lineages = version == WITHOUT_LINEAGES ? new HashMap<>() : decodeLineages(source);
        boolean hasLineages = version != WITHOUT_LINEAGES;
        Checkpoint checkpoint = new Checkpoint(
                lsn,
                time,
                watermark,
                list(source, from -> decodeChain(from, lineages, hasLineages)),
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

    private static ChainImage decodeChain(ByteSource source, Map<Long, Lineage> lineages, boolean hasLineages)
            throws MalformedRecordException {
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
        Lineage lineage = hasLineages
                ? known(lineages, source.readVarint())
                : lineages.computeIfAbsent(id, any -> lineageOf(id, belowId, belowLsn, lineages));
        return new ChainImage(id, belowId, belowLsn, reclaimed, few, root, size, snapshots, schemaChanges, lineage);
    }

    /** The chain it stands on comes before it. */
    private static Lineage lineageOf(long id, long belowId, long belowLsn, Map<Long, Lineage> lineages) {
        Lineage below = lineages.get(belowId);
        return new Lineage(id, below == null ? null : new Link(below, belowLsn));
    }

    /** A merge or a beginning as it stands in the page, before all lineages are read. */
    private record NamedLink(Lineage of, long lsn, long sourceOrigin, long sourceLsn) {}

    private static Map<Long, Lineage> decodeLineages(ByteSource source) throws MalformedRecordException {
        Map<Long, Lineage> lineages = new HashMap<>();
        List<NamedLink> links = new ArrayList<>();
        int count = source.readCountOfFollowing();
        for (int i = 0; i < count; i++) {
            Lineage lineage = new Lineage(source.readVarint(), null);
            lineages.put(lineage.origin(), lineage);
            links.add(new NamedLink(lineage, 0, source.readVarint(), source.readVarint()));
            decodeMerges(source, lineage, links);
        }
        for (NamedLink link : links) {
            if (link.sourceOrigin() != 0) {
                connect(link, new Link(known(lineages, link.sourceOrigin()), link.sourceLsn()));
            }
        }
        return lineages;
    }

    private static void decodeMerges(ByteSource source, Lineage lineage, List<NamedLink> links)
            throws MalformedRecordException {
        int count = source.readCountOfFollowing();
        long lsn = 0;
        for (int i = 0; i < count; i++) {
            lsn += source.readVarint();
            links.add(new NamedLink(lineage, lsn, source.readVarint(), source.readVarint()));
        }
    }

    private static void connect(NamedLink link, Link source) {
        if (link.lsn() == 0) {
            link.of().beginOn(source);
        } else {
            link.of().addMerge(link.lsn(), source);
        }
    }

    private static Lineage known(Map<Long, Lineage> lineages, long origin) throws MalformedRecordException {
        Lineage lineage = lineages.get(origin);
        if (lineage == null) {
            throw new MalformedRecordException("lineage " + origin + ", which the checkpoint does not hold");
        }
        return lineage;
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
