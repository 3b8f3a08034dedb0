package dev.argondb.engine.log;

/** Bytes that are no encoded record. Who knows where they came from reports them as a damaged log. */
public final class MalformedRecordException extends Exception {

    private static final long serialVersionUID = 1L;

    MalformedRecordException(String message) {
        super(message);
    }
}
