package dev.argondb.orm.jdbc;

import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.net.URL;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.PreparedStatement;
import java.sql.Ref;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLType;
import java.sql.SQLXML;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.Arrays;
import java.util.Calendar;
import org.jspecify.annotations.Nullable;

/**
 * The parameters of a prepared statement: kept here, and bound to H2's statement when it is executed.
 *
 * <p>Confined, as its connection.
 */
@SuppressWarnings("NullAway") // JDBC allows null for the value of every setter.
abstract class ParameterizedStatement extends ArgonStatement implements PreparedStatement {

    private @Nullable Parameter[] parameters = new Parameter[0];

    ParameterizedStatement(ArgonConnection connection, ResultKind kind, KeyRequest keyRequest) {
        super(connection, kind, keyRequest);
    }

    /** Returns the highest index a parameter may have. */
    abstract int parameterCount() throws SQLException;

    private void set(int index, Parameter value) throws SQLException {
        requireOpen();
        if (index < 1 || index > parameterCount()) {
            throw SqlErrors.noSuchParameter(index, parameterCount());
        }
        if (index > parameters.length) {
            parameters = Arrays.copyOf(parameters, parameterCount());
        }
        parameters[index - 1] = value;
    }

    /** Returns the values as they are now, for a batch. */
    final @Nullable Parameter[] values() {
        return parameters.clone();
    }

    final void bind(PreparedStatement h2) throws SQLException {
        bind(h2, parameters);
    }

    static void bind(PreparedStatement h2, @Nullable Parameter[] values) throws SQLException {
        for (int i = 0; i < values.length; i++) {
            Parameter value = values[i];
            if (value != null) {
                value.bind(h2, i + 1);
            }
        }
    }

    @Override
    public void clearParameters() throws SQLException {
        requireOpen();
        Arrays.fill(parameters, null);
        clearBound();
    }

    /** Makes H2's statement forget what was bound. */
    abstract void clearBound() throws SQLException;

    @Override
    public void setBoolean(int index, boolean value) throws SQLException {
        set(index, (h2, at) -> h2.setBoolean(at, value));
    }

    @Override
    public void setByte(int index, byte value) throws SQLException {
        set(index, (h2, at) -> h2.setByte(at, value));
    }

    @Override
    public void setShort(int index, short value) throws SQLException {
        set(index, (h2, at) -> h2.setShort(at, value));
    }

    @Override
    public void setInt(int index, int value) throws SQLException {
        set(index, (h2, at) -> h2.setInt(at, value));
    }

    @Override
    public void setLong(int index, long value) throws SQLException {
        set(index, (h2, at) -> h2.setLong(at, value));
    }

    @Override
    public void setFloat(int index, float value) throws SQLException {
        set(index, (h2, at) -> h2.setFloat(at, value));
    }

    @Override
    public void setDouble(int index, double value) throws SQLException {
        set(index, (h2, at) -> h2.setDouble(at, value));
    }

    @Override
    public void setBigDecimal(int index, BigDecimal value) throws SQLException {
        set(index, (h2, at) -> h2.setBigDecimal(at, value));
    }

    @Override
    public void setString(int index, String value) throws SQLException {
        set(index, (h2, at) -> h2.setString(at, value));
    }

    @Override
    public void setArray(int index, Array value) throws SQLException {
        set(index, (h2, at) -> h2.setArray(at, value));
    }

    @Override
    public void setBlob(int index, Blob value) throws SQLException {
        set(index, (h2, at) -> h2.setBlob(at, value));
    }

    @Override
    public void setClob(int index, Clob value) throws SQLException {
        set(index, (h2, at) -> h2.setClob(at, value));
    }

    @Override
    public void setNClob(int index, NClob value) throws SQLException {
        set(index, (h2, at) -> h2.setNClob(at, value));
    }

    @Override
    public void setSQLXML(int index, SQLXML value) throws SQLException {
        set(index, (h2, at) -> h2.setSQLXML(at, value));
    }

    @Override
    public void setURL(int index, URL value) throws SQLException {
        set(index, (h2, at) -> h2.setURL(at, value));
    }

    @Override
    public void setRef(int index, Ref value) throws SQLException {
        set(index, (h2, at) -> h2.setRef(at, value));
    }

    @Override
    public void setRowId(int index, RowId value) throws SQLException {
        set(index, (h2, at) -> h2.setRowId(at, value));
    }

    @Override
    public void setNString(int index, String value) throws SQLException {
        set(index, (h2, at) -> h2.setNString(at, value));
    }

    @Override
    public void setBytes(int index, byte[] value) throws SQLException {
        byte[] content = value == null ? null : value.clone();
        set(index, (h2, at) -> h2.setBytes(at, content));
    }

    @Override
    public void setDate(int index, Date value) throws SQLException {
        Date moment = (Date) Parameter.fixed(value);
        set(index, (h2, at) -> h2.setDate(at, moment));
    }

    @Override
    public void setDate(int index, Date value, Calendar calendar) throws SQLException {
        Date moment = (Date) Parameter.fixed(value);
        Calendar zone = Parameter.fixed(calendar);
        set(index, (h2, at) -> h2.setDate(at, moment, zone));
    }

    @Override
    public void setTime(int index, Time value) throws SQLException {
        Time moment = (Time) Parameter.fixed(value);
        set(index, (h2, at) -> h2.setTime(at, moment));
    }

    @Override
    public void setTime(int index, Time value, Calendar calendar) throws SQLException {
        Time moment = (Time) Parameter.fixed(value);
        Calendar zone = Parameter.fixed(calendar);
        set(index, (h2, at) -> h2.setTime(at, moment, zone));
    }

    @Override
    public void setTimestamp(int index, Timestamp value) throws SQLException {
        Timestamp moment = (Timestamp) Parameter.fixed(value);
        set(index, (h2, at) -> h2.setTimestamp(at, moment));
    }

    @Override
    public void setTimestamp(int index, Timestamp value, Calendar calendar) throws SQLException {
        Timestamp moment = (Timestamp) Parameter.fixed(value);
        Calendar zone = Parameter.fixed(calendar);
        set(index, (h2, at) -> h2.setTimestamp(at, moment, zone));
    }

    @Override
    public void setNull(int index, int type) throws SQLException {
        set(index, (h2, at) -> h2.setNull(at, type));
    }

    @Override
    public void setNull(int index, int type, String typeName) throws SQLException {
        set(index, (h2, at) -> h2.setNull(at, type, typeName));
    }

    @Override
    public void setObject(int index, Object value) throws SQLException {
        Object content = Parameter.fixed(value);
        set(index, (h2, at) -> h2.setObject(at, content));
    }

    @Override
    public void setObject(int index, Object value, int type) throws SQLException {
        Object content = Parameter.fixed(value);
        set(index, (h2, at) -> h2.setObject(at, content, type));
    }

    @Override
    public void setObject(int index, Object value, int type, int scale) throws SQLException {
        Object content = Parameter.fixed(value);
        set(index, (h2, at) -> h2.setObject(at, content, type, scale));
    }

    @Override
    public void setObject(int index, Object value, SQLType type) throws SQLException {
        Object content = Parameter.fixed(value);
        set(index, (h2, at) -> h2.setObject(at, content, type));
    }

    @Override
    public void setObject(int index, Object value, SQLType type, int scale) throws SQLException {
        Object content = Parameter.fixed(value);
        set(index, (h2, at) -> h2.setObject(at, content, type, scale));
    }

    @Override
    public void setBinaryStream(int index, InputStream stream) throws SQLException {
        set(index, Parameter.bytes(stream, -1));
    }

    @Override
    public void setBinaryStream(int index, InputStream stream, int length) throws SQLException {
        set(index, Parameter.bytes(stream, length));
    }

    @Override
    public void setBinaryStream(int index, InputStream stream, long length) throws SQLException {
        set(index, Parameter.bytes(stream, length));
    }

    @Override
    public void setAsciiStream(int index, InputStream stream) throws SQLException {
        set(index, Parameter.ascii(stream, -1));
    }

    @Override
    public void setAsciiStream(int index, InputStream stream, int length) throws SQLException {
        set(index, Parameter.ascii(stream, length));
    }

    @Override
    public void setAsciiStream(int index, InputStream stream, long length) throws SQLException {
        set(index, Parameter.ascii(stream, length));
    }

    @Override
    @Deprecated
    public void setUnicodeStream(int index, InputStream stream, int length) throws SQLException {
        throw SqlErrors.unsupported("setUnicodeStream is not supported; use setCharacterStream");
    }

    @Override
    public void setBlob(int index, InputStream stream) throws SQLException {
        set(index, Parameter.bytes(stream, -1));
    }

    @Override
    public void setBlob(int index, InputStream stream, long length) throws SQLException {
        set(index, Parameter.bytes(stream, length));
    }

    @Override
    public void setCharacterStream(int index, Reader reader) throws SQLException {
        set(index, Parameter.characters(reader, -1));
    }

    @Override
    public void setCharacterStream(int index, Reader reader, int length) throws SQLException {
        set(index, Parameter.characters(reader, length));
    }

    @Override
    public void setCharacterStream(int index, Reader reader, long length) throws SQLException {
        set(index, Parameter.characters(reader, length));
    }

    @Override
    public void setNCharacterStream(int index, Reader reader) throws SQLException {
        set(index, Parameter.characters(reader, -1));
    }

    @Override
    public void setNCharacterStream(int index, Reader reader, long length) throws SQLException {
        set(index, Parameter.characters(reader, length));
    }

    @Override
    public void setClob(int index, Reader reader) throws SQLException {
        set(index, Parameter.characters(reader, -1));
    }

    @Override
    public void setClob(int index, Reader reader, long length) throws SQLException {
        set(index, Parameter.characters(reader, length));
    }

    @Override
    public void setNClob(int index, Reader reader) throws SQLException {
        set(index, Parameter.characters(reader, -1));
    }

    @Override
    public void setNClob(int index, Reader reader, long length) throws SQLException {
        set(index, Parameter.characters(reader, length));
    }
}
