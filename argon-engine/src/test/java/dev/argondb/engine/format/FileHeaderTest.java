package dev.argondb.engine.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.argondb.CorruptDataException;
import dev.argondb.UnsupportedException;
import java.nio.ByteBuffer;
import java.util.UUID;
import org.junit.jupiter.api.Test;

final class FileHeaderTest {

    private static final UUID DATABASE = new UUID(1, 2);
    private static final FileHeader HEADER = header(FileHeader.Kind.PAGES, 3, DATABASE, 7);

    private static FileHeader header(FileHeader.Kind kind, int version, UUID databaseId, long number) {
        return new FileHeader(kind, version, databaseId, number);
    }

    private static void assertRefused(ByteBuffer found, String message) {
        assertThatThrownBy(() -> HEADER.require(found, "f"))
                .isInstanceOf(CorruptDataException.class)
                .hasMessage(message + "; restore the file from a copy");
    }

    @Test
    void header_ofThisOrAnEarlierVersion_isRead() {
        assertThat(HEADER.require(HEADER.encode(), "f")).isEqualTo(HEADER);
        FileHeader earlier = header(FileHeader.Kind.PAGES, 2, DATABASE, 7);
        assertThat(HEADER.require(earlier.encode(), "f")).isEqualTo(earlier);
        assertThat(earlier.crc()).isNotEqualTo(HEADER.crc());
    }

    @Test
    void header_ofALaterVersion_isUnsupported() {
        ByteBuffer later = header(FileHeader.Kind.PAGES, 4, DATABASE, 7).encode();
        assertThatThrownBy(() -> HEADER.require(later, "f"))
                .isInstanceOf(UnsupportedException.class)
                .hasMessage("`f` has format 4, this version of Argon reads up to 3; use a newer version of Argon");
    }

    @Test
    void header_ofAnotherFile_isRefused() {
        assertRefused(
                header(FileHeader.Kind.LOG_SEGMENT, 3, DATABASE, 7).encode(),
                "file of another kind in `f` at offset 0: expected `0000000000000002`, found `0000000000000001`");
        assertRefused(
                header(FileHeader.Kind.PAGES, 3, new UUID(1, 3), 7).encode(),
                "file of another database in `f` at offset 0: expected `" + DATABASE + "`, found `" + new UUID(1, 3)
                        + "`");
        assertRefused(
                header(FileHeader.Kind.PAGES, 3, DATABASE, 8).encode(),
                "file of another number in `f` at offset 0: expected `0000000000000007`, found `0000000000000008`");
    }

    @Test
    void header_cutShortOrForeign_isRefused() {
        assertRefused(
                HEADER.encode().limit(10),
                "header cut short in `f` at offset 0: expected `44 bytes`, found `10 bytes`");
        assertRefused(
                ByteBuffer.allocate(FileHeader.BYTES),
                "not a file of Argon in `f` at offset 0: expected `4152474f4e44420a`, found `0000000000000000`");
    }

    @Test
    void header_anyBitFlipped_isRefused() {
        for (int i = 0; i < FileHeader.BYTES * 8; i++) {
            ByteBuffer flipped = HEADER.encode();
            flipped.put(i / 8, (byte) (flipped.get(i / 8) ^ 1 << i % 8));
            assertThatThrownBy(() -> HEADER.require(flipped, "f")).isInstanceOf(CorruptDataException.class);
        }
    }
}
