// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.jdbc;

import io.datasetdb.jdbc.internal.Failures;
import io.datasetdb.jdbc.internal.Parameters;
import java.io.IOException;
import java.io.InputStream;
import java.io.Reader;
import java.io.StringWriter;
import java.net.URL;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Clob;
import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.SQLType;
import java.sql.Time;
import java.sql.Timestamp;
import java.util.Calendar;
import java.util.List;
import org.apache.calcite.avatica.AvaticaParameter;
import org.apache.calcite.avatica.AvaticaPreparedStatement;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.remote.TypedValue;
import org.jspecify.annotations.Nullable;

/** A prepared statement: Avatica's, with all of JDBC 4.2's parameter types; see {@link DatasetDbStatement} for the rest. */
final class DatasetDbPreparedStatement extends AvaticaPreparedStatement {
    private final StatementCalls calls;

    DatasetDbPreparedStatement(
            DatasetDbConnection connection,
            Meta.StatementHandle handle,
            Meta.Signature signature,
            int resultSetType,
            int resultSetConcurrency,
            int resultSetHoldability)
            throws SQLException {
        super(connection, handle, signature, resultSetType, resultSetConcurrency, resultSetHoldability);
        this.calls = new StatementCalls(this, connection);
    }

    // Execution

    private void checkParameters() throws SQLException {
        checkOpen();
        for (int i = 0; i < slots.length; i++) {
            if (slots[i] == null) {
                throw Failures.of("Cannot execute the statement: parameter " + (i + 1) + " is not set", "07001", null);
            }
        }
    }

    @Override
    public ResultSet executeQuery() throws SQLException {
        checkParameters();
        ResultSet result = calls.execute(this::executeBase);
        calls.executed(openResultSet);
        return result;
    }

    private ResultSet executeBase() throws SQLException {
        return super.executeQuery();
    }

    @Override
    public boolean execute() throws SQLException {
        executeQuery();
        return true;
    }

    @Override
    public long executeLargeUpdate() throws SQLException {
        executeQuery();
        long count = calls.changes(openResultSet);
        openResultSet = null;
        return count;
    }

    @Override
    public void addBatch() throws SQLException {
        checkParameters();
        super.addBatch();
    }

    @Override
    public long[] executeLargeBatch() throws SQLException {
        checkOpen();
        List<List<TypedValue>> rows = List.copyOf(parameterValueBatch);
        parameterValueBatch.clear();
        return calls.batch(rows.size(), i -> {
            rows.get(i).toArray(slots);
            return executeLargeUpdate();
        });
    }

    // As DatasetDbStatement

    @Override
    protected void checkOpen() throws SQLException {
        calls.checkOpen();
    }

    @Override
    public long getLargeUpdateCount() throws SQLException {
        return calls.updateCount();
    }

    @Override
    public int getUpdateCount() throws SQLException {
        return calls.smallUpdateCount();
    }

    @Override
    public boolean getMoreResults(int current) throws SQLException {
        calls.more(openResultSet, current);
        openResultSet = null;
        return false;
    }

    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized")
    public void cancel() throws SQLException {
        calls.cancel();
    }

    @Override
    @SuppressWarnings("UnsynchronizedOverridesSynchronized")
    public void close() throws SQLException {
        calls.close(this::closeBase);
    }

    @Override
    public boolean isClosed() throws SQLException {
        return super.isClosed() || calls.isConnectionClosed();
    }

    private void closeBase() throws SQLException {
        super.close();
    }

    @Override
    public ResultSet getGeneratedKeys() throws SQLException {
        return calls.noKeys();
    }

    @Override
    public void setEscapeProcessing(boolean enable) throws SQLException {
        checkOpen();
    }

    @Override
    public void setMaxFieldSize(int max) throws SQLException {
        checkOpen();
        StatementCalls.notNegative("maximum field size", max);
    }

    @Override
    public void setLargeMaxRows(long max) throws SQLException {
        super.setLargeMaxRows(StatementCalls.notNegative("maximum number of rows", max));
    }

    @Override
    public void setFetchSize(int rows) throws SQLException {
        super.setFetchSize(StatementCalls.notNegative("fetch size", rows));
    }

    @Override
    public void setQueryTimeout(int seconds) throws SQLException {
        super.setQueryTimeout(StatementCalls.notNegative("query timeout", seconds));
    }

    @Override
    public void setPoolable(boolean poolable) throws SQLException {
        checkOpen();
    }

    @Override
    public void setCursorName(String name) throws SQLException {
        checkOpen();
    }

    // Parameters

    private void set(int index, @Nullable Object value, @Nullable Calendar calendar) throws SQLException {
        checkOpen();
        if (index < 1 || index > slots.length) {
            throw Failures.of("Cannot set parameter " + index + ": the statement has " + slots.length, "07009", null);
        }
        slots[index - 1] = Parameters.of(value, getParameterType(index), calendar);
    }

    /** Every setter, and the description of the parameters, asks here first. */
    @Override
    protected AvaticaParameter getParameter(int index) throws SQLException {
        if (index < 1 || index > getParameterCount()) {
            throw Failures.of(
                    "Cannot find parameter " + index + ": the statement has " + getParameterCount(), "07009", null);
        }
        return super.getParameter(index);
    }

    @Override
    public void setNull(int index, int sqlType) throws SQLException {
        set(index, null, null);
    }

    @Override
    public void setNull(int index, int sqlType, String typeName) throws SQLException {
        set(index, null, null);
    }

    @Override
    public void setObject(int index, @Nullable Object value) throws SQLException {
        set(index, value, null);
    }

    @Override
    public void setObject(int index, @Nullable Object value, int targetSqlType) throws SQLException {
        set(index, value, null);
    }

    @Override
    public void setObject(int index, @Nullable Object value, int targetSqlType, int scaleOrLength) throws SQLException {
        set(index, value, null);
    }

    @Override
    public void setObject(int index, @Nullable Object value, SQLType targetSqlType) throws SQLException {
        set(index, value, null);
    }

    @Override
    public void setObject(int index, @Nullable Object value, SQLType targetSqlType, int scaleOrLength)
            throws SQLException {
        set(index, value, null);
    }

    @Override
    public void setDate(int index, @Nullable Date value) throws SQLException {
        set(index, value, null);
    }

    @Override
    public void setDate(int index, @Nullable Date value, @Nullable Calendar calendar) throws SQLException {
        set(index, value, calendar);
    }

    @Override
    public void setTime(int index, @Nullable Time value) throws SQLException {
        set(index, value, null);
    }

    @Override
    public void setTime(int index, @Nullable Time value, @Nullable Calendar calendar) throws SQLException {
        set(index, value, calendar);
    }

    @Override
    public void setTimestamp(int index, @Nullable Timestamp value) throws SQLException {
        set(index, value, null);
    }

    @Override
    public void setTimestamp(int index, @Nullable Timestamp value, @Nullable Calendar calendar) throws SQLException {
        set(index, value, calendar);
    }

    @Override
    public void setArray(int index, @Nullable Array value) throws SQLException {
        set(index, value, null);
    }

    @Override
    public void setBlob(int index, @Nullable Blob value) throws SQLException {
        set(index, value, null);
    }

    @Override
    public void setClob(int index, @Nullable Clob value) throws SQLException {
        set(index, value, null);
    }

    @Override
    public void setURL(int index, @Nullable URL value) throws SQLException {
        set(index, value, null);
    }

    // Streams: parameters travel whole, so they are read here

    private void setBytes(int index, @Nullable InputStream stream, long length) throws SQLException {
        try {
            set(
                    index,
                    stream == null
                            ? null
                            : length < 0 ? stream.readAllBytes() : stream.readNBytes(Math.toIntExact(length)),
                    null);
        } catch (IOException e) {
            throw Failures.of("Cannot set parameter " + index + ": its stream failed", "22000", e);
        }
    }

    private void setText(int index, @Nullable Reader reader, long length) throws SQLException {
        if (reader == null) {
            set(index, null, null);
            return;
        }
        try {
            StringWriter text = new StringWriter();
            reader.transferTo(text);
            String all = text.toString();
            set(index, length < 0 || length > all.length() ? all : all.substring(0, (int) length), null);
        } catch (IOException e) {
            throw Failures.of("Cannot set parameter " + index + ": its stream failed", "22000", e);
        }
    }

    @Override
    public void setBinaryStream(int index, @Nullable InputStream stream, int length) throws SQLException {
        setBytes(index, stream, length);
    }

    @Override
    public void setBinaryStream(int index, @Nullable InputStream stream, long length) throws SQLException {
        setBytes(index, stream, length);
    }

    @Override
    public void setBinaryStream(int index, @Nullable InputStream stream) throws SQLException {
        setBytes(index, stream, -1);
    }

    @Override
    public void setBlob(int index, @Nullable InputStream stream) throws SQLException {
        setBytes(index, stream, -1);
    }

    @Override
    public void setBlob(int index, @Nullable InputStream stream, long length) throws SQLException {
        setBytes(index, stream, length);
    }

    @Override
    public void setCharacterStream(int index, @Nullable Reader reader, int length) throws SQLException {
        setText(index, reader, length);
    }

    @Override
    public void setCharacterStream(int index, @Nullable Reader reader, long length) throws SQLException {
        setText(index, reader, length);
    }

    @Override
    public void setCharacterStream(int index, @Nullable Reader reader) throws SQLException {
        setText(index, reader, -1);
    }

    @Override
    public void setNCharacterStream(int index, @Nullable Reader reader) throws SQLException {
        setText(index, reader, -1);
    }

    @Override
    public void setNCharacterStream(int index, @Nullable Reader reader, long length) throws SQLException {
        setText(index, reader, length);
    }

    @Override
    public void setClob(int index, @Nullable Reader reader) throws SQLException {
        setText(index, reader, -1);
    }

    @Override
    public void setClob(int index, @Nullable Reader reader, long length) throws SQLException {
        setText(index, reader, length);
    }
}
