package dev.argondb.engine.log;

import dev.argondb.ClosedException;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A log in memory, which ends with the process. It keeps the records themselves and encodes nothing.
 *
 * <p>Thread-safe; readers never wait.
 */
public final class MemLog implements Log {

    /** The records up to a count; what lies beyond belongs to later contents that share the array. Immutable that far. */
    private record Content(@Nullable LogRecord[] records, int count) {

        long lastLsn() {
            return count == 0 ? 0 : at(count - 1).lastLsn();
        }

        LogRecord at(int index) {
            LogRecord record = records[index];
            if (record == null) {
                throw new AssertionError("no record " + index + " of " + count);
            }
            return record;
        }

        Content plus(List<LogRecord> batch) {
            int newCount = Math.addExact(count, batch.size());
            @Nullable
            LogRecord[] target =
                    newCount <= records.length ? records : Arrays.copyOf(records, Math.max(newCount, 2 * count));
            for (int i = 0; i < batch.size(); i++) {
                target[count + i] = batch.get(i);
            }
            return new Content(target, newCount);
        }

        /** Returns the index of the record that holds an LSN, or the count if there is none. */
        int indexOf(long lsn) {
            int low = 0;
            int high = count;
            while (low < high) {
                int middle = (low + high) >>> 1;
                if (at(middle).lastLsn() < lsn) {
                    low = middle + 1;
                } else {
                    high = middle;
                }
            }
            return low;
        }
    }

    private volatile Content content = new Content(new @Nullable LogRecord[16], 0);
    private volatile boolean closed;

    @Override
    public long lastLsn() {
        return content.lastLsn();
    }

    @Override
    public synchronized void append(long expectedLastLsn, List<LogRecord> batch) {
        requireOpen();
        Appends.check(lastLsn(), expectedLastLsn, batch);
        content = content.plus(batch);
    }

    @Override
    public LogReader read(long fromLsn) {
        requireOpen();
        Appends.checkStart(fromLsn);
        Content read = content;
        return new MemReader(read, read.indexOf(fromLsn));
    }

    private void requireOpen() {
        if (closed) {
            throw new ClosedException("the log is closed; open the database again");
        }
    }

    @Override
    public void close() {
        closed = true;
    }

    private final class MemReader implements LogReader {

        private final Content read;
        private int next;

        MemReader(Content read, int next) {
            this.read = read;
            this.next = next;
        }

        @Override
        public @Nullable LogRecord next() {
            requireOpen();
            return next < read.count() ? read.at(next++) : null;
        }

        @Override
        public void close() {
            next = read.count();
        }
    }
}
