package dev.argondb.engine.state;

import dev.argondb.engine.log.Document;

/**
 * A document in a tree, and the LSN of the entry that last wrote it.
 *
 * <p>The LSN is set once, at commit, before the record is published. The document may be exchanged for an equal one in
 * another form ({@link #decoded}); readers see either. Thread-safe once published.
 */
public final class Record {

    private long lsn;
    private final long lockedAt;
    private Document document;

    /** A record of a unit of work, not committed yet: its LSN is 0. */
    public Record(Document document) {
        this(0, document);
    }

    public Record(long lsn, Document document) {
        this(lsn, 0, document);
    }

    Record(long lsn, long lockedAt, Document document) {
        this.lsn = lsn;
        this.lockedAt = lockedAt;
        this.document = document;
    }

    /** Returns an equal record that a commit locked: transactions that lock it as well and began before must not commit. */
    public Record lockedAt(long commitLsn) {
        return new Record(lsn, commitLsn, document);
    }

    /** Returns the LSN of the last commit that wrote or locked it. Locks do not outlive the process: nor do transactions. */
    public long lastTouched() {
        return Math.max(lsn, lockedAt);
    }

    /** Returns the LSN of the commit that locked it last, 0 if none did since it was written. */
    long lockedAt() {
        return lockedAt;
    }

    /** Returns whether both are one record, read twice perhaps: written by the same entry and locked by the same commit. */
    public boolean isSame(Record other) {
        return this == other || (lsn != 0 && lsn == other.lsn && lockedAt == other.lockedAt);
    }

    /** Returns the LSN of the entry that wrote it, 0 before it is committed. */
    public long lsn() {
        return lsn;
    }

    /** Returns the document in the form it was last left in. */
    public Document document() {
        return document;
    }

    /** Leaves an equal document in another form, so that the next reader need not decode it again. */
    public void decoded(Document equal) {
        document = equal;
    }

    /** Sets the LSN, once, when the unit of work that wrote it is committed. */
    public void committed(long atLsn) {
        if (lsn != 0) {
            throw new AssertionError("record of lsn " + lsn + " committed again at lsn " + atLsn);
        }
        lsn = atLsn;
    }
}
