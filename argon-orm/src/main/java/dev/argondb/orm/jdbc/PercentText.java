package dev.argondb.orm.jdbc;

import dev.argondb.InvalidRequestException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;

/** Values with {@code %XX} escapes, as URLs and locations have them. Stateless. */
final class PercentText {

    private PercentText() {}

    /**
     * Returns a value without escapes.
     *
     * @param kind what the value is a part of, and
     * @param whole its text, for messages
     * @throws InvalidRequestException if an escape is broken
     */
    static String decoded(String kind, String whole, String value) {
        if (value.indexOf('%') < 0) {
            return value;
        }
        try {
            return URLDecoder.decode(value.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new InvalidRequestException(kind + " `" + whole + "` has a broken `%` escape in `" + value + "`", e);
        }
    }

    /** Returns a value with escapes for what would end it or begin another. */
    static String encoded(String value) {
        return value.replace("%", "%25").replace(";", "%3B").replace("?", "%3F").replace("&", "%26");
    }
}
