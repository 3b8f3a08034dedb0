package dev.argondb.engine.sim;

/**
 * A sequence.
 *
 * @param owner the branch whose private sequence it is, 0 for one shared by all
 */
record SequenceKey(long owner, int sequenceId) implements Comparable<SequenceKey> {

    @Override
    public int compareTo(SequenceKey other) {
        return owner != other.owner ? Long.compare(owner, other.owner) : Integer.compare(sequenceId, other.sequenceId);
    }
}
