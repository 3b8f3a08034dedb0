package dev.argondb.engine.format;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.github.luben.zstd.ZstdException;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ZstandardTest {

    @ParameterizedTest
    @ValueSource(ints = {0, 1, 100, 1 << 16, (1 << 16) + 1, 1 << 20, (1 << 20) + 1, 3 << 20})
    void compress_anyLength_comesBack(int length) {
        byte[] content = text(length);
        byte[] compressed = Zstandard.compress(content, 7, length, 3);
        byte[] padded = new byte[compressed.length + 5];
        System.arraycopy(compressed, 0, padded, 5, compressed.length);
        assertThat(Zstandard.decompress(padded, 5, compressed.length, length))
                .isEqualTo(Arrays.copyOfRange(content, 7, 7 + length));
    }

    @Test
    void compress_repetitive_isSmaller() {
        assertThat(Zstandard.compress(new byte[10_000], 0, 10_000, 3)).hasSizeLessThan(100);
    }

    @Test
    void compress_manyThreads_allComeBack() {
        assertThat(IntStream.range(0, 2_000).parallel().allMatch(ZstandardTest::comesBack))
                .isTrue();
    }

    private static boolean comesBack(int length) {
        byte[] content = text(length);
        byte[] compressed = Zstandard.compress(content, 0, length, 1 + length % 5);
        return Arrays.equals(
                Zstandard.decompress(compressed, 0, compressed.length, length), Arrays.copyOf(content, length));
    }

    @ParameterizedTest
    @ValueSource(ints = {100, 3 << 20})
    void decompress_damaged_isRefused(int length) {
        byte[] compressed = Zstandard.compress(text(length), 0, length, 3);
        compressed[0] ^= 1;
        assertThatThrownBy(() -> Zstandard.decompress(compressed, 0, compressed.length, length))
                .isInstanceOf(ZstdException.class);
    }

    @Test
    void decompress_longerThanSaid_isRefused() {
        byte[] compressed = Zstandard.compress(text(100), 0, 100, 3);
        assertThatThrownBy(() -> Zstandard.decompress(compressed, 0, compressed.length, 99))
                .isInstanceOf(ZstdException.class);
    }

    @Test
    void decompress_shorterThanSaid_isAsLongAsItIs() {
        byte[] compressed = Zstandard.compress(text(100), 0, 100, 3);
        assertThat(Zstandard.decompress(compressed, 0, compressed.length, 200)).hasSize(100);
    }

    private static byte[] text(int length) {
        byte[] bytes = new byte[length + 7];
        Random random = new Random(length);
        for (int i = 0; i < bytes.length; i++) {
            bytes[i] = (byte) ('a' + random.nextInt(6));
        }
        return bytes;
    }
}
