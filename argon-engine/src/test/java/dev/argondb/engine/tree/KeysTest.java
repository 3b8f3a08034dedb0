package dev.argondb.engine.tree;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

class KeysTest {
    @ParameterizedTest
    @ValueSource(longs = {0, 1, -1, 255, 256, Long.MIN_VALUE, Long.MAX_VALUE})
    void ofLong_thenToLong_isTheSameNumber(long value) {
        assertThat(Keys.toLong(Keys.ofLong(value))).isEqualTo(value);
        assertThat(Keys.head(Keys.ofLong(value))).isEqualTo(value);
    }

    @Test
    void ofLong_negativeNumbers_sortFirst() {
        assertThat(Keys.ofLong(-1)).inHexadecimal().isEqualTo(new byte[] {0x7f, -1, -1, -1, -1, -1, -1, -1});
        assertThat(Keys.compare(Keys.ofLong(-1), Keys.ofLong(0))).isNegative();
    }

    @Test
    void toLong_ofSevenBytes_refuses() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Keys.toLong(new byte[7]))
                .withMessage("key of `7` bytes is no long key; one has 8 bytes");
    }

    @ParameterizedTest
    @EnumSource
    void compare_byHeadsFirst_isTheByteOrder(KeyShape shape) {
        Random random = new Random(3);
        for (int i = 0; i < 10_000; i++) {
            byte[] left = shape.key(random);
            byte[] right = shape.key(random);
            int order = Keys.compare(Keys.head(left), Keys.full(left), Keys.head(right), Keys.full(right));
            assertThat(Integer.signum(order)).isEqualTo(Integer.signum(Keys.compare(left, right)));
        }
    }

    @Test
    void prefixRange_ofBytes_holdsWhatStartsWithThem() {
        KeyRange range = KeyRange.prefix(new byte[] {1, (byte) 0xff});
        assertThat(range).isEqualTo(new KeyRange(new byte[] {1, (byte) 0xff}, new byte[] {2}));
        assertThat(range.contains(new byte[] {1, (byte) 0xff, 0})).isTrue();
        assertThat(range.contains(new byte[] {1, (byte) 0xfe, 0})).isFalse();
        assertThat(range).hasToString("[01ff, 02)");
    }

    @Test
    void prefixRange_ofNoneOrHighestBytes_isOpenAbove() {
        assertThat(KeyRange.prefix(new byte[0]).to()).isNull();
        assertThat(KeyRange.prefix(new byte[] {-1, -1}).to()).isNull();
        assertThat(KeyRange.ALL).hasToString("[*, *)");
    }

    @Test
    void betweenRange_ofTwoPrefixes_holdsWhatStartsWithTheLast() {
        KeyRange range = KeyRange.between(new byte[] {1}, new byte[] {3});
        assertThat(range.contains(new byte[] {3, 9})).isTrue();
        assertThat(range.contains(new byte[] {4})).isFalse();
        assertThat(range.contains(new byte[] {})).isFalse();
    }
}
