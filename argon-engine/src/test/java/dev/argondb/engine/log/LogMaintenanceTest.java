package dev.argondb.engine.log;

import static dev.argondb.engine.log.Records.described;
import static dev.argondb.engine.log.Records.read;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argondb.CorruptDataException;
import dev.argondb.InvalidRequestException;
import dev.argondb.UnavailableException;
import dev.argondb.UnknownRefException;
import dev.argondb.engine.format.ChecksummedText;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Packs, drops and moves, and looks at what is read, and what is left. */
final class LogMaintenanceTest {

    private final LogFixture fixture = new LogFixture(11);

    @AfterEach
    void everyFileIsClosed() {
        fixture.log.close();
        assertThat(fixture.volume.openFiles()).isZero();
    }

    private FileLog log() {
        return fixture.log;
    }

    @Test
    void pack_fullSegments_leavesOneRawFileAndReadsTheSame() {
        fixture.appendUpTo(200);
        long raw = log().usage().raw();
        long full = fixture.files(".seg") - 1;
        Packed packed = log().pack();
        assertThat(packed.segments()).isEqualTo((int) full).isGreaterThan(3);
        assertThat(packed.rawBytes()).isEqualTo(raw - log().usage().raw());
        assertThat(packed.packedBytes()).isEqualTo(log().usage().packed()).isLessThan(packed.rawBytes());
        assertThat(fixture.files(".seg")).isEqualTo(1);
        assertThat(log().pack()).isEqualTo(new Packed(0, 0, 0));
        fixture.assertReadsFrom(1);
        fixture.reopen();
        for (long lsn = 1; lsn <= log().lastLsn(); lsn++) {
            fixture.assertReadsFrom(lsn);
        }
        assertThat(fixture.findings()).isEmpty();
    }

    @Test
    void reader_inTheMiddleOfASegment_goesOnWhenItIsPackedMovedAndRewritten() throws Exception {
        fixture.appendUpTo(200);
        for (int start = 0; start < fixture.records.size() - 1; start += 7) {
            List<LogRecord> seen = new ArrayList<>();
            try (LogReader reader = log().read(1)) {
                for (int i = 0; i < start; i++) {
                    seen.add(reader.next());
                }
                switch (start / 7 % 4) {
                    case 0 -> log().seal();
                    case 1 -> log().pack();
                    case 2 -> log().moveToCold(log().usage().packed() / 2);
                    default -> log().pack();
                }
                for (@Nullable LogRecord next = reader.next(); next != null; next = reader.next()) {
                    seen.add(next);
                }
            }
            assertThat(described(seen)).isEqualTo(described(fixture.records));
            int more = fixture.records.size() % 5;
            for (int i = 0; i < more; i++) {
                fixture.append();
            }
        }
    }

    @Test
    void reader_whatItReadsIsDropped_saysSoOrReadsOn() {
        fixture.appendUpTo(300);
        log().pack();
        log().moveToCold(0);
        try (LogReader reader = log().read(1)) {
            reader.next();
            log().dropBefore(250);
            assertThatThrownBy(() -> readToEnd(reader))
                    .isInstanceOf(UnknownRefException.class)
                    .hasMessageMatching("history before lsn 250 was reclaimed, so lsn \\d+ can no longer be read;"
                            + " choose a later one");
        }
    }

    private static void readToEnd(LogReader reader) {
        while (reader.next() != null) {
            // goes on
        }
    }

    @Test
    void dropBefore_anyLsn_readsFromThereAndRefusesBelow() {
        fixture.appendUpTo(250);
        log().pack();
        for (long lsn = 1; lsn <= log().lastLsn(); lsn += 3) {
            if (lsn % 5 == 0) {
                log().moveToCold(log().usage().packed() / 2);
            }
            log().dropBefore(lsn);
            assertThat(log().firstLsn()).isEqualTo(lsn);
            fixture.assertReadsFrom(lsn);
            assertRefusesBelow(lsn);
            fixture.reopen();
            assertThat(log().firstLsn()).isEqualTo(lsn);
            fixture.assertReadsFrom(lsn);
            assertRefusesBelow(lsn);
            assertThat(fixture.findings()).isEmpty();
            fixture.append();
        }
        assertThat(fixture.tier.names()).isEmpty();
    }

    private void assertRefusesBelow(long lsn) {
        if (lsn > 1) {
            assertThatThrownBy(() -> log().read(lsn - 1))
                    .isInstanceOf(UnknownRefException.class)
                    .hasMessage("history before lsn " + lsn + " was reclaimed, so lsn " + (lsn - 1)
                            + " can no longer be read; choose a later one");
        }
    }

    @Test
    void dropBefore_everything_leavesAnEmptyLogThatGoesOn() {
        fixture.appendUpTo(250);
        long end = log().lastLsn() + 1;
        log().dropBefore(end);
        assertThat(read(log(), end)).isEmpty();
        assertThat(log().usage().hot()).isLessThan(200);
        fixture.reopen();
        assertThat(log().lastLsn()).isEqualTo(end - 1);
        fixture.append();
        fixture.assertReadsFrom(end);
    }

    @Test
    void dropBefore_half_freesAlmostAllOfIt() {
        fixture.appendUpTo(2000);
        log().pack();
        log().seal();
        log().pack();
        long all = log().usage().packed();
        long half = log().lastLsn() / 2;
        long bytesBelow = all * (half - 1) / log().lastLsn();
        Dropped dropped = log().reclaim(half);
        assertThat(dropped.bytes()).isGreaterThan(bytesBelow * 9 / 10);
        assertThat(dropped.bytes()).isEqualTo(all - log().usage().packed());
    }

    @Test
    void dropBefore_lsnInTheLastSegment_closesItAndFreesWhatIsBelow() throws IOException {
        FileLogSettings large = LogFixture.SETTINGS.withSegmentBytes(1 << 20);
        log().close();
        fixture.log = FileLog.open(fixture.volume, large, fixture.parts());
        fixture.appendUpTo(500);
        long before = log().usage().hot();
        log().dropBefore(480);
        assertThat(log().usage().hot()).isLessThan(before / 10);
        fixture.assertReadsFrom(480);
        assertThat(fixture.findings()).isEmpty();
    }

    @Test
    void dropBefore_beyondTheEnd_isRefused() {
        fixture.appendUpTo(10);
        long last = log().lastLsn();
        assertThatThrownBy(() -> log().dropBefore(last + 2))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("cannot drop history below lsn " + (last + 2) + ", because the log ends at lsn " + last);
    }

    @Test
    void dropBefore_lowerThanBefore_doesNothing() {
        fixture.appendUpTo(100);
        log().dropBefore(50);
        long operations = fixture.faulty.operations();
        assertThat(log().reclaim(20)).isEqualTo(new Dropped(0, 0));
        assertThat(log().firstLsn()).isEqualTo(50);
        assertThat(fixture.faulty.operations()).isEqualTo(operations);
    }

    @Test
    void moveToCold_keepSomeHot_movesTheOldestAndReadsAcross() {
        fixture.appendUpTo(400);
        log().pack();
        LogBytes before = log().usage();
        Moved moved = log().moveToCold(before.packed() / 2);
        LogBytes after = log().usage();
        assertThat(moved.bytes()).isEqualTo(after.cold()).isEqualTo(before.packed() - after.packed());
        assertThat(after.packed()).isLessThanOrEqualTo(before.packed() / 2).isPositive();
        assertThat(fixture.tier.names()).hasSize(moved.segments());
        fixture.assertReadsFrom(1);
        fixture.reopen();
        fixture.assertReadsFrom(1);
        assertThat(log().usage()).isEqualTo(after);
        assertThat(fixture.findings()).isEmpty();
    }

    @Test
    void moveToCold_twoCopiesOfADatabaseThatDiffer_overwriteNothingOfEachOther() {
        fixture.appendUpTo(50);
        log().close();
        LogFixture other = fixture.copy();
        fixture.log = fixture.open();
        for (LogFixture one : List.of(fixture, other)) {
            one.appendUpTo(200);
            one.log.pack();
            one.log.moveToCold(0);
        }
        fixture.assertReadsFrom(1);
        other.assertReadsFrom(1);
        other.log.close();
    }

    @Test
    void moveToCold_noTier_isRefused() {
        log().close();
        fixture.log = FileLog.open(fixture.volume, LogFixture.SETTINGS);
        assertThatThrownBy(() -> log().moveToCold(0))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("there is no cold tier to move segments to; open the database with one");
    }

    @Test
    void read_coldSegmentWithoutTheTier_saysWhereItIsAndHotReadsGoOn() {
        fixture.appendUpTo(200);
        log().pack();
        log().moveToCold(0);
        log().close();
        fixture.log = FileLog.open(fixture.volume, LogFixture.SETTINGS);
        assertThatThrownBy(() -> read(log(), 1))
                .isInstanceOf(UnavailableException.class)
                .hasMessage("lsn 1 and what follows is in the cold tier `cold:/`, and none is given; open the"
                        + " database with that cold tier");
        fixture.assertReadsFrom(log().lastLsn());
        fixture.append();
    }

    @Test
    void read_tierCannotBeReached_failsClearlyAndHotReadsGoOn() {
        fixture.appendUpTo(200);
        log().pack();
        log().moveToCold(0);
        fixture.reopen();
        fixture.tier.failFrom(1);
        assertThatThrownBy(() -> read(log(), 1))
                .isInstanceOf(UnavailableException.class)
                .hasMessageMatching(
                        "cannot read `cold:/.*/log-00000000000000000001-[0-9a-f]{16}.pack` in the cold tier after 1"
                                + " attempts: injected fault: .*; what is kept here can still be read; mend that and try again");
        fixture.assertReadsFrom(log().lastLsn());
        fixture.append();
        fixture.tier.mend();
        fixture.assertReadsFrom(1);
    }

    @Test
    void dropBefore_tierCannotBeReached_removesTheObjectsNextTime() {
        fixture.appendUpTo(200);
        log().pack();
        log().moveToCold(0);
        int objects = fixture.tier.names().size();
        fixture.tier.failFrom(1);
        Dropped dropped = log().reclaim(log().lastLsn());
        assertThat(dropped.remainingObjects()).isEqualTo(objects).isPositive();
        fixture.reopen();
        fixture.tier.mend();
        assertThat(log().reclaim(1).remainingObjects()).isZero();
        assertThat(fixture.tier.names()).isEmpty();
    }

    @Test
    void moveToCold_copyIsDamaged_staysHere() {
        fixture.appendUpTo(200);
        log().pack();
        fixture.tier.corruptPuts();
        assertThatThrownBy(() -> log().moveToCold(0))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("is not the same: expected `")
                .hasMessageContaining("nothing is lost and appends go on; mend that and try again");
        assertThat(log().usage().cold()).isZero();
        fixture.assertReadsFrom(1);
        fixture.append();
    }

    @Test
    void readRandom_packedSegment_decompressesOneBlockAndCachesIt() {
        fixture.appendUpTo(400);
        log().pack();
        log().moveToCold(0);
        fixture.reopen();
        readOne(5);
        long first = fixture.tier.bytesRead();
        readOne(5);
        assertThat(fixture.tier.bytesRead()).isEqualTo(first);
        long bytes = fixture.tier.names().stream().mapToLong(this::sizeOf).max().orElseThrow();
        readOne(log().lastLsn() / 2);
        assertThat(fixture.tier.bytesRead() - first).isLessThan(2 * bytes + 100);
    }

    private void readOne(long lsn) {
        try (LogReader reader = log().read(lsn)) {
            LogRecord record = Objects.requireNonNull(reader.next());
            assertThat(record.lastLsn()).isGreaterThanOrEqualTo(lsn);
        }
    }

    private long sizeOf(String name) {
        try {
            return fixture.tier.bytes(name).length;
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void listOfTheFirstFormat_isReadAndGoesOn() throws IOException {
        fixture.appendUpTo(100);
        log().close();
        List<String> lines = new ArrayList<>(ChecksummedText.read(fixture.volume, SegmentList.NAME));
        assertThat(lines.get(1)).isEqualTo("format=2");
        assertThat(lines.get(3)).isEqualTo("first=1");
        lines.set(1, "format=1");
        lines.remove(3);
        lines.replaceAll(line -> line.replaceFirst("^(raw|last)=", "segment="));
        ChecksummedText.write(fixture.volume, SegmentList.DIRECTORY, SegmentList.NAME, lines);
        fixture.log = fixture.open();
        fixture.assertReadsFrom(1);
        log().pack();
        fixture.reopen();
        fixture.assertReadsFrom(1);
    }

    @Test
    void close_whilePacking_endsThePackingAndLosesNothing() throws Exception {
        fixture.appendUpTo(2000);
        CompletableFuture<Void> packing = CompletableFuture.runAsync(() -> log().pack());
        while (!packing.isDone() && fixture.files(".pack") == 0) {
            Thread.onSpinWait();
        }
        log().close();
        packing.exceptionally(e -> null).get();
        fixture.log = fixture.open();
        fixture.assertReadsFrom(1);
        assertThat(fixture.findings()).isEmpty();
    }

    @Test
    void everything_atOnce_readersSeeEveryRecordOnceInOrder() throws Exception {
        AtomicBoolean done = new AtomicBoolean();
        List<CompletableFuture<Void>> others = List.of(
                CompletableFuture.runAsync(() -> until(done, () -> log().pack())),
                CompletableFuture.runAsync(() -> until(done, () -> log().moveToCold(4000))),
                CompletableFuture.runAsync(
                        () -> until(done, () -> log().dropBefore(Math.max(1, log().lastLsn() - 400)))),
                CompletableFuture.runAsync(() -> until(done, this::readAll)),
                CompletableFuture.runAsync(() ->
                        until(done, () -> assertThat(log().verify(finding -> {}).findings())
                                .isZero())));
        for (int i = 0; i < 3000; i++) {
            fixture.append();
        }
        done.set(true);
        for (CompletableFuture<Void> other : others) {
            other.get();
        }
        fixture.assertReadsFrom(log().firstLsn());
        fixture.reopen();
        fixture.assertReadsFrom(log().firstLsn());
    }

    private static void until(AtomicBoolean done, Runnable work) {
        while (!done.get()) {
            work.run();
        }
    }

    private void readAll() {
        long from = log().firstLsn();
        long last = 0;
        try (LogReader reader = log().read(from)) {
            for (@Nullable LogRecord next = reader.next(); next != null; next = reader.next()) {
                assertThat(last == 0 ? next.lastLsn() >= from : next.firstLsn() == last + 1)
                        .isTrue();
                last = next.lastLsn();
            }
        } catch (UnknownRefException e) {
            assertThat(e).hasMessageContaining("was reclaimed");
        }
    }

    @Test
    void pack_damagedSegment_leavesItAndPacksTheOthers() throws IOException {
        fixture.appendUpTo(200);
        String name = fixture.volume.names().stream()
                .filter(file -> file.endsWith(".seg"))
                .skip(1)
                .findFirst()
                .orElseThrow();
        byte[] bytes = fixture.volume.bytes(name);
        bytes[bytes.length / 2] ^= 1;
        fixture.volume.put(name, bytes);
        assertThatThrownBy(() -> log().pack())
                .isInstanceOf(CorruptDataException.class)
                .hasMessageContaining("`memory/" + name + "` at offset ");
        assertThat(fixture.volume.names()).contains(name);
        assertThat(fixture.files(".seg")).isEqualTo(2);
        fixture.append();
        assertThat(fixture.findings()).isNotEmpty().allSatisfy(finding -> assertThat(finding.place())
                .contains(name));
    }
}
