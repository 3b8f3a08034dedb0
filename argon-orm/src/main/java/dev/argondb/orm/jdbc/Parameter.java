package dev.argondb.orm.jdbc;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.Calendar;
import org.jspecify.annotations.Nullable;

/**
 * The value of one parameter, kept until it is bound: in the meantime H2's statement may have to be prepared again.
 *
 * <p>Immutable: what a caller may change afterwards is copied, a stream is read.
 */
@FunctionalInterface
interface Parameter {

    /** Sets the parameter at an index, from 1. */
    void bind(PreparedStatement h2, int index) throws SQLException;

    /** Returns a stream's bytes, at most so many of them; a negative limit for all. */
    static byte[] read(InputStream stream, long limit) throws SQLException {
        try {
            return limit < 0 ? stream.readAllBytes() : stream.readNBytes(Math.toIntExact(limit));
        } catch (IOException | ArithmeticException e) {
            throw SqlErrors.unreadable("stream", e);
        }
    }

    /** Returns a reader's characters, at most so many of them; a negative limit for all. */
    static String read(Reader reader, long limit) throws SQLException {
        StringWriter text = new StringWriter();
        try {
            if (limit < 0) {
                reader.transferTo(text);
            } else {
                copy(reader, limit, text);
            }
        } catch (IOException e) {
            throw SqlErrors.unreadable("reader", e);
        }
        return text.toString();
    }

    private static void copy(Reader reader, long limit, StringWriter text) throws IOException {
        char[] buffer = new char[4096];
        long left = limit;
        while (left > 0) {
            int read = reader.read(buffer, 0, (int) Math.min(buffer.length, left));
            if (read < 0) {
                return;
            }
            text.write(buffer, 0, read);
            left -= read;
        }
    }

    /** Returns a large object of bytes. */
    static Parameter bytes(@Nullable InputStream stream, long limit) throws SQLException {
        if (stream == null) {
            return (h2, index) -> h2.setBinaryStream(index, null);
        }
        byte[] content = read(stream, limit);
        return (h2, index) -> h2.setBinaryStream(index, new ByteArrayInputStream(content), content.length);
    }

    /** Returns characters that come as ASCII bytes. */
    static Parameter ascii(@Nullable InputStream stream, long limit) throws SQLException {
        if (stream == null) {
            return (h2, index) -> h2.setCharacterStream(index, null);
        }
        String content = new String(read(stream, limit), StandardCharsets.US_ASCII);
        return (h2, index) -> h2.setCharacterStream(index, new StringReader(content), content.length());
    }

    /** Returns a large object of characters. */
    static Parameter characters(@Nullable Reader reader, long limit) throws SQLException {
        if (reader == null) {
            return (h2, index) -> h2.setCharacterStream(index, null);
        }
        String content = read(reader, limit);
        return (h2, index) -> h2.setCharacterStream(index, new StringReader(content), content.length());
    }

    /** Returns a value that its owner cannot change any more. */
    static @Nullable Object fixed(@Nullable Object value) {
        if (value instanceof byte[] bytes) {
            return bytes.clone();
        }
        if (value instanceof java.util.Date date) {
            return date.clone();
        }
        return value instanceof Object[] array ? array.clone() : value;
    }

    /** Returns a calendar that its owner cannot change any more. */
    static @Nullable Calendar fixed(@Nullable Calendar calendar) {
        return calendar == null ? null : (Calendar) calendar.clone();
    }
}
