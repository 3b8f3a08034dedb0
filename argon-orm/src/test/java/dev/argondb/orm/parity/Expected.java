package dev.argondb.orm.parity;

import java.util.List;

/**
 * The values that a query gives: how many, and the MD5 of them all, each followed by a line feed.
 *
 * @param values how many
 * @param md5 in lower-case hexadecimal digits
 */
record Expected(int values, String md5) {

    static Expected of(List<String> values) {
        StringBuilder text = new StringBuilder();
        values.forEach(value -> text.append(value).append('\n'));
        return new Expected(values.size(), Digest.md5(text.toString()));
    }

    @Override
    public String toString() {
        return values + " values hashing to " + md5;
    }
}
