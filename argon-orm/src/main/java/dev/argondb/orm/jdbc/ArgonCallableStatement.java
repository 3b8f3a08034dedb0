package dev.argondb.orm.jdbc;

import java.io.InputStream;
import java.io.Reader;
import java.math.BigDecimal;
import java.net.URL;
import java.sql.Array;
import java.sql.Blob;
import java.sql.CallableStatement;
import java.sql.Clob;
import java.sql.Connection;
import java.sql.Date;
import java.sql.NClob;
import java.sql.PreparedStatement;
import java.sql.Ref;
import java.sql.ResultSetMetaData;
import java.sql.RowId;
import java.sql.SQLException;
import java.sql.SQLType;
import java.sql.SQLXML;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.List;
import java.util.Map;

/**
 * A call of a function over H2's: parameters are named as the columns of its result.
 *
 * <p>Confined, as its connection.
 */
final class ArgonCallableStatement extends ArgonPreparedStatement implements CallableStatement {

    private final List<Registration> registrations = new ArrayList<>(0);

    /** One parameter that gives a value back. */
    private interface Registration {
        void on(CallableStatement h2) throws SQLException;
    }

    ArgonCallableStatement(ArgonConnection connection, String sql, ResultKind kind) throws SQLException {
        super(connection, sql, kind, KeyRequest.NONE);
    }

    @Override
    PreparedStatement prepare(Connection on) throws SQLException {
        CallableStatement made = on.prepareCall(sql, kind().type(), kind().concurrency(), kind().holdability());
        if (registrations != null) { // null while the super constructor prepares
            for (Registration registration : registrations) {
                registration.on(made);
            }
        }
        return made;
    }

    private CallableStatement callable() throws SQLException {
        return (CallableStatement) prepared();
    }

    private void register(Registration registration) throws SQLException {
        registration.on(callable());
        registrations.add(registration);
    }

    private int indexOf(String name) throws SQLException {
        ResultSetMetaData metadata = getMetaData();
        int count = metadata == null ? 0 : metadata.getColumnCount();
        for (int i = 1; metadata != null && i <= count; i++) {
            if (metadata.getColumnLabel(i).equalsIgnoreCase(name)) {
                return i;
            }
        }
        throw SqlErrors.invalid("the call has no parameter `" + name + "`; use its number");
    }

    @Override
    public Array getArray(int index) throws SQLException {
        return callable().getArray(index);
    }

    @Override
    public Array getArray(String name) throws SQLException {
        return callable().getArray(name);
    }

    @Override
    public BigDecimal getBigDecimal(int index) throws SQLException {
        return callable().getBigDecimal(index);
    }

    @Override
    @Deprecated
    public BigDecimal getBigDecimal(int index, int scale) throws SQLException {
        return callable().getBigDecimal(index, scale);
    }

    @Override
    public BigDecimal getBigDecimal(String name) throws SQLException {
        return callable().getBigDecimal(name);
    }

    @Override
    public Blob getBlob(int index) throws SQLException {
        return callable().getBlob(index);
    }

    @Override
    public Blob getBlob(String name) throws SQLException {
        return callable().getBlob(name);
    }

    @Override
    public boolean getBoolean(int index) throws SQLException {
        return callable().getBoolean(index);
    }

    @Override
    public boolean getBoolean(String name) throws SQLException {
        return callable().getBoolean(name);
    }

    @Override
    public byte getByte(int index) throws SQLException {
        return callable().getByte(index);
    }

    @Override
    public byte getByte(String name) throws SQLException {
        return callable().getByte(name);
    }

    @Override
    public byte[] getBytes(int index) throws SQLException {
        return callable().getBytes(index);
    }

    @Override
    public byte[] getBytes(String name) throws SQLException {
        return callable().getBytes(name);
    }

    @Override
    public Reader getCharacterStream(int index) throws SQLException {
        return callable().getCharacterStream(index);
    }

    @Override
    public Reader getCharacterStream(String name) throws SQLException {
        return callable().getCharacterStream(name);
    }

    @Override
    public Clob getClob(int index) throws SQLException {
        return callable().getClob(index);
    }

    @Override
    public Clob getClob(String name) throws SQLException {
        return callable().getClob(name);
    }

    @Override
    public Date getDate(int index) throws SQLException {
        return callable().getDate(index);
    }

    @Override
    public Date getDate(int index, Calendar calendar) throws SQLException {
        return callable().getDate(index, calendar);
    }

    @Override
    public Date getDate(String name) throws SQLException {
        return callable().getDate(name);
    }

    @Override
    public Date getDate(String name, Calendar calendar) throws SQLException {
        return callable().getDate(name, calendar);
    }

    @Override
    public double getDouble(int index) throws SQLException {
        return callable().getDouble(index);
    }

    @Override
    public double getDouble(String name) throws SQLException {
        return callable().getDouble(name);
    }

    @Override
    public float getFloat(int index) throws SQLException {
        return callable().getFloat(index);
    }

    @Override
    public float getFloat(String name) throws SQLException {
        return callable().getFloat(name);
    }

    @Override
    public int getInt(int index) throws SQLException {
        return callable().getInt(index);
    }

    @Override
    public int getInt(String name) throws SQLException {
        return callable().getInt(name);
    }

    @Override
    public long getLong(int index) throws SQLException {
        return callable().getLong(index);
    }

    @Override
    public long getLong(String name) throws SQLException {
        return callable().getLong(name);
    }

    @Override
    public Reader getNCharacterStream(int index) throws SQLException {
        return callable().getNCharacterStream(index);
    }

    @Override
    public Reader getNCharacterStream(String name) throws SQLException {
        return callable().getNCharacterStream(name);
    }

    @Override
    public NClob getNClob(int index) throws SQLException {
        return callable().getNClob(index);
    }

    @Override
    public NClob getNClob(String name) throws SQLException {
        return callable().getNClob(name);
    }

    @Override
    public String getNString(int index) throws SQLException {
        return callable().getNString(index);
    }

    @Override
    public String getNString(String name) throws SQLException {
        return callable().getNString(name);
    }

    @Override
    public Object getObject(int index) throws SQLException {
        return callable().getObject(index);
    }

    @Override
    public <T> T getObject(int index, Class<T> type) throws SQLException {
        return callable().getObject(index, type);
    }

    @Override
    public Object getObject(int index, Map<String, Class<?>> map) throws SQLException {
        return callable().getObject(index, map);
    }

    @Override
    public Object getObject(String name) throws SQLException {
        return callable().getObject(name);
    }

    @Override
    public <T> T getObject(String name, Class<T> type) throws SQLException {
        return callable().getObject(name, type);
    }

    @Override
    public Object getObject(String name, Map<String, Class<?>> map) throws SQLException {
        return callable().getObject(name, map);
    }

    @Override
    public Ref getRef(int index) throws SQLException {
        return callable().getRef(index);
    }

    @Override
    public Ref getRef(String name) throws SQLException {
        return callable().getRef(name);
    }

    @Override
    public RowId getRowId(int index) throws SQLException {
        return callable().getRowId(index);
    }

    @Override
    public RowId getRowId(String name) throws SQLException {
        return callable().getRowId(name);
    }

    @Override
    public SQLXML getSQLXML(int index) throws SQLException {
        return callable().getSQLXML(index);
    }

    @Override
    public SQLXML getSQLXML(String name) throws SQLException {
        return callable().getSQLXML(name);
    }

    @Override
    public short getShort(int index) throws SQLException {
        return callable().getShort(index);
    }

    @Override
    public short getShort(String name) throws SQLException {
        return callable().getShort(name);
    }

    @Override
    public String getString(int index) throws SQLException {
        return callable().getString(index);
    }

    @Override
    public String getString(String name) throws SQLException {
        return callable().getString(name);
    }

    @Override
    public Time getTime(int index) throws SQLException {
        return callable().getTime(index);
    }

    @Override
    public Time getTime(int index, Calendar calendar) throws SQLException {
        return callable().getTime(index, calendar);
    }

    @Override
    public Time getTime(String name) throws SQLException {
        return callable().getTime(name);
    }

    @Override
    public Time getTime(String name, Calendar calendar) throws SQLException {
        return callable().getTime(name, calendar);
    }

    @Override
    public Timestamp getTimestamp(int index) throws SQLException {
        return callable().getTimestamp(index);
    }

    @Override
    public Timestamp getTimestamp(int index, Calendar calendar) throws SQLException {
        return callable().getTimestamp(index, calendar);
    }

    @Override
    public Timestamp getTimestamp(String name) throws SQLException {
        return callable().getTimestamp(name);
    }

    @Override
    public Timestamp getTimestamp(String name, Calendar calendar) throws SQLException {
        return callable().getTimestamp(name, calendar);
    }

    @Override
    public URL getURL(int index) throws SQLException {
        return callable().getURL(index);
    }

    @Override
    public URL getURL(String name) throws SQLException {
        return callable().getURL(name);
    }

    @Override
    public void registerOutParameter(int index, int type) throws SQLException {
        register(h2 -> h2.registerOutParameter(index, type));
    }

    @Override
    public void registerOutParameter(int index, int type, int scale) throws SQLException {
        register(h2 -> h2.registerOutParameter(index, type, scale));
    }

    @Override
    public void registerOutParameter(int index, int type, String typeName) throws SQLException {
        register(h2 -> h2.registerOutParameter(index, type, typeName));
    }

    @Override
    public void registerOutParameter(int index, SQLType type) throws SQLException {
        register(h2 -> h2.registerOutParameter(index, type));
    }

    @Override
    public void registerOutParameter(int index, SQLType type, int scale) throws SQLException {
        register(h2 -> h2.registerOutParameter(index, type, scale));
    }

    @Override
    public void registerOutParameter(int index, SQLType type, String typeName) throws SQLException {
        register(h2 -> h2.registerOutParameter(index, type, typeName));
    }

    @Override
    public void registerOutParameter(String name, int type) throws SQLException {
        register(h2 -> h2.registerOutParameter(name, type));
    }

    @Override
    public void registerOutParameter(String name, int type, int scale) throws SQLException {
        register(h2 -> h2.registerOutParameter(name, type, scale));
    }

    @Override
    public void registerOutParameter(String name, int type, String typeName) throws SQLException {
        register(h2 -> h2.registerOutParameter(name, type, typeName));
    }

    @Override
    public void registerOutParameter(String name, SQLType type) throws SQLException {
        register(h2 -> h2.registerOutParameter(name, type));
    }

    @Override
    public void registerOutParameter(String name, SQLType type, int scale) throws SQLException {
        register(h2 -> h2.registerOutParameter(name, type, scale));
    }

    @Override
    public void registerOutParameter(String name, SQLType type, String typeName) throws SQLException {
        register(h2 -> h2.registerOutParameter(name, type, typeName));
    }

    @Override
    public void setAsciiStream(String name, InputStream value) throws SQLException {
        setAsciiStream(indexOf(name), value);
    }

    @Override
    public void setAsciiStream(String name, InputStream value, int length) throws SQLException {
        setAsciiStream(indexOf(name), value, length);
    }

    @Override
    public void setAsciiStream(String name, InputStream value, long length) throws SQLException {
        setAsciiStream(indexOf(name), value, length);
    }

    @Override
    public void setBigDecimal(String name, BigDecimal value) throws SQLException {
        setBigDecimal(indexOf(name), value);
    }

    @Override
    public void setBinaryStream(String name, InputStream value) throws SQLException {
        setBinaryStream(indexOf(name), value);
    }

    @Override
    public void setBinaryStream(String name, InputStream value, int length) throws SQLException {
        setBinaryStream(indexOf(name), value, length);
    }

    @Override
    public void setBinaryStream(String name, InputStream value, long length) throws SQLException {
        setBinaryStream(indexOf(name), value, length);
    }

    @Override
    public void setBlob(String name, InputStream value) throws SQLException {
        setBlob(indexOf(name), value);
    }

    @Override
    public void setBlob(String name, InputStream value, long length) throws SQLException {
        setBlob(indexOf(name), value, length);
    }

    @Override
    public void setBlob(String name, Blob value) throws SQLException {
        setBlob(indexOf(name), value);
    }

    @Override
    public void setBoolean(String name, boolean value) throws SQLException {
        setBoolean(indexOf(name), value);
    }

    @Override
    public void setByte(String name, byte value) throws SQLException {
        setByte(indexOf(name), value);
    }

    @Override
    public void setBytes(String name, byte[] value) throws SQLException {
        setBytes(indexOf(name), value);
    }

    @Override
    public void setCharacterStream(String name, Reader value) throws SQLException {
        setCharacterStream(indexOf(name), value);
    }

    @Override
    public void setCharacterStream(String name, Reader value, int length) throws SQLException {
        setCharacterStream(indexOf(name), value, length);
    }

    @Override
    public void setCharacterStream(String name, Reader value, long length) throws SQLException {
        setCharacterStream(indexOf(name), value, length);
    }

    @Override
    public void setClob(String name, Reader value) throws SQLException {
        setClob(indexOf(name), value);
    }

    @Override
    public void setClob(String name, Reader value, long length) throws SQLException {
        setClob(indexOf(name), value, length);
    }

    @Override
    public void setClob(String name, Clob value) throws SQLException {
        setClob(indexOf(name), value);
    }

    @Override
    public void setDate(String name, Date value) throws SQLException {
        setDate(indexOf(name), value);
    }

    @Override
    public void setDate(String name, Date value, Calendar calendar) throws SQLException {
        setDate(indexOf(name), value, calendar);
    }

    @Override
    public void setDouble(String name, double value) throws SQLException {
        setDouble(indexOf(name), value);
    }

    @Override
    public void setFloat(String name, float value) throws SQLException {
        setFloat(indexOf(name), value);
    }

    @Override
    public void setInt(String name, int value) throws SQLException {
        setInt(indexOf(name), value);
    }

    @Override
    public void setLong(String name, long value) throws SQLException {
        setLong(indexOf(name), value);
    }

    @Override
    public void setNCharacterStream(String name, Reader value) throws SQLException {
        setNCharacterStream(indexOf(name), value);
    }

    @Override
    public void setNCharacterStream(String name, Reader value, long length) throws SQLException {
        setNCharacterStream(indexOf(name), value, length);
    }

    @Override
    public void setNClob(String name, Reader value) throws SQLException {
        setNClob(indexOf(name), value);
    }

    @Override
    public void setNClob(String name, Reader value, long length) throws SQLException {
        setNClob(indexOf(name), value, length);
    }

    @Override
    public void setNClob(String name, NClob value) throws SQLException {
        setNClob(indexOf(name), value);
    }

    @Override
    public void setNString(String name, String value) throws SQLException {
        setNString(indexOf(name), value);
    }

    @Override
    public void setNull(String name, int type) throws SQLException {
        setNull(indexOf(name), type);
    }

    @Override
    public void setNull(String name, int type, String typeName) throws SQLException {
        setNull(indexOf(name), type, typeName);
    }

    @Override
    public void setObject(String name, Object value) throws SQLException {
        setObject(indexOf(name), value);
    }

    @Override
    public void setObject(String name, Object value, int type) throws SQLException {
        setObject(indexOf(name), value, type);
    }

    @Override
    public void setObject(String name, Object value, int type, int scale) throws SQLException {
        setObject(indexOf(name), value, type, scale);
    }

    @Override
    public void setObject(String name, Object value, SQLType type) throws SQLException {
        setObject(indexOf(name), value, type);
    }

    @Override
    public void setObject(String name, Object value, SQLType type, int scale) throws SQLException {
        setObject(indexOf(name), value, type, scale);
    }

    @Override
    public void setRowId(String name, RowId value) throws SQLException {
        setRowId(indexOf(name), value);
    }

    @Override
    public void setSQLXML(String name, SQLXML value) throws SQLException {
        setSQLXML(indexOf(name), value);
    }

    @Override
    public void setShort(String name, short value) throws SQLException {
        setShort(indexOf(name), value);
    }

    @Override
    public void setString(String name, String value) throws SQLException {
        setString(indexOf(name), value);
    }

    @Override
    public void setTime(String name, Time value) throws SQLException {
        setTime(indexOf(name), value);
    }

    @Override
    public void setTime(String name, Time value, Calendar calendar) throws SQLException {
        setTime(indexOf(name), value, calendar);
    }

    @Override
    public void setTimestamp(String name, Timestamp value) throws SQLException {
        setTimestamp(indexOf(name), value);
    }

    @Override
    public void setTimestamp(String name, Timestamp value, Calendar calendar) throws SQLException {
        setTimestamp(indexOf(name), value, calendar);
    }

    @Override
    public void setURL(String name, URL value) throws SQLException {
        setURL(indexOf(name), value);
    }

    @Override
    public boolean wasNull() throws SQLException {
        return callable().wasNull();
    }
}
