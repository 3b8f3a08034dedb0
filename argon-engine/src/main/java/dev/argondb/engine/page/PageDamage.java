package dev.argondb.engine.page;

import dev.argondb.CorruptDataException;
import java.util.HexFormat;

/**
 * Bytes of a file of pages that are not what they should be.
 *
 * @param file its full name
 * @param offset in bytes
 * @param subject what should be there: a page, or a part of the index
 */
record PageDamage(String what, String file, long offset, String subject, String expected, String found) {

    static final String ADVICE = "; run `verify`";

    CorruptDataException toException() {
        return new CorruptDataException(this.toString());
    }

    /** Where it is, for a report. */
    String place() {
        return "`" + file + "` at offset " + offset + " (" + subject + ")";
    }

    /** What is wrong, for a report. */
    String finding() {
        return what + ": expected `" + expected + "`, found `" + found + "`";
    }

    @Override
    public String toString() {
        return what + " in " + place() + ": expected `" + expected + "`, found `" + found + "`" + ADVICE;
    }

    static String hex(int value) {
        return HexFormat.of().toHexDigits(value);
    }
}
