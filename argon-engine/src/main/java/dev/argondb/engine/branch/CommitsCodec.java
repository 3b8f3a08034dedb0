package dev.argondb.engine.branch;

import dev.argondb.engine.format.ByteSink;
import dev.argondb.engine.format.ByteSource;
import dev.argondb.engine.format.MalformedRecordException;
import dev.argondb.engine.tree.OwnPages;
import dev.argondb.engine.tree.ValueCodec;

/** The commits of a chain in pages: for each LSN its time, in microseconds since the epoch, as a varint. */
final class CommitsCodec implements ValueCodec<Long> {

    static final CommitsCodec INSTANCE = new CommitsCodec();

    private static final int KIND = 16;
    private static final int WEIGHT = 24;

    private CommitsCodec() {}

    @Override
    public int kind() {
        return KIND;
    }

    @Override
    public boolean usesKeys() {
        return false;
    }

    @Override
    public int write(byte[] key, Long timeMicros, ByteSink out, OwnPages.Sink own) {
        out.putVarint(timeMicros);
        return WEIGHT;
    }

    @Override
    public Long read(byte[] key, ByteSource in, OwnPages.Source own) throws MalformedRecordException {
        return in.readVarint();
    }

    @Override
    public int weigh(Long timeMicros) {
        return WEIGHT;
    }

    @Override
    public boolean same(Long a, Long b) {
        return a.equals(b);
    }
}
