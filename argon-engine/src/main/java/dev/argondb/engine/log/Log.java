package dev.argondb.engine.log;

import java.util.List;

/**
 * A totally ordered, append-only sequence of records.
 *
 * <p>Thread-safe: appends are serialized by the caller (one at a time), reads run beside them.
 */
public interface Log extends AutoCloseable {

    /** Returns the LSN of the last step that is durable, 0 for an empty log. */
    long lastLsn();

    /** Returns the first LSN that it still holds: 1, unless what was before was reclaimed. */
    default long firstLsn() {
        return 1;
    }

    /**
     * Does ahead of time, in the thread of one of many committers, what appending entries costs but their LSNs do not matter
     * for (encoding them). Optional: entries that were not prepared are prepared while they are appended.
     *
     * @param entries for a {@link LogRecord.CommitRecord}, in their order
     * @return an equal list, to be used instead
     * @throws dev.argondb.InvalidRequestException if they are more than one commit may hold
     */
    default List<LogEntry> prepare(List<LogEntry> entries) {
        return entries;
    }

    /**
     * Appends records if the log still ends where the caller thinks it ends; atomic, and durable when it returns (in the
     * relaxed mode of a store: handed to the operating system). Only a crash before it returns may leave a part of the batch:
     * its first records, each whole.
     *
     * @param expectedLastLsn the LSN the log must end with now
     * @param batch records with consecutive LSNs that start right after it; not empty
     * @throws dev.argondb.ConflictException if the log ends elsewhere; nothing is written
     * @throws dev.argondb.UnavailableException if the store failed; the log accepts nothing more from then on (reads go on),
     *     and opening it again tells what is there
     * @throws dev.argondb.ClosedException after {@link #close()}
     */
    void append(long expectedLastLsn, List<LogRecord> batch);

    /** Returns how many bytes it takes; 0 for a log in memory. */
    default long bytes() {
        return 0;
    }

    /** Returns how many bytes were appended since it was opened, about; 0 for a log that has none. */
    default long appendedBytes() {
        return 0;
    }

    /**
     * Makes everything appended durable, where {@link #append} does not.
     *
     * @throws dev.argondb.UnavailableException if the store failed
     */
    default void sync() {}

    /**
     * Gives back the space of records that are wholly below an LSN, where the store can; some of them may stay.
     *
     * @throws dev.argondb.UnavailableException if the store failed; nothing above is lost
     */
    default void dropBefore(long lsn) {}

    /**
     * Reads records in order, beginning with the one that holds an LSN, up to {@link #lastLsn()} as of now.
     *
     * @param fromLsn 1 or more
     */
    LogReader read(long fromLsn);

    /** Makes everything appended durable and gives the store back. Idempotent. */
    @Override
    void close();
}
