package dev.argondb.engine.log;

import static dev.argondb.engine.log.Records.commit;
import static dev.argondb.engine.log.Records.described;
import static dev.argondb.engine.log.Records.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argondb.ArgonException;
import dev.argondb.CorruptDataException;
import dev.argondb.Operation;
import dev.argondb.UnsupportedException;
import dev.argondb.engine.format.ChecksummedText;
import dev.argondb.engine.volume.MemoryVolume;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Damages the files of a log of three segments, and asks for an error or the right answer. */
final class FileLogDamageTest {

    private static final FileLogSettings SETTINGS = FileLogSettings.DEFAULT.withSegmentBytes(600);
    private static final UUID ID = new UUID(0x0123456789abcdefL, 0x8123456789abcdefL);
    private static final String FIRST = RawSegment.nameOf(1);

    private final List<LogRecord> records = new ArrayList<>();
    private final List<Long> lastRecordOffsets = new ArrayList<>();
    private MemoryVolume closed = new MemoryVolume();
    private MemoryVolume crashed = new MemoryVolume();
    private String second = "";
    private String third = "";

    @BeforeEach
    void makeThreeSegments() throws IOException {
        Random random = new Random(5);
        FileLog log = FileLog.open(closed, SETTINGS, () -> ID);
        while (segments(closed).size() < 3 || lastRecordOffsets.size() < 3) {
            append(log, random);
        }
        crashed = closed.copy();
        log.close();
        List<String> names = segments(closed);
        assertThat(names).hasSize(3).startsWith(FIRST);
        second = names.get(1);
        third = names.get(2);
    }

    private void append(FileLog log, Random random) throws IOException {
        LogRecord next = commit(random, log.lastLsn() + 1, 1, 20);
        log.append(log.lastLsn(), List.of(next));
        records.add(next);
        List<String> names = segments(closed);
        if (names.size() == 3) {
            lastRecordOffsets.add((long) closed.bytes(names.get(2)).length);
        }
    }

    private static List<String> segments(MemoryVolume volume) {
        return volume.names().stream().filter(name -> name.endsWith(".seg")).toList();
    }

    private static List<String> readAll(MemoryVolume volume) {
        try (FileLog log = FileLog.open(volume, SETTINGS)) {
            return described(read(log, 1));
        }
    }

    private static void damage(MemoryVolume volume, String name, int offset, int mask) throws IOException {
        byte[] bytes = volume.bytes(name);
        bytes[offset] = (byte) (bytes[offset] ^ mask);
        volume.put(name, bytes);
    }

    @Test
    void open_undamaged_readsEverything() {
        assertThat(readAll(crashed)).isEqualTo(described(records));
        assertThat(readAll(closed)).isEqualTo(described(records));
    }

    @Test
    void flippedByte_anywhereInAClosedLog_isAnErrorOrTheRightAnswer() throws IOException {
        List<String> expected = described(records);
        Random random = new Random(6);
        int errors = 0;
        for (String name : closed.names()) {
            for (int offset = 0; offset < closed.bytes(name).length; offset++) {
                MemoryVolume damaged = closed.copy();
                damage(damaged, name, offset, 1 + random.nextInt(255));
                errors += isErrorOrEqualTo(expected, damaged, name, offset) ? 1 : 0;
            }
        }
        assertThat(errors).isGreaterThan(2000);
    }

    private static boolean isErrorOrEqualTo(List<String> expected, MemoryVolume damaged, String name, int offset) {
        try {
            assertThat(readAll(damaged)).as(name + " at " + offset).isEqualTo(expected);
            return false;
        } catch (CorruptDataException | UnsupportedException e) {
            assertThat(e).hasMessageContaining("memory/" + name);
            return true;
        }
    }

    @Test
    void flippedByte_inTheLastAppendBeforeACrash_isAnErrorOrDropsThatAppend() throws IOException {
        List<String> expected = described(records);
        int start = Math.toIntExact(lastRecordOffsets.get(lastRecordOffsets.size() - 2));
        for (int offset = 0; offset < crashed.bytes(third).length; offset++) {
            MemoryVolume damaged = crashed.copy();
            damage(damaged, third, offset, 0x10);
            if (offset < start) {
                assertThatThrownBy(() -> readAll(damaged)).isInstanceOf(ArgonException.class);
            } else {
                assertThat(readAll(damaged)).isEqualTo(expected.subList(0, expected.size() - 1));
            }
        }
    }

    @Test
    void tornLastRecord_atEveryLength_isDroppedAndTheLogGoesOn() throws IOException {
        byte[] whole = crashed.bytes(third);
        int start = Math.toIntExact(lastRecordOffsets.get(lastRecordOffsets.size() - 2));
        List<LogRecord> kept = records.subList(0, records.size() - 1);
        for (int length = start; length < whole.length; length++) {
            MemoryVolume torn = crashed.copy();
            torn.put(third, Arrays.copyOf(whole, length));
            assertTornAt(torn, start, length, kept);
        }
    }

    private void assertTornAt(MemoryVolume torn, int start, int length, List<LogRecord> kept) {
        long next = Records.lastLsn(kept) + 1;
        LogRecord more = commit(new Random(length), next, 1, 20);
        try (FileLog log = FileLog.open(torn, SETTINGS)) {
            assertThat(described(read(log, 1))).isEqualTo(described(kept));
            if (length == start) {
                assertThat(log.tornTail()).isEmpty();
            } else {
                assertThat(log.tornTail()).contains(new TornTail("memory/" + third, start, length - start, next));
            }
            log.append(log.lastLsn(), List.of(more));
        }
        List<LogRecord> all = new ArrayList<>(kept);
        all.add(more);
        assertThat(readAll(torn)).isEqualTo(described(all));
    }

    @Test
    void tornLastRecord_followedByZeros_isDropped() throws IOException {
        byte[] whole = crashed.bytes(third);
        int start = Math.toIntExact(lastRecordOffsets.get(lastRecordOffsets.size() - 2));
        Arrays.fill(whole, start + 40, whole.length, (byte) 0);
        crashed.put(third, Arrays.copyOf(whole, whole.length + 5000));
        assertThat(readAll(crashed)).isEqualTo(described(records.subList(0, records.size() - 1)));
    }

    @Test
    void batchTornInItsMiddle_wholeFramesBehindTheHole_keepsTheFirstRecords() throws IOException {
        List<LogRecord> batch = List.of(
                commit(new Random(1), 1, 1, 50), commit(new Random(2), 2, 1, 50), commit(new Random(3), 3, 1, 50));
        MemoryVolume volume = new MemoryVolume();
        FileLog log = FileLog.open(volume, FileLogSettings.DEFAULT);
        log.append(0, batch);
        MemoryVolume torn = volume.copy();
        log.close();
        int middle = torn.bytes(FIRST).length / 2;
        damage(torn, FIRST, middle, 0xff);
        try (FileLog reopened = FileLog.open(torn, FileLogSettings.DEFAULT)) {
            assertThat(described(read(reopened, 1))).isEqualTo(described(batch.subList(0, 1)));
        }
    }

    @Test
    void frameInsideATornDocument_isNotTakenForALaterOne() throws IOException {
        byte[] segment = closed.bytes(third);
        LogEntry entry = new LogEntry(Operation.INSERT, 1, new byte[] {1}, 0, new EncodedDocument(segment), null, null);
        LogRecord evil =
                new LogRecord.CommitRecord(Records.lastLsn(records) + 1, 1, 1, 0, 0, "", "", List.of(), List.of(entry));
        FileLog log = FileLog.open(crashed, FileLogSettings.DEFAULT);
        log.append(log.lastLsn(), List.of(evil));
        MemoryVolume torn = crashed.copy();
        log.close();
        int start = Math.toIntExact(lastRecordOffsets.get(lastRecordOffsets.size() - 1));
        damage(torn, third, start + 10, 0xff);
        assertThat(readAll(torn)).isEqualTo(described(records));
    }

    @Test
    void flippedByte_beforeALaterRecord_isRefusedWithPlaceAndValues() throws IOException {
        int header = SegmentHeader.BYTES;
        damage(crashed, third, header + 40, 0xff);
        long lsn = Long.parseLong(third.substring(8, 28));
        assertThatThrownBy(() -> readAll(crashed))
                .isInstanceOf(CorruptDataException.class)
                .hasMessageMatching("frame checksum mismatch in `memory/" + third + "` at offset " + header + " \\(lsn "
                        + lsn + "\\): expected `[0-9a-f]{8}`, found `[0-9a-f]{8}`; restore the file from a copy");
    }

    @Test
    void flippedByte_inAFullSegment_isRefusedWhenRead() throws IOException {
        damage(closed, second, SegmentHeader.BYTES, 0xff);
        long lsn = Long.parseLong(second.substring(8, 28));
        try (FileLog log = FileLog.open(closed, SETTINGS)) {
            assertThatThrownBy(() -> read(log, lsn))
                    .isInstanceOf(CorruptDataException.class)
                    .hasMessage("no frame in `memory/" + second + "` at offset 44 (lsn " + lsn
                            + "): expected `4146726d`, found `be46726d`; restore the file from a copy");
            assertThat(described(read(log, Records.lastLsn(records)))).hasSize(1);
        }
    }

    @Test
    void fullSegment_cutShort_isRefused() throws IOException {
        byte[] whole = closed.bytes(second);
        closed.put(second, Arrays.copyOf(whole, whole.length - 7));
        long lsn = Long.parseLong(second.substring(8, 28));
        assertRefused(
                closed,
                "segment cut short in `memory/" + second + "` at offset " + (whole.length - 7) + " (lsn " + lsn
                        + "): expected `" + whole.length + " bytes`, found `" + (whole.length - 7)
                        + " bytes`; restore the file from a copy");
    }

    @Test
    void fullSegment_withMoreBehind_isRefused() throws IOException {
        byte[] whole = closed.bytes(FIRST);
        closed.put(FIRST, Arrays.copyOf(whole, whole.length + 3));
        assertRefused(
                closed,
                "segment too long in `memory/" + FIRST + "` at offset " + whole.length + " (lsn 1): expected `"
                        + whole.length + " bytes`, found `" + (whole.length + 3)
                        + " bytes`; restore the file from a copy");
    }

    @Test
    void lastSegment_cutIntoItsHeader_isRefused() throws IOException {
        closed.put(third, Arrays.copyOf(closed.bytes(third), 43));
        long lsn = Long.parseLong(third.substring(8, 28));
        assertRefused(
                closed,
                "header cut short in `memory/" + third + "` at offset 0 (lsn " + lsn
                        + "): expected `44 bytes`, found `43 bytes`; restore the file from a copy");
    }

    @Test
    void segment_deleted_isRefused() throws IOException {
        for (String name : List.of(FIRST, second, third)) {
            MemoryVolume damaged = closed.copy();
            damaged.delete(name);
            long lsn = Long.parseLong(name.substring(8, 28));
            assertRefused(
                    damaged,
                    "segment `memory/" + name + "`, which begins with lsn " + lsn
                            + ", is missing; restore the file from a copy");
        }
    }

    @Test
    void segment_notListed_isRefused() throws IOException {
        String stray = RawSegment.nameOf(999);
        closed.put(stray, closed.bytes(third));
        assertRefused(
                closed,
                "`memory/" + stray + "` is not listed in `memory/log/segments`; restore that file from a copy,"
                        + " or move this one away");
    }

    @Test
    void segmentOfAnotherDatabase_isRefused() throws IOException {
        closed.put(FIRST, withHeader(new UUID(1, 2), 1, 1, 1));
        assertRefused(
                closed,
                "file of another database in `memory/" + FIRST + "` at offset 0 (lsn 1): expected `" + ID
                        + "`, found `00000000-0000-0001-0000-000000000002`; restore the file from a copy");
    }

    @Test
    void segmentOfAnotherLsn_isRefused() throws IOException {
        closed.put(FIRST, withHeader(ID, 7, 1, 1));
        assertRefused(
                closed,
                "file of another lsn in `memory/" + FIRST + "` at offset 0 (lsn 1): expected `0000000000000001`,"
                        + " found `0000000000000007`; restore the file from a copy");
    }

    @Test
    void segmentOfAnotherKind_isRefused() throws IOException {
        closed.put(FIRST, withHeader(ID, 1, 9, 1));
        assertRefused(
                closed,
                "not a log segment in `memory/" + FIRST + "` at offset 0 (lsn 1): expected `0000000000000001`,"
                        + " found `0000000000000009`; restore the file from a copy");
    }

    @Test
    void segment_damagedHeader_isRefused() throws IOException {
        damage(closed, FIRST, 20, 1);
        assertThatThrownBy(() -> readAll(closed))
                .isInstanceOf(CorruptDataException.class)
                .hasMessageMatching("header checksum mismatch in `memory/" + FIRST
                        + "` at offset 0 \\(lsn 1\\): expected `[0-9a-f]{16}`, found `[0-9a-f]{16}`;"
                        + " restore the file from a copy");
    }

    @Test
    void segment_notAFileOfArgon_isRefused() throws IOException {
        byte[] bytes = closed.bytes(FIRST);
        System.arraycopy("SQLite f".getBytes(StandardCharsets.US_ASCII), 0, bytes, 0, 8);
        closed.put(FIRST, bytes);
        assertRefused(
                closed,
                "not a file of Argon in `memory/" + FIRST + "` at offset 0 (lsn 1): expected `4152474f4e44420a`,"
                        + " found `53514c6974652066`; restore the file from a copy");
    }

    @Test
    void segment_ofANewerVersion_isRefused() throws IOException {
        closed.put(FIRST, withHeader(ID, 1, 1, 2));
        assertThatThrownBy(() -> readAll(closed))
                .isInstanceOf(UnsupportedException.class)
                .hasMessage("`memory/" + FIRST
                        + "` has format 2, this version of Argon reads up to 1; use a newer version of Argon");
    }

    /** Returns the first segment with another header, whole in itself. */
    private byte[] withHeader(UUID id, long firstLsn, int kind, int version) throws IOException {
        byte[] bytes = closed.bytes(FIRST);
        ByteBuffer header = SegmentHeader.encode(SegmentHeader.Kind.RAW, id, firstLsn, version);
        header.putInt(8, kind);
        CRC32C crc = new CRC32C();
        crc.update(header.array(), 0, 40);
        header.putInt(40, (int) crc.getValue());
        System.arraycopy(header.array(), 0, bytes, 0, SegmentHeader.BYTES);
        return bytes;
    }

    @Test
    void databaseFile_missing_isRefused() throws IOException {
        closed.delete("argon.properties");
        assertRefused(
                closed,
                "`memory/argon.properties` is missing, but there is a log in `memory/" + FIRST
                        + "`; restore the missing file from a copy");
    }

    @Test
    void databaseFile_edited_isRefused() throws IOException {
        String text = new String(closed.bytes("argon.properties"), StandardCharsets.UTF_8);
        closed.put("argon.properties", text.replace("format=1", "format=2").getBytes(StandardCharsets.UTF_8));
        assertThatThrownBy(() -> readAll(closed))
                .isInstanceOf(CorruptDataException.class)
                .hasMessageMatching("checksum mismatch in `memory/argon.properties`: expected `checksum=[0-9a-f]{8}`,"
                        + " found `checksum=[0-9a-f]{8}`; restore the file from a copy");
    }

    @Test
    void databaseFile_ofANewerFormat_isRefused() throws IOException {
        ChecksummedText.write(closed, "", "argon.properties", List.of("# x", "format=3", "database=" + ID));
        assertThatThrownBy(() -> readAll(closed))
                .isInstanceOf(UnsupportedException.class)
                .hasMessage("`memory/argon.properties` has format 3, this version of Argon reads up to 1;"
                        + " use a newer version of Argon");
    }

    @Test
    void databaseFile_ofSomethingElse_isRefused() throws IOException {
        ChecksummedText.write(closed, "", "argon.properties", List.of("hello"));
        assertRefused(
                closed,
                "`memory/argon.properties` is not the description of an Argon database: expected `format=` and"
                        + " `database=`, found `hello`; restore the file from a copy");
    }

    @Test
    void segmentList_missing_isRefused() throws IOException {
        closed.delete("log/segments");
        assertRefused(closed, "`memory/log/segments` is missing; restore the file from a copy");
    }

    @Test
    void segmentList_cutShort_isRefused() throws IOException {
        closed.put("log/segments", Arrays.copyOf(closed.bytes("log/segments"), 50));
        assertRefused(
                closed,
                "checksum mismatch in `memory/log/segments`: expected `checksum=...`, found `no checksum`;"
                        + " restore the file from a copy");
    }

    @Test
    void segmentList_ofAnotherDatabase_isRefused() throws IOException {
        SegmentList.of(new UUID(1, 2)).write(closed);
        assertRefused(
                closed,
                "`memory/log/segments` is of another database: expected `" + ID
                        + "`, found `00000000-0000-0001-0000-000000000002`; restore the file from a copy");
    }

    @Test
    void frame_withTheWrongLsn_isRefused() throws IOException {
        byte[] bytes = closed.bytes(third);
        ByteBuffer frame = ByteBuffer.wrap(bytes);
        int at = SegmentHeader.BYTES;
        frame.putLong(at + FrameReader.LSN_OFFSET, 77);
        frame.putInt(at + FrameReader.CRC_OFFSET, crcOfFrame(frame, at));
        closed.put(third, bytes);
        long lsn = Long.parseLong(third.substring(8, 28));
        assertRefused(
                closed,
                "frame out of order in `memory/" + third + "` at offset 44 (lsn " + lsn + "): expected `" + lsn
                        + "`, found `77`; restore the file from a copy");
    }

    @Test
    void record_ofAnUnknownKind_isRefusedWhenRead() throws IOException {
        byte[] bytes = closed.bytes(third);
        ByteBuffer frame = ByteBuffer.wrap(bytes);
        int at = SegmentHeader.BYTES;
        frame.put(at + FrameReader.HEADER_BYTES, (byte) 99);
        frame.putInt(at + FrameReader.CRC_OFFSET, crcOfFrame(frame, at));
        closed.put(third, bytes);
        long lsn = Long.parseLong(third.substring(8, 28));
        assertRefused(
                closed,
                "malformed record in `memory/" + third + "` at offset 44 (lsn " + lsn
                        + "): expected `a record`, found `a record of unknown kind 99`; restore the file from a copy");
    }

    private static int crcOfFrame(ByteBuffer segment, int at) {
        CRC32C crc = new CRC32C();
        ByteBuffer seed = ByteBuffer.allocate(12).putInt(segment.getInt(40)).putLong(at);
        crc.update(seed.array());
        int length = segment.getInt(at + FrameReader.LENGTH_OFFSET);
        crc.update(segment.array(), at + 8, FrameReader.HEADER_BYTES - 8 + length);
        return (int) crc.getValue();
    }

    private static void assertRefused(MemoryVolume volume, String message) {
        assertThatThrownBy(() -> readAll(volume))
                .isInstanceOf(CorruptDataException.class)
                .hasMessage(message);
        assertThat(volume.openFiles()).isZero();
    }
}
