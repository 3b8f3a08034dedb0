package dev.argondb.engine.log;

import dev.argondb.EntityEvent;
import dev.argondb.Operation;
import dev.argondb.engine.log.LogRecord.BranchCreated;
import dev.argondb.engine.log.LogRecord.BranchDeleted;
import dev.argondb.engine.log.LogRecord.BranchRenamed;
import dev.argondb.engine.log.LogRecord.BranchReset;
import dev.argondb.engine.log.LogRecord.CommitRecord;
import dev.argondb.engine.log.LogRecord.SequenceReserved;
import dev.argondb.engine.log.LogRecord.TagCreated;
import dev.argondb.engine.log.LogRecord.TagDeleted;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.bson.BsonBinary;
import org.bson.BsonDocument;
import org.bson.BsonInt64;
import org.bson.RawBsonDocument;
import org.bson.codecs.BsonDocumentCodec;
import org.jspecify.annotations.Nullable;

/** Makes records for tests, and compares them. */
final class Records {

    private static final long TIME = 1_790_000_000_000_000L;

    private Records() {}

    /** Returns a record of any kind. */
    static LogRecord any(Random random, long firstLsn) {
        long time = TIME + firstLsn;
        return switch (random.nextInt(12)) {
            case 0 -> new BranchCreated(firstLsn, time, 7, "féature", 1, firstLsn - 1, random.nextBoolean());
            case 1 -> new BranchRenamed(firstLsn, time, 7, "name" + random.nextInt());
            case 2 -> new BranchDeleted(firstLsn, time, random.nextInt(1000) + 1);
            case 3 -> new BranchReset(firstLsn, time, 3, random.nextInt((int) firstLsn));
            case 4 -> new TagCreated(firstLsn, time, "v" + random.nextInt(), random.nextInt((int) firstLsn));
            case 5 -> new TagDeleted(firstLsn, time, "");
            case 6 -> new SequenceReserved(firstLsn, time, random.nextInt(2), 9, random.nextLong());
            default -> commit(random, firstLsn, 1 + random.nextInt(5), random.nextInt(200));
        };
    }

    /** Returns records one after the other, up to a number of them. */
    static List<LogRecord> chain(Random random, long lastLsn, int count) {
        List<LogRecord> records = new ArrayList<>();
        long last = lastLsn;
        for (int i = 0; i < count; i++) {
            LogRecord record = any(random, last + 1);
            records.add(record);
            last = record.lastLsn();
        }
        return records;
    }

    /** Returns a commit of documents with that many bytes in one field. */
    static CommitRecord commit(Random random, long firstLsn, int entries, int documentBytes) {
        List<LogEntry> list = IntStream.range(0, entries)
                .mapToObj(i -> entry(random, firstLsn, documentBytes))
                .toList();
        List<EntityEvent> events = random.nextBoolean()
                ? List.of()
                : List.of(new EntityEvent(Operation.UPDATE, "Order", "42", List.of("total", "état")));
        long merged = random.nextInt(3) == 0 ? Math.max(0, firstLsn - 2) : 0;
        return new CommitRecord(
                firstLsn, TIME + firstLsn, 1, random.nextInt((int) firstLsn), merged, "anna", "why ✓", events, list);
    }

    static LogEntry entry(Random random, long belowLsn, int documentBytes) {
        Operation operation = Operation.values()[random.nextInt(3)];
        byte[] key = bytes(random, 1 + random.nextInt(20));
        @Nullable Document after = operation == Operation.DELETE ? null : document(random, documentBytes);
        @Nullable Document before = operation == Operation.INSERT ? null : document(random, 5);
        long previous = operation == Operation.INSERT ? 0 : random.nextInt((int) belowLsn);
        @Nullable String name = random.nextBoolean() ? null : "Entity" + random.nextInt(3);
        return new LogEntry(operation, 1 + random.nextInt(300), key, previous, after, before, name);
    }

    private static Document document(Random random, int bytes) {
        BsonDocument document = new BsonDocument("id", new BsonInt64(random.nextLong()))
                .append("data", new BsonBinary(bytes(random, bytes)));
        RawBsonDocument raw = new RawBsonDocument(document, new BsonDocumentCodec());
        byte[] encoded = new byte[raw.getByteBuffer().remaining()];
        raw.getByteBuffer().get(encoded);
        return new EncodedDocument(encoded);
    }

    private static byte[] bytes(Random random, int count) {
        byte[] bytes = new byte[count];
        random.nextBytes(bytes);
        return bytes;
    }

    static long lastLsn(List<LogRecord> records) {
        return records.isEmpty() ? 0 : records.get(records.size() - 1).lastLsn();
    }

    /** Returns all records of a log, from an LSN on. */
    static List<LogRecord> read(Log log, long fromLsn) {
        List<LogRecord> records = new ArrayList<>();
        try (LogReader reader = log.read(fromLsn)) {
            for (@Nullable LogRecord next = reader.next(); next != null; next = reader.next()) {
                records.add(next);
            }
        }
        return records;
    }

    /** Returns records as text that is equal if they hold the same. */
    static List<String> described(List<? extends LogRecord> records) {
        return records.stream().map(Records::described).toList();
    }

    static String described(LogRecord record) {
        if (!(record instanceof CommitRecord commit)) {
            return record.toString();
        }
        List<String> entries = commit.entries().stream().map(Records::described).toList();
        return Arrays.asList(
                        commit.firstLsn(),
                        commit.timeMicros(),
                        commit.branchId(),
                        commit.parentLsn(),
                        commit.mergeParentLsn(),
                        commit.author(),
                        commit.message(),
                        commit.events(),
                        entries)
                .toString();
    }

    private static String described(LogEntry entry) {
        return Arrays.asList(
                        entry.operation(),
                        entry.collectionId(),
                        hex(entry.key()),
                        entry.previousLsn(),
                        hex(entry.encodedAfter()),
                        hex(entry.encodedBefore()),
                        entry.entityName())
                .toString();
    }

    private static @Nullable String hex(byte @Nullable [] bytes) {
        return bytes == null ? null : HexFormat.of().formatHex(bytes);
    }
}
