package dev.argondb.engine.tree;

import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The entries of one stretch of keys. */
final class LeafNode extends Node {
    /** The root of every empty tree. */
    static final LeafNode EMPTY = new LeafNode();

    Object[] values;
    private boolean sharesValues;

    private LeafNode() {
        super(null);
        values = new Object[0];
    }

    /** A frozen leaf. */
    LeafNode(long[] heads, byte @Nullable [] @Nullable [] keys, Object[] values) {
        super(heads, keys);
        this.values = values;
    }

    private LeafNode(Owner owner, LeafNode original) {
        super(owner, original);
        values = original.values;
        sharesValues = true;
    }

    private LeafNode(Owner owner, LeafNode left, int at) {
        super(owner, left, at);
        values = Arrays.copyOfRange(left.values, at, left.size);
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
        return new LeafNode(owner, this);
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
        LeafNode right = new LeafNode(owner, this, at);
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
