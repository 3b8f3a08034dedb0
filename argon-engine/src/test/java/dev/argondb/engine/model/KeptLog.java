package dev.argondb.engine.model;

import dev.argondb.engine.log.Log;
import dev.argondb.engine.log.LogReader;
import dev.argondb.engine.log.LogRecord;
import dev.argondb.engine.log.MemLog;
import java.util.List;

/** A log in memory that outlives the databases opened over it, one after another. */
public final class KeptLog implements Log {

    private final MemLog log = new MemLog();

    @Override
    public long lastLsn() {
        return log.lastLsn();
    }

    @Override
    public void append(long expectedLastLsn, List<LogRecord> batch) {
        log.append(expectedLastLsn, batch);
    }

    @Override
    public LogReader read(long fromLsn) {
        return log.read(fromLsn);
    }

    /** Does nothing. */
    @Override
    public void close() {}
}
