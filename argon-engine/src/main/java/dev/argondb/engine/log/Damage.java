package dev.argondb.engine.log;

import dev.argondb.CorruptLogException;

/**
 * Stored bytes that are not what they should be.
 *
 * @param what what is wrong, in a few words
 * @param file the full name of the file
 * @param offset where in the file, in bytes
 * @param lsn the LSN that the bytes should hold
 */
record Damage(String what, String file, long offset, long lsn, String expected, String found) {

    CorruptLogException toException() {
        return new CorruptLogException(this.toString());
    }

    @Override
    public String toString() {
        return what + " in `" + file + "` at offset " + offset + " (lsn " + lsn + "): expected `" + expected
                + "`, found `" + found + "`; restore the file from a copy";
    }
}
