package dev.argondb.engine.format;

import dev.argondb.CorruptDataException;

/**
 * Stored bytes that are not what they should be.
 *
 * @param what what is wrong, in a few words
 * @param file the full name of the file
 * @param offset where in the file, in bytes
 * @param lsn the LSN that the bytes should hold
 */
public record Damage(String what, String file, long offset, long lsn, String expected, String found) {

    public CorruptDataException toException() {
        return new CorruptDataException(this.toString());
    }

    @Override
    public String toString() {
        return what + " in `" + file + "` at offset " + offset + " (lsn " + lsn + "): expected `" + expected
                + "`, found `" + found + "`; restore the file from a copy";
    }
}
