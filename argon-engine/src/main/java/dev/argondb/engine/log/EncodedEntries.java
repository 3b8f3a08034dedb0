package dev.argondb.engine.log;

import dev.argondb.engine.format.ByteSink;
import java.util.AbstractList;
import java.util.List;
import java.util.RandomAccess;

/**
 * The entries of a commit together with their encoding, made before the commit's LSN is known.
 *
 * <p>Immutable, thread-safe.
 */
final class EncodedEntries extends AbstractList<LogEntry> implements RandomAccess {

    private final List<LogEntry> entries;
    private final byte[] bytes;
    private final int size;

    private EncodedEntries(List<LogEntry> entries, ByteSink encoded) {
        this.entries = entries;
        this.bytes = encoded.array();
        this.size = encoded.size();
    }

    /** Encodes entries, unless they already are. */
    static EncodedEntries of(List<LogEntry> entries) {
        if (entries instanceof EncodedEntries encoded) {
            return encoded;
        }
        List<LogEntry> kept = List.copyOf(entries);
        ByteSink sink = new ByteSink(64 + 256 * Math.min(kept.size(), 1024));
        LogRecordCodec.encodeEntries(kept, sink);
        return new EncodedEntries(kept, sink);
    }

    void writeTo(ByteSink sink) {
        sink.putBytes(bytes, 0, size);
    }

    @Override
    public LogEntry get(int index) {
        return entries.get(index);
    }

    @Override
    public int size() {
        return entries.size();
    }
}
