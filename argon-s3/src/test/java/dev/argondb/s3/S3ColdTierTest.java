package dev.argondb.s3;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argondb.Operation;
import dev.argondb.UnavailableException;
import dev.argondb.engine.log.EncodedDocument;
import dev.argondb.engine.log.FileLog;
import dev.argondb.engine.log.FileLogParts;
import dev.argondb.engine.log.FileLogSettings;
import dev.argondb.engine.log.LogEntry;
import dev.argondb.engine.log.LogReader;
import dev.argondb.engine.log.LogRecord;
import dev.argondb.engine.log.LogRecord.CommitRecord;
import dev.argondb.engine.tier.ColdTier;
import dev.argondb.engine.tier.ColdTiers;
import dev.argondb.engine.tier.RetryingTier;
import dev.argondb.engine.volume.DirectoryVolume;
import dev.argondb.s3.BucketServer.Fault;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.ByteBuffer;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class S3ColdTierTest {

    private static final List<String> CREDENTIALS = List.of("aws.accessKeyId", "aws.secretAccessKey");

    private final byte[] content = new byte[100_000];
    private BucketServer server;
    private ColdTier tier;

    @BeforeEach
    void open() throws IOException {
        new Random(1).nextBytes(content);
        CREDENTIALS.forEach(name -> System.setProperty(name, "test"));
        server = new BucketServer();
        tier = ColdTiers.open(server.tier("old/argon"));
    }

    @AfterEach
    void close() {
        tier.close();
        server.close();
        CREDENTIALS.forEach(System::clearProperty);
    }

    private record Bytes(byte[] bytes) implements ColdTier.Content {

        @Override
        public long size() {
            return bytes.length;
        }

        @Override
        public InputStream open() {
            return new ByteArrayInputStream(bytes);
        }
    }

    private byte[] read(ColdTier from, String name, long offset, int count) throws IOException {
        ByteBuffer target = ByteBuffer.allocate(count);
        from.read(name, offset, target);
        assertThat(target.hasRemaining()).isFalse();
        return target.array();
    }

    @Test
    void put_thenRead_givesAnyRange() throws IOException {
        tier.put("a/one", new Bytes(content));
        assertThat(server.names()).containsExactly("old/argon/a/one");
        assertThat(server.bytes("old/argon/a/one")).isEqualTo(content);
        assertThat(tier.size("a/one")).isEqualTo(content.length);
        assertThat(read(tier, "a/one", 0, content.length)).isEqualTo(content);
        assertThat(read(tier, "a/one", 777, 5000)).isEqualTo(Arrays.copyOfRange(content, 777, 5777));
    }

    @Test
    void list_manyObjects_givesAllPages() throws IOException {
        for (int i = 0; i < 8; i++) {
            tier.put("a/" + i, new Bytes(new byte[i]));
        }
        tier.put("b/1", new Bytes(new byte[3]));
        assertThat(tier.list("a")).hasSize(8).contains(new ColdTier.Stored("a/7", 7));
        assertThat(tier.list("")).hasSize(9);
        tier.delete("a/7");
        tier.delete("a/7");
        assertThat(tier.list("a")).hasSize(7);
    }

    @Test
    void read_noSuchObject_saysSo() {
        assertThatThrownBy(() -> read(tier, "a/none", 0, 1))
                .isInstanceOf(NoSuchFileException.class)
                .hasMessage("s3://history/old/argon/a/none");
        assertThatThrownBy(() -> tier.size("a/none")).isInstanceOf(NoSuchFileException.class);
    }

    @Test
    void read_noSuchBucket_isNoMissingObject() throws IOException {
        String uri = server.tier("x").toString().replace("s3://history/", "s3://nowhere/");
        try (ColdTier nowhere = ColdTiers.open(URI.create(uri))) {
            assertThatThrownBy(() -> read(nowhere, "a", 0, 1))
                    .isInstanceOf(IOException.class)
                    .isNotInstanceOf(NoSuchFileException.class)
                    .hasMessage("there is no bucket `nowhere`");
        }
    }

    @Test
    void read_beyondTheEnd_fails() throws IOException {
        tier.put("a/one", new Bytes(new byte[10]));
        assertThatThrownBy(() -> read(tier, "a/one", 8, 3)).isInstanceOf(EOFException.class);
        assertThatThrownBy(() -> read(tier, "a/one", 10, 1)).isInstanceOf(EOFException.class);
    }

    @Test
    void read_forbidden_isDenied() throws IOException {
        tier.put("a/one", new Bytes(content));
        server.fail(Fault.FORBIDDEN);
        assertThatThrownBy(() -> read(tier, "a/one", 0, 10))
                .isInstanceOf(AccessDeniedException.class)
                .hasMessageContaining("s3://history/old/argon/a/one");
    }

    /** Not with a connection cut before the answer: then the JDK's client asks a second time by itself. */
    @ParameterizedTest
    @EnumSource(
            names = {"FORBIDDEN", "CUT_BEFORE"},
            mode = EnumSource.Mode.EXCLUDE)
    void read_anyFault_failsOnceAndIsRightWhenTriedAgain(Fault fault) throws IOException {
        tier.put("a/one", new Bytes(content));
        server.fail(fault);
        int before = server.requests();
        assertThatThrownBy(() -> read(tier, "a/one", 100, 50_000)).isInstanceOf(IOException.class);
        assertThat(server.requests() - before)
                .as("requests, not retried by the SDK")
                .isEqualTo(1);
        server.fail(fault, fault);
        RetryingTier patient = new RetryingTier(tier, new RetryingTier.Policy(3, Duration.ofMillis(1)));
        assertThat(read(patient, "a/one", 100, 50_000)).isEqualTo(Arrays.copyOfRange(content, 100, 50_100));
    }

    @ParameterizedTest
    @EnumSource(names = {"INTERNAL_ERROR", "SLOW_DOWN", "SLOW", "CUT_BEFORE"})
    void everything_serverIsDown_failsWithinBounds(Fault fault) throws IOException {
        tier.put("a/one", new Bytes(content));
        server.failAlways(fault);
        RetryingTier patient = new RetryingTier(tier, new RetryingTier.Policy(2, Duration.ofMillis(1)));
        assertUnavailable("read", () -> read(patient, "a/one", 0, 10));
        assertUnavailable("write", () -> patient.put("a/two", new Bytes(content)));
        assertUnavailable("delete", () -> patient.delete("a/one"));
        assertUnavailable("list", () -> patient.list("a"));
        server.failAlways(null);
        assertThat(server.names()).contains("old/argon/a/one");
        assertThat(read(patient, "a/one", 0, 10)).isEqualTo(Arrays.copyOf(content, 10));
    }

    private static void assertUnavailable(String what, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOf(UnavailableException.class)
                .hasMessageStartingWith("cannot " + what + " `s3://history/old/argon/a")
                .hasMessageContaining("in the cold tier after 2 attempts: ");
    }

    @Test
    void fileLog_segmentsInTheBucket_readsThemThroughFaults(@TempDir Path directory) throws IOException {
        FileLogSettings settings =
                FileLogSettings.DEFAULT.withSegmentBytes(20_000).withBlockBytes(2000);
        FileLogParts parts = FileLogParts.DEFAULT.withColdTier(
                new RetryingTier(tier, new RetryingTier.Policy(6, Duration.ofNanos(1))));
        try (FileLog log = FileLog.open(DirectoryVolume.at(directory), settings, parts)) {
            for (long lsn = 1; lsn <= 300; lsn++) {
                log.append(lsn - 1, List.of(commit(lsn)));
            }
            log.pack();
            server.fail(Fault.INTERNAL_ERROR, Fault.CUT_BEFORE);
            assertThat(log.moveToCold(0).segments())
                    .isEqualTo(server.names().size())
                    .isGreaterThan(2);
        }
        try (FileLog log = FileLog.open(DirectoryVolume.at(directory), settings, parts)) {
            server.fail(Fault.SLOW_DOWN, Fault.CUT_WITHIN, Fault.TRUNCATED, Fault.WRONG_RANGE, Fault.IGNORED_RANGE);
            assertThat(lsns(log)).hasSize(300).startsWith(1L, 2L).endsWith(299L, 300L);
            assertThat(log.verify(finding -> {}).findings()).isZero();
            log.dropBefore(290);
            assertThat(server.names()).isEmpty();
        }
    }

    private LogRecord commit(long lsn) {
        byte[] document = Arrays.copyOfRange(content, (int) lsn * 300, (int) lsn * 300 + 280);
        LogEntry entry =
                new LogEntry(Operation.INSERT, 1, new byte[] {1}, 0, new EncodedDocument(document), null, "Order");
        return new CommitRecord(lsn, lsn, 1, lsn - 1, 0, "anna", "", List.of(), List.of(entry));
    }

    private static List<Long> lsns(FileLog log) {
        List<Long> lsns = new ArrayList<>();
        try (LogReader reader = log.read(1)) {
            for (@Nullable LogRecord next = reader.next(); next != null; next = reader.next()) {
                lsns.add(next.firstLsn());
            }
        }
        return lsns;
    }
}
