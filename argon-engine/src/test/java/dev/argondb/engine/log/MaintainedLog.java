package dev.argondb.engine.log;

import java.util.List;

/** A log that is packed after each append, and moved to the cold tier after some of them. Thread-safe. */
final class MaintainedLog implements Log {

    private final FileLog log;
    private int appends;

    MaintainedLog(FileLog log) {
        this.log = log;
        this.appends = (int) log.lastLsn();
    }

    @Override
    public long lastLsn() {
        return log.lastLsn();
    }

    @Override
    public List<LogEntry> prepare(List<LogEntry> entries) {
        return log.prepare(entries);
    }

    @Override
    public void append(long expectedLastLsn, List<LogRecord> batch) {
        log.append(expectedLastLsn, batch);
        appends++;
        if (appends % 4 != 0) {
            log.seal();
        }
        log.pack();
        if (appends % 3 == 0) {
            log.moveToCold(3000);
        }
    }

    @Override
    public LogReader read(long fromLsn) {
        return log.read(fromLsn);
    }

    @Override
    public void close() {
        log.close();
    }
}
