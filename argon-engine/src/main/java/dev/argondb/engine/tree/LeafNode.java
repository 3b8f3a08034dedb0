package dev.argondb.engine.tree;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The entries of one stretch of keys. */
final class LeafNode extends Node {
    /** The root of every empty tree. */
    static final LeafNode EMPTY = new LeafNode(null, 0, new long[0], null, true, new Object[0], true);

    Object[] values;
    private boolean sharesValues;

    private LeafNode(
            @Nullable Owner owner,
            int size,
            long[] heads,
            byte @Nullable [] @Nullable [] keys,
            boolean sharesKeys,
            Object[] values,
            boolean sharesValues) {
        super(owner, size, heads, keys, sharesKeys);
        this.values = values;
        this.sharesValues = sharesValues;
    }

    @Override
    int level() {
        return 0;
    }

    @Override
    long count() {
        return size;
    }

    @Override
    LeafNode copy(Owner owner) {
        return new LeafNode(owner, size, heads, keys, true, values, true);
    }

    @Override
    boolean overflows() {
        return size > FANOUT;
    }

    @Override
    boolean underflows() {
        return size < FEWEST;
    }

    void replace(int at, Object value) {
        if (sharesValues) {
            values = Arrays.copyOf(values, size);
            sharesValues = false;
        }
        values[at] = value;
    }

    void insert(int at, long head, byte @Nullable [] full, Object value) {
        values = Slots.insert(values, size, at, value, !sharesValues);
        sharesValues = false;
        insertKey(at, head, full);
    }

    void remove(int at) {
        values = Slots.remove(values, size, at, !sharesValues);
        sharesValues = false;
        removeKey(at);
    }

    @Override
    LeafNode split(int at, Owner owner) {
        LeafNode right = new LeafNode(
                owner, size - at, headsFrom(at), keysFrom(at), false, Arrays.copyOfRange(values, at, size), false);
        Arrays.fill(values, at, size, null);
        truncateKeys(at);
        return right;
    }

    @Override
    void absorb(Node right, long separatorHead, byte @Nullable [] separatorFull) {
        values = Slots.join(values, size, ((LeafNode) right).values, right.size);
        sharesValues = false;
        joinKeys(right);
    }
}
