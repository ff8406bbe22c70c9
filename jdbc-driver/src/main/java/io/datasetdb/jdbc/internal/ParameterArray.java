// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.jdbc.internal;

import io.datasetdb.vector.DataType;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** An ARRAY that a caller made to give it as a parameter: holds what the caller gave. */
final class ParameterArray implements Array {
    private final DataType element;
    private final @Nullable Object[] elements;

    ParameterArray(DataType element, @Nullable Object[] elements) {
        this.element = element;
        this.elements = elements.clone();
    }

    @Override
    public String getBaseTypeName() {
        return element.sql();
    }

    @Override
    public int getBaseType() {
        return JdbcTypes.facts(element).code();
    }

    @Override
    public Object getArray() {
        return elements.clone();
    }

    @Override
    public Object getArray(Map<String, Class<?>> map) {
        return getArray();
    }

    @Override
    public Object getArray(long index, int count) {
        return Arrays.copyOfRange(elements, (int) index - 1, (int) index - 1 + count);
    }

    @Override
    public Object getArray(long index, int count, Map<String, Class<?>> map) {
        return getArray(index, count);
    }

    @Override
    public ResultSet getResultSet() throws SQLException {
        throw Failures.unsupported("Cannot read a parameter: it is for writing");
    }

    @Override
    public ResultSet getResultSet(Map<String, Class<?>> map) throws SQLException {
        return getResultSet();
    }

    @Override
    public ResultSet getResultSet(long index, int count) throws SQLException {
        return getResultSet();
    }

    @Override
    public ResultSet getResultSet(long index, int count, Map<String, Class<?>> map) throws SQLException {
        return getResultSet();
    }

    @Override
    public void free() {}
}
