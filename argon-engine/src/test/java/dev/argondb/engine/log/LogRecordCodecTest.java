package dev.argondb.engine.log;

import static dev.argondb.engine.log.Records.described;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argondb.EntityEvent;
import dev.argondb.InvalidRequestException;
import dev.argondb.Operation;
import dev.argondb.engine.format.ByteSink;
import dev.argondb.engine.format.MalformedRecordException;
import dev.argondb.engine.log.LogRecord.CommitRecord;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

final class LogRecordCodecTest {

    private static final Document EMPTY = new EncodedDocument(new byte[] {5, 0, 0, 0, 0});

    @Test
    void decode_whatWasEncoded_isTheSame() throws MalformedRecordException {
        Random random = new Random(17);
        for (int i = 0; i < 5000; i++) {
            LogRecord record = Records.any(random, 1 + random.nextInt(1_000_000));
            byte[] bytes = LogRecordCodec.encode(record);
            assertThat(described(LogRecordCodec.decode(record.firstLsn(), bytes)))
                    .isEqualTo(described(record));
        }
    }

    @Test
    void decode_extremes_areTheSame() throws MalformedRecordException {
        LogEntry entry =
                new LogEntry(Operation.UPDATE, Integer.MAX_VALUE, new byte[0], Long.MAX_VALUE - 2, EMPTY, EMPTY, "");
        CommitRecord record =
                new CommitRecord(Long.MAX_VALUE - 1, -5, Long.MAX_VALUE, 0, 1, "", "", List.of(), List.of(entry));
        LogRecord decoded = LogRecordCodec.decode(record.firstLsn(), LogRecordCodec.encode(record));
        assertThat(described(decoded)).isEqualTo(described(record));
    }

    /** Pins the grammar: if this fails, {@link LogRecordCodec#VERSION} has to change. */
    @Test
    void encode_commit_isTheDocumentedBytes() {
        LogEntry insert = new LogEntry(Operation.INSERT, 3, new byte[] {7, 8}, 0, EMPTY, null, "Order");
        LogEntry delete = new LogEntry(Operation.DELETE, 300, new byte[] {9}, 150, null, EMPTY, "Order");
        EntityEvent event = new EntityEvent(Operation.INSERT, "Order", "42", List.of("a", "b"));
        CommitRecord commit =
                new CommitRecord(200, 1000, 2, 190, 180, "an", "é", List.of(event), List.of(insert, delete));
        assertThat(HexFormat.of().formatHex(LogRecordCodec.encode(commit)))
                .isEqualTo("01e807020a14" + "02616e" + "02c3a9"
                        + "0100054f7264657202343202" + "01610162"
                        + "02" + "00030207080001054f72646572" + "050500000000"
                        + "02ac02010996010105" + "0500000000");
    }

    @Test
    void encodeAhead_thenEncode_isTheSameBytes() {
        CommitRecord commit = Records.commit(new Random(3), 1000, 10, 100);
        CommitRecord ahead = new CommitRecord(
                1000,
                commit.timeMicros(),
                1,
                commit.parentLsn(),
                commit.mergeParentLsn(),
                commit.author(),
                commit.message(),
                commit.events(),
                LogRecordCodec.encodeAhead(commit.entries()));
        assertThat(LogRecordCodec.encode(ahead)).isEqualTo(LogRecordCodec.encode(commit));
    }

    @Test
    void decode_cutAnywhere_isMalformed() {
        byte[] bytes = LogRecordCodec.encode(Records.commit(new Random(3), 1000, 3, 30));
        for (int length = 0; length < bytes.length; length++) {
            byte[] cut = Arrays.copyOf(bytes, length);
            assertThatThrownBy(() -> LogRecordCodec.decode(1000, cut)).isInstanceOf(MalformedRecordException.class);
        }
    }

    @Test
    void decode_moreBytes_isMalformed() {
        byte[] bytes = LogRecordCodec.encode(Records.commit(new Random(3), 1000, 3, 30));
        byte[] longer = Arrays.copyOf(bytes, bytes.length + 2);
        assertThatThrownBy(() -> LogRecordCodec.decode(1000, longer))
                .isInstanceOf(MalformedRecordException.class)
                .hasMessage("2 bytes after its end");
    }

    @Test
    void decode_randomDamage_neverFailsInAnyOtherWay() {
        Random random = new Random(9);
        byte[] bytes = LogRecordCodec.encode(Records.commit(random, 1000, 3, 30));
        int malformed = 0;
        for (int i = 0; i < 20_000; i++) {
            byte[] damaged = bytes.clone();
            damaged[random.nextInt(damaged.length)] = (byte) random.nextInt();
            malformed += isMalformed(damaged) ? 1 : 0;
        }
        assertThat(malformed).isPositive();
    }

    private static boolean isMalformed(byte[] bytes) {
        try {
            assertThat(LogRecordCodec.decode(1000, bytes)).isNotNull();
            return false;
        } catch (MalformedRecordException e) {
            return true;
        }
    }

    @Test
    void encode_moreThanACommitMayTake_isRefused() {
        ByteSink sink = new ByteSink(10);
        assertThatThrownBy(() -> sink.skip(ByteSink.MAX_BYTES + 1))
                .isInstanceOf(InvalidRequestException.class)
                .hasMessage("the commit takes more than the 1073741824 bytes that one commit may take in the log;"
                        + " commit in smaller parts");
    }
}
