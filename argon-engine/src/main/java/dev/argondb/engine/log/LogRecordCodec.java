package dev.argondb.engine.log;

import dev.argondb.EntityEvent;
import dev.argondb.Operation;
import dev.argondb.engine.format.ByteSink;
import dev.argondb.engine.format.ByteSource;
import dev.argondb.engine.format.MalformedRecordException;
import dev.argondb.engine.log.LogRecord.BranchCreated;
import dev.argondb.engine.log.LogRecord.BranchDeleted;
import dev.argondb.engine.log.LogRecord.BranchRenamed;
import dev.argondb.engine.log.LogRecord.BranchReset;
import dev.argondb.engine.log.LogRecord.CommitRecord;
import dev.argondb.engine.log.LogRecord.SequenceReserved;
import dev.argondb.engine.log.LogRecord.TagCreated;
import dev.argondb.engine.log.LogRecord.TagDeleted;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Turns records of the log into bytes and back. The first LSN is not among the bytes: every store keeps it beside them.
 *
 * <pre>
 * record    = commit | created | renamed | deleted | reset | tag | untag | reserved
 * commit    = 1 time branch parent merge author message events entries
 * created   = 2 time branch name parentBranch:varint base:varint privateSequences:(0 | 1)
 * renamed   = 3 time branch name
 * deleted   = 4 time branch
 * reset     = 5 time branch target:varint
 * tag       = 6 time name target:varint
 * untag     = 7 time name
 * reserved  = 8 time branch sequence:varint next:varint
 *
 * time      = varint                    microseconds since the epoch
 * branch    = varint                    its id
 * parent    = varint                    first LSN of the commit minus LSN of its parent
 * merge     = varint                    the same for the second parent; 0 if there is none
 * events    = count:varint event*
 * event     = operation:byte entityName:text entityId:text count:varint attribute:text*
 * entries   = count:varint entry*
 * entry     = operation:byte collection:varint key:sized previousLsn:varint entityName after before
 * entityName= 0                         none
 *           | n:varint                  the n-th different name of this commit, if n were given before
 *           | n:varint text             a new name; n is one more than the names given before
 * after     = BSON:sized                not of a delete
 * before    = BSON:sized                not of an insert; of an update only the fields that changed
 * operation = 0 insert | 1 update | 2 delete
 * name, author, message = text
 * text      = sized                     UTF-8
 * sized     = length:varint byte*
 * varint    = seven bits per byte, lowest first, the high bit set on all but the last
 * </pre>
 *
 * Entries hold no LSN of their own commit, so they can be encoded before it has one (see {@link Log#prepare}).
 *
 * <p>Thread-safe: no state.
 */
public final class LogRecordCodec {

    /** The version of the grammar. A store writes it down, and refuses what is newer. */
    public static final int VERSION = 1;

    private static final int COMMIT = 1;
    private static final int BRANCH_CREATED = 2;
    private static final int BRANCH_RENAMED = 3;
    private static final int BRANCH_DELETED = 4;
    private static final int BRANCH_RESET = 5;
    private static final int TAG_CREATED = 6;
    private static final int TAG_DELETED = 7;
    private static final int SEQUENCE_RESERVED = 8;

    private LogRecordCodec() {}

    /** Returns a record as bytes, without its LSN. */
    public static byte[] encode(LogRecord record) {
        ByteSink sink = new ByteSink(256);
        encode(record, sink);
        return sink.toByteArray();
    }

    /**
     * Returns the record that bytes hold.
     *
     * @param firstLsn the LSN that the store kept beside the bytes
     * @throws MalformedRecordException if the bytes are not exactly one record
     */
    public static LogRecord decode(long firstLsn, byte[] bytes) throws MalformedRecordException {
        return decode(firstLsn, new ByteSource(bytes, 0, bytes.length));
    }

    /**
     * Encodes entries ahead of their commit: a list that is equal to the given one, and cheap to append as part of a
     * {@link CommitRecord}.
     */
    public static List<LogEntry> encodeAhead(List<LogEntry> entries) {
        return EncodedEntries.of(entries);
    }

    static void encode(LogRecord record, ByteSink sink) {
        if (record instanceof CommitRecord commit) {
            encodeCommit(commit, sink);
        } else if (record instanceof BranchCreated created) {
            encodeCreated(created, sink);
        } else if (record instanceof BranchRenamed renamed) {
            begin(BRANCH_RENAMED, record, sink);
            sink.putVarint(renamed.branchId());
            sink.putText(renamed.name());
        } else if (record instanceof BranchDeleted deleted) {
            begin(BRANCH_DELETED, record, sink);
            sink.putVarint(deleted.branchId());
        } else if (record instanceof BranchReset reset) {
            begin(BRANCH_RESET, record, sink);
            sink.putVarint(reset.branchId());
            sink.putVarint(reset.toLsn());
        } else if (record instanceof TagCreated tag) {
            begin(TAG_CREATED, record, sink);
            sink.putText(tag.name());
            sink.putVarint(tag.targetLsn());
        } else if (record instanceof TagDeleted untag) {
            begin(TAG_DELETED, record, sink);
            sink.putText(untag.name());
        } else if (record instanceof SequenceReserved reserved) {
            encodeReserved(reserved, sink);
        } else {
            throw new AssertionError("no encoding for " + record);
        }
    }

    private static void begin(int kind, LogRecord record, ByteSink sink) {
        sink.putByte(kind);
        sink.putVarint(record.timeMicros());
    }

    private static void encodeCreated(BranchCreated created, ByteSink sink) {
        begin(BRANCH_CREATED, created, sink);
        sink.putVarint(created.branchId());
        sink.putText(created.name());
        sink.putVarint(created.parentId());
        sink.putVarint(created.baseLsn());
        sink.putByte(created.privateSequences() ? 1 : 0);
    }

    private static void encodeReserved(SequenceReserved reserved, ByteSink sink) {
        begin(SEQUENCE_RESERVED, reserved, sink);
        sink.putVarint(reserved.branchId());
        sink.putVarint(reserved.sequenceId());
        sink.putVarint(reserved.next());
    }

    private static void encodeCommit(CommitRecord commit, ByteSink sink) {
        begin(COMMIT, commit, sink);
        sink.putVarint(commit.branchId());
        sink.putVarint(commit.firstLsn() - commit.parentLsn());
        sink.putVarint(commit.mergeParentLsn() == 0 ? 0 : commit.firstLsn() - commit.mergeParentLsn());
        sink.putText(commit.author());
        sink.putText(commit.message());
        encodeEvents(commit.events(), sink);
        if (commit.entries() instanceof EncodedEntries encoded) {
            encoded.writeTo(sink);
        } else {
            encodeEntries(commit.entries(), sink);
        }
    }

    private static void encodeEvents(List<EntityEvent> events, ByteSink sink) {
        sink.putVarint(events.size());
        for (EntityEvent event : events) {
            sink.putByte(code(event.operation()));
            sink.putText(event.entityName());
            sink.putText(event.entityId());
            sink.putVarint(event.attributes().size());
            for (String attribute : event.attributes()) {
                sink.putText(attribute);
            }
        }
    }

    static void encodeEntries(List<LogEntry> entries, ByteSink sink) {
        sink.putVarint(entries.size());
        List<String> names = new ArrayList<>();
        for (LogEntry entry : entries) {
            encodeEntry(entry, names, sink);
        }
    }

    private static void encodeEntry(LogEntry entry, List<String> names, ByteSink sink) {
        sink.putByte(code(entry.operation()));
        sink.putVarint(entry.collectionId());
        sink.putSized(entry.key());
        sink.putVarint(entry.previousLsn());
        encodeName(entry.entityName(), names, sink);
        byte @Nullable [] after = entry.encodedAfter();
        if (after != null) {
            sink.putSized(after);
        }
        byte @Nullable [] before = entry.encodedBefore();
        if (before != null) {
            sink.putSized(before);
        }
    }

    private static void encodeName(@Nullable String name, List<String> names, ByteSink sink) {
        if (name == null) {
            sink.putVarint(0);
            return;
        }
        int known = names.indexOf(name);
        if (known >= 0) {
            sink.putVarint(known + 1);
            return;
        }
        names.add(name);
        sink.putVarint(names.size());
        sink.putText(name);
    }

    static LogRecord decode(long firstLsn, ByteSource source) throws MalformedRecordException {
        int kind = source.readByte();
        long time = source.readVarint();
        LogRecord record = decodeBody(kind, firstLsn, time, source);
        if (source.remaining() > 0) {
            throw new MalformedRecordException(source.remaining() + " bytes after its end");
        }
        return record;
    }

    private static LogRecord decodeBody(int kind, long lsn, long time, ByteSource source)
            throws MalformedRecordException {
        return switch (kind) {
            case COMMIT -> decodeCommit(lsn, time, source);
            case BRANCH_CREATED -> decodeCreated(lsn, time, source);
            case BRANCH_RENAMED -> new BranchRenamed(lsn, time, source.readVarint(), source.readText());
            case BRANCH_DELETED -> new BranchDeleted(lsn, time, source.readVarint());
            case BRANCH_RESET -> new BranchReset(lsn, time, source.readVarint(), source.readVarint());
            case TAG_CREATED -> new TagCreated(lsn, time, source.readText(), source.readVarint());
            case TAG_DELETED -> new TagDeleted(lsn, time, source.readText());
            case SEQUENCE_RESERVED ->
                new SequenceReserved(lsn, time, source.readVarint(), source.readCount(), source.readVarint());
            default -> throw new MalformedRecordException("a record of unknown kind " + kind);
        };
    }

    private static BranchCreated decodeCreated(long lsn, long time, ByteSource source) throws MalformedRecordException {
        return new BranchCreated(
                lsn,
                time,
                source.readVarint(),
                source.readText(),
                source.readVarint(),
                source.readVarint(),
                source.readByte() != 0);
    }

    private static CommitRecord decodeCommit(long lsn, long time, ByteSource source) throws MalformedRecordException {
        long branchId = source.readVarint();
        long parentLsn = lsn - source.readVarint();
        long mergeDistance = source.readVarint();
        return new CommitRecord(
                lsn,
                time,
                branchId,
                parentLsn,
                mergeDistance == 0 ? 0 : lsn - mergeDistance,
                source.readText(),
                source.readText(),
                decodeEvents(source),
                decodeEntries(source));
    }

    private static List<EntityEvent> decodeEvents(ByteSource source) throws MalformedRecordException {
        int count = source.readCountOfFollowing();
        List<EntityEvent> events = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            events.add(new EntityEvent(
                    decodeOperation(source), source.readText(), source.readText(), decodeTexts(source)));
        }
        return List.copyOf(events);
    }

    private static List<String> decodeTexts(ByteSource source) throws MalformedRecordException {
        int count = source.readCountOfFollowing();
        List<String> texts = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            texts.add(source.readText());
        }
        return texts;
    }

    private static List<LogEntry> decodeEntries(ByteSource source) throws MalformedRecordException {
        int count = source.readCountOfFollowing();
        if (count == 0) {
            throw new MalformedRecordException("a commit without entries");
        }
        List<String> names = new ArrayList<>();
        LogEntry[] entries = new LogEntry[count];
        for (int i = 0; i < count; i++) {
            entries[i] = decodeEntry(source, names);
        }
        return List.of(entries);
    }

    private static LogEntry decodeEntry(ByteSource source, List<String> names) throws MalformedRecordException {
        Operation operation = decodeOperation(source);
        int collectionId = source.readCount();
        byte[] key = source.readSized();
        long previousLsn = source.readVarint();
        @Nullable String name = decodeName(source, names);
        @Nullable Document after = operation == Operation.DELETE ? null : new EncodedDocument(source.readSized());
        @Nullable Document before = operation == Operation.INSERT ? null : new EncodedDocument(source.readSized());
        return new LogEntry(operation, collectionId, key, previousLsn, after, before, name);
    }

    private static @Nullable String decodeName(ByteSource source, List<String> names) throws MalformedRecordException {
        int number = source.readCount();
        if (number == 0) {
            return null;
        }
        if (number > names.size() + 1) {
            throw new MalformedRecordException("entity name " + number + " of " + names.size());
        }
        if (number == names.size() + 1) {
            names.add(source.readText());
        }
        return names.get(number - 1);
    }

    private static int code(Operation operation) {
        return switch (Objects.requireNonNull(operation)) {
            case INSERT -> 0;
            case UPDATE -> 1;
            case DELETE -> 2;
        };
    }

    private static Operation decodeOperation(ByteSource source) throws MalformedRecordException {
        int code = source.readByte();
        return switch (code) {
            case 0 -> Operation.INSERT;
            case 1 -> Operation.UPDATE;
            case 2 -> Operation.DELETE;
            default -> throw new MalformedRecordException("unknown operation " + code);
        };
    }
}
