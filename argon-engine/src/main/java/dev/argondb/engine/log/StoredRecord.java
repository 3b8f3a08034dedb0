package dev.argondb.engine.log;

import dev.argondb.CorruptDataException;
import dev.argondb.engine.format.ByteSource;
import dev.argondb.engine.format.Damage;
import dev.argondb.engine.format.MalformedRecordException;
import org.jspecify.annotations.Nullable;

/**
 * A record as it lies in a segment, its bytes whole but not yet decoded.
 *
 * @param offset where in the file it or its block begins, in bytes
 * @param steps LSNs that it takes; positive
 * @param payload as in {@link LogRecordCodec}; valid until the next record is read
 */
record StoredRecord(long offset, long firstLsn, int steps, ByteSource payload) {

    long lastLsn() {
        return firstLsn + steps - 1;
    }

    /**
     * Decodes it.
     *
     * @param file the full name of the file, for messages
     */
    LogRecord decode(String file) {
        LogRecord record;
        try {
            record = LogRecordCodec.decode(firstLsn, payload);
        } catch (MalformedRecordException e) {
            throw malformed(file, "a record", e.getMessage());
        }
        if (record.lastLsn() != lastLsn()) {
            throw malformed(file, "last lsn " + lastLsn(), "last lsn " + record.lastLsn());
        }
        return record;
    }

    private CorruptDataException malformed(String file, String expected, @Nullable String found) {
        return new Damage("malformed record", file, offset, firstLsn, expected, String.valueOf(found)).toException();
    }
}
