package dev.argondb.engine.log;

import static dev.argondb.engine.log.Records.described;
import static dev.argondb.engine.log.Records.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argondb.CorruptDataException;
import dev.argondb.engine.volume.CountingVolume;
import dev.argondb.engine.volume.MemoryVolume;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

/** Opens logs of one large segment with a place near the end that is known to be durable. */
final class KnownPlaceTest {

    private static final FileLogSettings SETTINGS = FileLogSettings.DEFAULT;
    private static final String FIRST = RawSegment.nameOf(1);

    private final MemoryVolume volume = new MemoryVolume();
    private final List<LogRecord> records = new ArrayList<>();
    private final List<LogPlace> places = new ArrayList<>();

    /** Appends, remembering the place after each append, and ends as a crash does. */
    private MemoryVolume crashed(int appends) {
        Random random = new Random(5);
        FileLog log = FileLog.open(volume, SETTINGS);
        places.add(log.place());
        for (int i = 0; i < appends; i++) {
            List<LogRecord> batch = Records.chain(random, log.lastLsn(), 3);
            log.append(log.lastLsn(), batch);
            records.addAll(batch);
            places.add(log.place());
        }
        MemoryVolume disk = volume.copy();
        log.close();
        return disk;
    }

    private static FileLog open(MemoryVolume disk, LogPlace place) {
        return FileLog.open(disk, SETTINGS, FileLogParts.DEFAULT.withKnownPlace(place));
    }

    @Test
    void open_anyKnownPlace_holdsEverythingAndGoesOn() {
        MemoryVolume disk = crashed(30);
        for (LogPlace place : places) {
            MemoryVolume copy = disk.copy();
            try (FileLog log = open(copy, place)) {
                assertThat(log.lastLsn()).isEqualTo(Records.lastLsn(records));
                assertThat(log.place()).isEqualTo(places.get(places.size() - 1));
                assertThat(described(read(log, 1))).isEqualTo(described(records));
                log.append(log.lastLsn(), Records.chain(new Random(1), log.lastLsn(), 1));
            }
            try (FileLog log = open(copy, place)) {
                assertThat(read(log, 1)).hasSize(records.size() + 1);
            }
        }
    }

    @Test
    void open_tornTailBehindTheKnownPlace_isDropped() throws IOException {
        MemoryVolume disk = crashed(30);
        byte[] whole = disk.bytes(FIRST);
        disk.put(FIRST, Arrays.copyOf(whole, whole.length - 3));
        try (FileLog log = open(disk, places.get(20))) {
            assertThat(log.tornTail()).isPresent();
            assertThat(described(read(log, 1))).isEqualTo(described(records.subList(0, records.size() - 1)));
        }
    }

    @Test
    void open_damageAtTheKnownPlace_isNoTornTail() throws IOException {
        MemoryVolume disk = crashed(30);
        LogPlace last = places.get(30);
        for (int offset = (int) last.offset(); offset < disk.bytes(FIRST).length; offset++) {
            MemoryVolume damaged = disk.copy();
            byte[] bytes = disk.bytes(FIRST);
            bytes[offset] ^= 0x11;
            damaged.put(FIRST, bytes);
            assertThatThrownBy(() -> open(damaged, last))
                    .isInstanceOf(CorruptDataException.class)
                    .hasMessageContaining("at offset " + last.offset() + " (lsn " + last.lsn() + ")");
            assertThat(damaged.openFiles()).isZero();
        }
    }

    @Test
    void open_fileEndsBeforeTheKnownPlace_isRefused() throws IOException {
        MemoryVolume disk = crashed(30);
        LogPlace last = places.get(30);
        disk.put(FIRST, Arrays.copyOf(disk.bytes(FIRST), (int) last.offset()));
        assertThatThrownBy(() -> open(disk, last))
                .isInstanceOf(CorruptDataException.class)
                .hasMessage("segment cut short in `memory/" + FIRST + "` at offset " + last.offset() + " (lsn "
                        + last.lsn() + "): expected `more than " + last.offset() + " bytes`, found `" + last.offset()
                        + " bytes`; restore the file from a copy");
    }

    @Test
    void open_placeThatHoldsNoRecord_isRefused() {
        MemoryVolume disk = crashed(30);
        LogPlace last = places.get(30);
        LogPlace shifted = new LogPlace(last.segmentLsn(), last.lsn(), last.offset() + 1);
        assertThatThrownBy(() -> open(disk, shifted)).isInstanceOf(CorruptDataException.class);
        LogPlace otherLsn = new LogPlace(last.segmentLsn(), last.lsn() - 1, last.offset());
        assertThatThrownBy(() -> open(disk, otherLsn)).isInstanceOf(CorruptDataException.class);
        LogPlace otherSegment = new LogPlace(last.lsn(), last.lsn(), SegmentHeader.BYTES);
        assertThatThrownBy(() -> open(disk, otherSegment))
                .isInstanceOf(CorruptDataException.class)
                .hasMessageContaining("is missing; restore the file from a copy");
    }

    @Test
    void open_placeInASegmentThatIsFull_isPassedOver() {
        MemoryVolume disk = crashed(10);
        try (FileLog log = FileLog.open(disk, SETTINGS)) {
            log.seal();
            log.append(log.lastLsn(), Records.chain(new Random(1), log.lastLsn(), 1));
        }
        try (FileLog log = open(disk, places.get(5))) {
            assertThat(read(log, 1)).hasSize(records.size() + 1);
        }
    }

    @Test
    void open_damageBeforeTheKnownPlace_isFoundWhenRead() throws IOException {
        MemoryVolume disk = crashed(1500);
        byte[] bytes = disk.bytes(FIRST);
        bytes[(int) places.get(5).offset() + 5] ^= 1;
        disk.put(FIRST, bytes);
        try (FileLog log = open(disk, places.get(1495))) {
            assertThat(read(log, places.get(1495).lsn())).isNotEmpty();
            assertThatThrownBy(() -> read(log, 1))
                    .isInstanceOf(CorruptDataException.class)
                    .hasMessageContaining("at offset " + places.get(5).offset());
        }
    }

    @Test
    void open_knownPlaceNearTheEnd_readsLittle() {
        MemoryVolume disk = crashed(2000);
        CountingVolume counted = new CountingVolume(disk);
        FileLog.open(counted, SETTINGS, FileLogParts.DEFAULT.withKnownPlace(places.get(1995)))
                .close();
        assertThat(counted.bytesRead()).isLessThan(20_000);
        CountingVolume again = new CountingVolume(disk);
        FileLog.open(again, SETTINGS).close();
        assertThat(again.bytesRead()).isGreaterThan(200_000);
    }
}
