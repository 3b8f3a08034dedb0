package dev.argondb.engine.format;

/** Bytes that are no encoded record. Who knows where they came from reports them as a damaged log. */
public final class MalformedRecordException extends Exception {

    private static final long serialVersionUID = 1L;

    public MalformedRecordException(String message) {
        super(message);
    }
}
