package dev.argondb.engine.log;

import dev.argondb.ConflictException;
import java.util.List;

/** What every store checks before it appends or reads. */
final class Appends {

    private Appends() {}

    /**
     * Checks that a batch continues a log.
     *
     * @throws ConflictException if the log does not end where the caller thinks
     */
    static void check(long lastLsn, long expectedLastLsn, List<LogRecord> batch) {
        if (lastLsn != expectedLastLsn) {
            throw new ConflictException("the log ends at lsn " + lastLsn + ", not at lsn " + expectedLastLsn
                    + "; read what was appended since, and append again");
        }
        checkConsecutive(lastLsn, batch);
    }

    private static void checkConsecutive(long lastLsn, List<LogRecord> batch) {
        if (batch.isEmpty()) {
            throw new AssertionError("an empty batch after lsn " + lastLsn);
        }
        long last = lastLsn;
        for (LogRecord record : batch) {
            if (record.firstLsn() != last + 1) {
                throw new AssertionError("a record at lsn " + record.firstLsn() + " after lsn " + last);
            }
            last = record.lastLsn();
        }
    }

    static void checkStart(long fromLsn) {
        if (fromLsn < 1) {
            throw new AssertionError("a read from lsn " + fromLsn + "; the first is 1");
        }
    }
}
