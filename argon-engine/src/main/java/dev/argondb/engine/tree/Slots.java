package dev.argondb.engine.tree;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Arrays whose first {@code size} slots are in use. Each operation works in place if the array may be written and has
 * the room, and else on a copy; either way the result is the array to keep.
 */
final class Slots {
    private static final int SMALLEST = 4;

    private Slots() {}

    static long[] insert(long[] array, int size, int at, long element, boolean writable) {
        long[] target = array;
        if (!writable || size == array.length) {
            target = new long[capacity(size, writable)];
            System.arraycopy(array, 0, target, 0, at);
        }
        System.arraycopy(array, at, target, at + 1, size - at);
        target[at] = element;
        return target;
    }

    static <T> T[] insert(T[] array, int size, int at, @Nullable T element, boolean writable) {
        T[] target = writable && size < array.length ? array : Arrays.copyOf(array, capacity(size, writable));
        System.arraycopy(array, at, target, at + 1, size - at);
        target[at] = element;
        return target;
    }

    static long[] remove(long[] array, int size, int at, boolean writable) {
        long[] target = writable ? array : Arrays.copyOf(array, size);
        System.arraycopy(array, at + 1, target, at, size - at - 1);
        return target;
    }

    static <T> T[] remove(T[] array, int size, int at, boolean writable) {
        T[] target = writable ? array : Arrays.copyOf(array, size);
        System.arraycopy(array, at + 1, target, at, size - at - 1);
        target[size - 1] = null;
        return target;
    }

    /** The first {@code size} of {@code left}, then the first {@code rightSize} of {@code right}. */
    static long[] join(long[] left, int size, long[] right, int rightSize) {
        long[] joined = Arrays.copyOf(left, size + rightSize);
        System.arraycopy(right, 0, joined, size, rightSize);
        return joined;
    }

    static <T> T[] join(T[] left, int size, T[] right, int rightSize) {
        T[] joined = Arrays.copyOf(left, size + rightSize);
        System.arraycopy(right, 0, joined, size, rightSize);
        return joined;
    }

    /** Room for one more: an owned array doubles, a copy of a frozen one often takes only one or two more. */
    private static int capacity(int size, boolean writable) {
        int wanted = writable ? Math.max(SMALLEST, 2 * size) : size + 1 + size / 8;
        return Math.max(size + 1, Math.min(wanted, Node.FANOUT + 1));
    }
}
