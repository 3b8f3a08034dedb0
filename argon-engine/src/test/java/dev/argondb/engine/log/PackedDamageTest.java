package dev.argondb.engine.log;

import static dev.argondb.engine.log.Records.described;
import static dev.argondb.engine.log.Records.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argondb.CorruptDataException;
import dev.argondb.UnsupportedException;
import dev.argondb.engine.Finding;
import dev.argondb.engine.tier.MemoryColdTier;
import dev.argondb.engine.volume.MemoryVolume;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.zip.CRC32C;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Damages a small log of packed segments of several blocks each, and asks for an error or the right answer. */
final class PackedDamageTest {

    private static final FileLogSettings SETTINGS =
            FileLogSettings.DEFAULT.withSegmentBytes(1500).withBlockBytes(250);
    private static final String FIRST = PackedSegment.nameOf(1);

    private final MemoryVolume volume = new MemoryVolume();
    private final List<LogRecord> records = new ArrayList<>();

    @BeforeEach
    void makePackedSegments() {
        Random random = new Random(5);
        try (FileLog log = FileLog.open(volume, SETTINGS)) {
            while (log.lastLsn() < 40) {
                List<LogRecord> batch = Records.chain(random, log.lastLsn(), 1);
                log.append(log.lastLsn(), batch);
                records.addAll(batch);
            }
            assertThat(log.pack().segments()).isGreaterThan(1);
        }
    }

    private static void damage(MemoryVolume volume, String name, int offset, int mask) throws IOException {
        byte[] bytes = volume.bytes(name);
        bytes[offset] = (byte) (bytes[offset] ^ mask);
        volume.put(name, bytes);
    }

    @Test
    void flippedByte_anywhere_isAnErrorOrTheRightAnswerAndFoundByVerify() throws IOException {
        List<String> expected = described(records);
        Random random = new Random(6);
        int flips = 0;
        for (String name : volume.names()) {
            for (int offset = 0; offset < volume.bytes(name).length; offset++) {
                MemoryVolume damaged = volume.copy();
                damage(damaged, name, offset, 1 + random.nextInt(255));
                assertErrorOr(expected, damaged, name, offset);
                flips++;
            }
        }
        assertThat(flips).isGreaterThan(3000);
    }

    private static void assertErrorOr(List<String> expected, MemoryVolume damaged, String name, int offset) {
        try (FileLog log = FileLog.open(damaged, SETTINGS)) {
            List<Finding> findings = new ArrayList<>();
            log.verify(findings::add);
            try {
                assertThat(described(read(log, 1))).as(name + " at " + offset).isEqualTo(expected);
            } catch (CorruptDataException | UnsupportedException e) {
                assertThat(e).hasMessageContaining("memory/" + name);
                assertThat(findings).as(name + " at " + offset).isNotEmpty();
            }
            if (name.endsWith(PackedSegment.SUFFIX)) {
                assertThat(findings).as(name + " at " + offset).isNotEmpty();
                assertThat(findings.get(0).place()).startsWith("memory/" + name);
            }
        } catch (CorruptDataException | UnsupportedException e) {
            assertThat(e).hasMessageContaining("memory/" + name);
        }
        assertThat(damaged.openFiles()).isZero();
    }

    @Test
    void flippedByte_inTheColdTier_isAnErrorOrTheRightAnswer() throws IOException {
        MemoryColdTier tier = new MemoryColdTier(new Random(1));
        FileLogParts parts = FileLogParts.DEFAULT.withColdTier(tier);
        try (FileLog log = FileLog.open(volume, SETTINGS, parts)) {
            log.moveToCold(0);
        }
        List<String> expected = described(records);
        String name = tier.names().get(0);
        byte[] whole = tier.bytes(name);
        for (int offset = 0; offset < whole.length; offset++) {
            byte[] damaged = whole.clone();
            damaged[offset] ^= 0x20;
            tier.put(name, damaged);
            assertErrorOr(expected, parts, name);
        }
        for (int length = 0; length < whole.length; length += 7) {
            tier.put(name, Arrays.copyOf(whole, length));
            assertErrorOr(expected, parts, name);
        }
    }

    private void assertErrorOr(List<String> expected, FileLogParts parts, String name) {
        try (FileLog log = FileLog.open(volume, SETTINGS, parts)) {
            assertThat(described(read(log, 1))).isEqualTo(expected);
            throw new AssertionError("damage was not noticed in " + name);
        } catch (CorruptDataException | UnsupportedException e) {
            assertThat(e).hasMessageContaining(name);
        }
    }

    @Test
    void flippedByte_inABlock_isRefusedWithPlaceAndValuesAndTheOthersAreRead() throws IOException {
        damage(volume, FIRST, SegmentHeader.BYTES + 60, 0xff);
        try (FileLog log = FileLog.open(volume, SETTINGS)) {
            assertThatThrownBy(() -> read(log, 1))
                    .isInstanceOf(CorruptDataException.class)
                    .hasMessageMatching("block checksum mismatch in `memory/" + FIRST
                            + "` at offset 44 \\(lsn 1\\): expected `[0-9a-f]{8}`, found `[0-9a-f]{8}`;"
                            + " restore the file from a copy");
            assertThat(read(log, log.lastLsn())).hasSize(1);
            List<Finding> findings = new ArrayList<>();
            LogVerification verification = log.verify(findings::add);
            assertThat(findings).hasSize(1);
            assertThat(findings.get(0).lsn()).isEqualTo(1);
            assertThat(verification.records()).isBetween(records.size() - 5L, records.size() - 1L);
        }
    }

    @Test
    void verify_damagedFooter_goesOnWithTheBlocks() throws IOException {
        damage(volume, FIRST, volume.bytes(FIRST).length - 3, 0x40);
        try (FileLog log = FileLog.open(volume, SETTINGS)) {
            List<Finding> findings = new ArrayList<>();
            assertThat(log.verify(findings::add).records()).isEqualTo(records.size());
            assertThat(findings).hasSize(1);
            assertThat(findings.get(0).what()).startsWith("footer ");
        }
    }

    @Test
    void packedSegment_cutShort_isRefusedAtOpen() throws IOException {
        byte[] whole = volume.bytes(FIRST);
        volume.put(FIRST, Arrays.copyOf(whole, whole.length - 1));
        assertThatThrownBy(() -> FileLog.open(volume, SETTINGS))
                .isInstanceOf(CorruptDataException.class)
                .hasMessage("segment cut short in `memory/" + FIRST + "` at offset " + (whole.length - 1)
                        + " (lsn 1): expected `" + whole.length + " bytes`, found `" + (whole.length - 1)
                        + " bytes`; restore the file from a copy");
    }

    @Test
    void packedSegment_missing_isRefusedAtOpen() throws IOException {
        volume.delete(FIRST);
        assertThatThrownBy(() -> FileLog.open(volume, SETTINGS))
                .isInstanceOf(CorruptDataException.class)
                .hasMessage("segment `memory/" + FIRST
                        + "`, which begins with lsn 1, is missing; restore the file from a" + " copy");
    }

    @Test
    void packedSegment_ofANewerVersion_isRefused() throws IOException {
        byte[] bytes = volume.bytes(FIRST);
        ByteBuffer header = ByteBuffer.wrap(bytes);
        header.putInt(12, 2);
        CRC32C crc = new CRC32C();
        crc.update(bytes, 0, 40);
        header.putInt(40, (int) crc.getValue());
        volume.put(FIRST, bytes);
        try (FileLog log = FileLog.open(volume, SETTINGS)) {
            assertThatThrownBy(() -> read(log, 1))
                    .isInstanceOf(UnsupportedException.class)
                    .hasMessage("`memory/" + FIRST
                            + "` has format 2, this version of Argon reads up to 1; use a newer version of Argon");
        }
    }

    @Test
    void blockOfAnotherPlace_isRefused() throws IOException {
        byte[] bytes = volume.bytes(FIRST);
        ByteBuffer footer = ByteBuffer.wrap(bytes).position(bytes.length - PackedFormat.FOOTER_BYTES + 8);
        int index = (int) footer.getLong();
        int second = (int) ByteBuffer.wrap(bytes).getLong(index + PackedFormat.INDEX_ENTRY_BYTES + 8);
        System.arraycopy(bytes, SegmentHeader.BYTES, bytes, second, 40);
        volume.put(FIRST, bytes);
        try (FileLog log = FileLog.open(volume, SETTINGS)) {
            assertThatThrownBy(() -> read(log, 1))
                    .isInstanceOf(CorruptDataException.class)
                    .hasMessageContaining("block checksum mismatch in `memory/" + FIRST + "` at offset " + second);
        }
    }

    @Test
    void oldListOverPackedSegments_isRefusedAndNothingIsRemoved() throws IOException {
        MemoryVolume old = new MemoryVolume();
        Random random = new Random(5);
        FileLog log = FileLog.open(old, SETTINGS);
        while (log.lastLsn() < 40) {
            log.append(log.lastLsn(), Records.chain(random, log.lastLsn(), 1));
        }
        byte[] list = old.bytes(SegmentList.NAME);
        log.pack();
        log.close();
        old.put(SegmentList.NAME, list);
        List<String> before = old.names();
        assertThatThrownBy(() -> FileLog.open(old, SETTINGS))
                .isInstanceOf(CorruptDataException.class)
                .hasMessageContaining("is missing; restore the file from a copy");
        assertThat(old.names()).isEqualTo(before);
    }
}
