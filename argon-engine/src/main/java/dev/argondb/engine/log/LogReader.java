package dev.argondb.engine.log;

import org.jspecify.annotations.Nullable;

/** A run over records of a log. Confined to one thread. */
public interface LogReader extends AutoCloseable {

    /**
     * Returns the next record, or null at the end.
     *
     * @throws dev.argondb.CorruptDataException if stored bytes are damaged, naming file, offset and LSN
     */
    @Nullable
    LogRecord next();

    @Override
    void close();
}
