// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.jdbc.internal;

import io.datasetdb.vector.DataType;
import io.datasetdb.vector.DoubleVector;
import io.datasetdb.vector.FloatVector;
import io.datasetdb.vector.IntVector;
import io.datasetdb.vector.LongVector;
import io.datasetdb.vector.Vector;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringReader;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.NClob;
import java.sql.Ref;
import java.sql.SQLException;
import java.sql.SQLXML;
import java.sql.Struct;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.Calendar;
import java.util.Map;
import org.apache.calcite.avatica.util.Cursor;
import org.joou.UByte;
import org.joou.UInteger;
import org.joou.ULong;
import org.joou.UShort;
import org.jspecify.annotations.Nullable;

/** Reads one column at the position of its cursor. Numbers are read straight from the vector's array. */
final class VectorAccessor implements Cursor.Accessor {
    private final BatchCursor cursor;
    private final int ordinal;
    private final String label;
    /** The vector that holds the current value, and where; valid after {@link #locate()} said true. */
    private @Nullable Vector vector;

    private int position;

    VectorAccessor(BatchCursor cursor, int ordinal, String label) {
        this.cursor = cursor;
        this.ordinal = ordinal;
        this.label = label;
    }

    /** Finds the current value; false if it is NULL. */
    private boolean locate() throws SQLException {
        Vector column = cursor.batch().column(ordinal);
        int at = cursor.position();
        boolean isNull = column.isNull(at);
        cursor.wasNull(isNull);
        if (isNull) {
            return false;
        }
        vector = VectorCodec.unwrapped(column);
        position = VectorCodec.unwrapped(column, at);
        return true;
    }

    private Vector vector() {
        return java.util.Objects.requireNonNull(vector, label);
    }

    private DataType type() {
        return vector().type();
    }

    private Object value() {
        return java.util.Objects.requireNonNull(vector().getObject(position), label);
    }

    @Override
    public boolean wasNull() {
        return cursor.wasNull();
    }

    @Override
    public @Nullable String getString() throws SQLException {
        return locate() ? ValueText.of(type(), value()) : null;
    }

    @Override
    public boolean getBoolean() throws SQLException {
        return locate() && Values.bool(type(), value());
    }

    private long integer(long min, long max, String wanted) throws SQLException {
        if (!locate()) {
            return 0;
        }
        DataType.Kind kind = type().kind();
        long result;
        if (kind == DataType.Kind.BIGINT) {
            result = ((LongVector) vector()).values()[position];
        } else if (kind == DataType.Kind.INTEGER) {
            result = ((IntVector) vector()).values()[position];
        } else {
            return Values.integer(type(), value(), min, max, wanted);
        }
        return result >= min && result <= max ? result : Values.integer(type(), value(), min, max, wanted);
    }

    @Override
    public byte getByte() throws SQLException {
        return (byte) integer(Byte.MIN_VALUE, Byte.MAX_VALUE, "byte");
    }

    @Override
    public short getShort() throws SQLException {
        return (short) integer(Short.MIN_VALUE, Short.MAX_VALUE, "short");
    }

    @Override
    public int getInt() throws SQLException {
        return (int) integer(Integer.MIN_VALUE, Integer.MAX_VALUE, "int");
    }

    @Override
    public long getLong() throws SQLException {
        return integer(Long.MIN_VALUE, Long.MAX_VALUE, "long");
    }

    @Override
    public UByte getUByte() throws SQLException {
        return UByte.valueOf(getShort());
    }

    @Override
    public UShort getUShort() throws SQLException {
        return UShort.valueOf(getInt());
    }

    @Override
    public UInteger getUInt() throws SQLException {
        return UInteger.valueOf(getLong());
    }

    @Override
    public ULong getULong() throws SQLException {
        return ULong.valueOf(getLong());
    }

    @Override
    public float getFloat() throws SQLException {
        if (locate() && vector() instanceof FloatVector floats) {
            return floats.values()[position];
        }
        return (float) getDouble();
    }

    @Override
    public double getDouble() throws SQLException {
        if (!locate()) {
            return 0;
        }
        return vector() instanceof DoubleVector doubles ? doubles.values()[position] : Values.real(type(), value());
    }

    @Override
    public @Nullable BigDecimal getBigDecimal() throws SQLException {
        return locate() ? Values.decimal(type(), value()) : null;
    }

    @Override
    public @Nullable BigDecimal getBigDecimal(int scale) throws SQLException {
        BigDecimal value = getBigDecimal();
        return value == null ? null : value.setScale(scale, RoundingMode.HALF_UP);
    }

    @Override
    public byte @Nullable [] getBytes() throws SQLException {
        return locate() ? Values.bytes(type(), value()) : null;
    }

    @Override
    public @Nullable InputStream getAsciiStream() throws SQLException {
        String text = getString();
        return text == null ? null : new ByteArrayInputStream(text.getBytes(StandardCharsets.US_ASCII));
    }

    @Override
    public @Nullable InputStream getUnicodeStream() throws SQLException {
        String text = getString();
        return text == null ? null : new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public @Nullable InputStream getBinaryStream() throws SQLException {
        byte[] bytes = getBytes();
        return bytes == null ? null : new ByteArrayInputStream(bytes);
    }

    @Override
    public @Nullable Reader getCharacterStream() throws SQLException {
        String text = getString();
        return text == null ? null : new StringReader(text);
    }

    @Override
    public @Nullable Object getObject() throws SQLException {
        return locate() ? Values.object(type(), value()) : null;
    }

    @Override
    public @Nullable Object getObject(Map<String, Class<?>> map) throws SQLException {
        return getObject();
    }

    @Override
    public <T> @Nullable T getObject(Class<T> wanted) throws SQLException {
        return locate() ? Values.to(wanted, type(), value()) : null;
    }

    @Override
    public @Nullable Array getArray() throws SQLException {
        return locate() ? Values.array(type(), value()) : null;
    }

    @Override
    public @Nullable Struct getStruct() throws SQLException {
        return locate() ? Values.struct(type(), value()) : null;
    }

    @Override
    public @Nullable Date getDate(@Nullable Calendar calendar) throws SQLException {
        return locate() ? Values.date(type(), value(), calendar) : null;
    }

    @Override
    public @Nullable Time getTime(@Nullable Calendar calendar) throws SQLException {
        return locate() ? Values.time(type(), value(), calendar) : null;
    }

    @Override
    public @Nullable Timestamp getTimestamp(@Nullable Calendar calendar) throws SQLException {
        return locate() ? Values.timestamp(type(), value(), calendar) : null;
    }

    @Override
    public @Nullable URL getURL() throws SQLException {
        String text = getString();
        try {
            return text == null ? null : URI.create(text).toURL();
        } catch (MalformedURLException | IllegalArgumentException e) {
            throw Values.cannot(type(), "URL", text);
        }
    }

    @Override
    public @Nullable String getNString() throws SQLException {
        return getString();
    }

    @Override
    public @Nullable Reader getNCharacterStream() throws SQLException {
        return getCharacterStream();
    }

    @Override
    public @Nullable Blob getBlob() throws SQLException {
        byte[] bytes = getBytes();
        return bytes == null ? null : new javax.sql.rowset.serial.SerialBlob(bytes);
    }

    @Override
    public @Nullable Clob getClob() throws SQLException {
        String text = getString();
        return text == null ? null : new javax.sql.rowset.serial.SerialClob(text.toCharArray());
    }

    @Override
    public NClob getNClob() throws SQLException {
        throw unsupported("NClob");
    }

    @Override
    public Ref getRef() throws SQLException {
        throw unsupported("Ref");
    }

    @Override
    public SQLXML getSQLXML() throws SQLException {
        throw unsupported("SQLXML");
    }

    private SQLException unsupported(String wanted) {
        return Failures.unsupported("Cannot read column " + label + ": the driver has no " + wanted);
    }
}
