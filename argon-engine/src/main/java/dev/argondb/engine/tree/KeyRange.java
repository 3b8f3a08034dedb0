package dev.argondb.engine.tree;

import java.util.Arrays;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The keys from {@code from} (inclusive) to {@code to} (exclusive); null leaves that end open. A range whose ends are
 * crossed holds no key. The arrays are not copied and must not be modified.
 *
 * <p>Immutable.
 */
public record KeyRange(byte @Nullable [] from, byte @Nullable [] to) {
    /** Every key. */
    public static final KeyRange ALL = new KeyRange(null, null);

    /** The keys that start with {@code prefix}, itself included. */
    public static KeyRange prefix(byte[] prefix) {
        return new KeyRange(prefix, afterPrefix(prefix));
    }

    /** The keys at or above {@code fromPrefix} that are at or below {@code toPrefixInclusive} or start with it. */
    public static KeyRange between(byte[] fromPrefix, byte[] toPrefixInclusive) {
        return new KeyRange(fromPrefix, afterPrefix(toPrefixInclusive));
    }

    /** The keys at or above {@code from}. */
    public static KeyRange atLeast(byte[] from) {
        return new KeyRange(from, null);
    }

    /** The keys at or below {@code toPrefixInclusive}, and those that start with it. */
    public static KeyRange upTo(byte[] toPrefixInclusive) {
        return new KeyRange(null, afterPrefix(toPrefixInclusive));
    }

    /** Whether {@code key} lies in this range. */
    public boolean contains(byte[] key) {
        return (from == null || Keys.compare(key, from) >= 0) && (to == null || Keys.compare(key, to) < 0);
    }

    /** The smallest key above all keys that start with {@code prefix}; null if there is none. */
    public static byte @Nullable [] afterPrefix(byte[] prefix) {
        int length = prefix.length;
        while (length > 0 && prefix[length - 1] == (byte) 0xff) {
            length--;
        }
        if (length == 0) {
            return null;
        }
        byte[] after = Arrays.copyOf(prefix, length);
        after[length - 1]++;
        return after;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof KeyRange range && Arrays.equals(from, range.from) && Arrays.equals(to, range.to);
    }

    @Override
    public int hashCode() {
        return Objects.hash(Arrays.hashCode(from), Arrays.hashCode(to));
    }

    @Override
    public String toString() {
        return "[" + (from == null ? "*" : Keys.text(from)) + ", " + (to == null ? "*" : Keys.text(to)) + ")";
    }
}
