// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.jdbc;

import io.datasetdb.jdbc.internal.BatchCursor;
import io.datasetdb.jdbc.internal.ClientMeta;
import io.datasetdb.jdbc.internal.Failures;
import io.datasetdb.jdbc.internal.JsonRows;
import java.sql.ResultSetMetaData;
import java.sql.SQLException;
import java.util.List;
import java.util.TimeZone;
import java.util.logging.Level;
import java.util.logging.Logger;
import org.apache.calcite.avatica.AvaticaResultSet;
import org.apache.calcite.avatica.AvaticaStatement;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.QueryState;
import org.jspecify.annotations.Nullable;

/** Rows read straight out of batches. What is not a query has run to its end before its result set is handed out. */
final class DatasetDbResultSet extends AvaticaResultSet implements JsonRows {
    private @Nullable BatchCursor batches;

    DatasetDbResultSet(
            AvaticaStatement statement,
            QueryState state,
            Meta.Signature signature,
            ResultSetMetaData metaData,
            TimeZone timeZone,
            Meta.@Nullable Frame firstFrame)
            throws SQLException {
        super(statement, state, signature, metaData, timeZone, firstFrame);
    }

    @Override
    protected AvaticaResultSet execute() throws SQLException {
        ClientMeta meta = meta();
        BatchCursor cursor = new BatchCursor(meta.packets(statement.handle, firstFrame), statement.getLargeMaxRows());
        batches = cursor;
        execute2(cursor, columnMetaDataList);
        if (!cursor.isQuery()) {
            cursor.readAll();
        }
        return this;
    }

    private ClientMeta meta() {
        return ((DatasetDbConnection) statement.connection).clientMeta();
    }

    private BatchCursor batches() {
        return java.util.Objects.requireNonNull(batches, "not executed");
    }

    boolean isQuery() throws SQLException {
        return batches().isQuery();
    }

    /** Rows deposited or changed, -1 for a query. */
    long updateCount() {
        return batches().updateCount();
    }

    @Override
    public boolean next() throws SQLException {
        try {
            return super.next();
        } catch (RuntimeException e) {
            throw Failures.sql(e);
        }
    }

    @Override
    public boolean isClosed() throws SQLException {
        return super.isClosed() || statement.isClosed();
    }

    @Override
    protected void checkOpen() throws SQLException {
        if (isClosed()) {
            throw Failures.of("Cannot read the result: it is closed", "24000", null);
        }
    }

    @Override
    public int findColumn(String columnLabel) throws SQLException {
        checkOpen();
        for (int i = 0; i < columnMetaDataList.size(); i++) {
            if (columnMetaDataList.get(i).label.equalsIgnoreCase(columnLabel)) {
                return i + 1;
            }
        }
        List<String> labels =
                columnMetaDataList.stream().map(column -> column.label).toList();
        throw Failures.of(
                "Cannot find column " + columnLabel + ": the result has " + String.join(", ", labels), "42703", null);
    }

    @Override
    public Object getObject(int columnIndex) throws SQLException {
        checkOpen();
        return accessorList.get(columnIndex - 1).getObject();
    }

    @Override
    public void setFetchSize(int rows) throws SQLException {
        checkOpen();
        super.setFetchSize(StatementCalls.notNegative("fetch size", rows));
    }

    @Override
    public void close() {
        BatchCursor cursor = batches;
        batches = null;
        try {
            if (cursor != null && !cursor.isAtEnd()) {
                meta().cancel(statement.handle);
            }
        } catch (RuntimeException e) {
            Logger.getLogger("io.datasetdb.jdbc").log(Level.FINE, "rows given up; the server is gone", e);
        } finally {
            super.close();
        }
    }
}
