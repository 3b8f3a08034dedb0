package dev.argondb.engine.log;

import java.io.IOException;
import org.jspecify.annotations.Nullable;

/** A run over records of one segment. Confined to one thread. */
interface SegmentRun extends AutoCloseable {

    /**
     * Returns the next record, or null at the end.
     *
     * @throws dev.argondb.CorruptDataException if stored bytes are damaged
     * @throws java.nio.file.NoSuchFileException if the segment is gone in the meantime
     */
    @Nullable
    StoredRecord next() throws IOException;

    /** Returns the LSN that the next record should begin with. */
    long nextLsn();

    /** Returns where the next record begins in the file, or its block, in bytes. */
    long offset();

    @Override
    void close() throws IOException;
}
