package dev.argondb;

/**
 * A log sequence number: the position of one entry in the total order of a database's write-ahead log.
 *
 * <p>Immutable.
 *
 * @param value positive, strictly increasing over the whole database
 */
public record Lsn(long value) implements Comparable<Lsn> {

    public Lsn {
        if (value <= 0) {
            throw new InvalidRefException("LSN `" + value + "` is not positive; the first LSN of a database is 1");
        }
    }

    /** Returns the LSN of this position. */
    public static Lsn of(long value) {
        return new Lsn(value);
    }

    @Override
    public int compareTo(Lsn other) {
        return Long.compare(value, other.value);
    }

    @Override
    public String toString() {
        return Long.toString(value);
    }
}
