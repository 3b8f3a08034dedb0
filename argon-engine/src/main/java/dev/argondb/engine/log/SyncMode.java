package dev.argondb.engine.log;

/** When an append is done. */
public enum SyncMode {
    /** When it is on the disk: a commit that was acknowledged survives a power cut. */
    STRICT,
    /**
     * When the operating system has it: a commit that was acknowledged survives the end of the process, but a power cut may
     * take the last ones, those of about {@link FileLogSettings#syncInterval()}. It never leaves a gap or half a commit.
     */
    RELAXED
}
