// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.jdbc.internal;

import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * An ARRAY value. {@link #getArray()} is a Java array of the element's class ({@code Integer[]}, {@code Float[]}, …), arrays of
 * arrays for nested ones, with {@code null} for NULL. Prints as JSON.
 */
final class SqlArray implements Array {
    private final DataType element;
    private final List<?> values;

    SqlArray(DataType element, List<?> values) {
        this.element = element;
        this.values = values;
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
    public Object getArray() throws SQLException {
        return toJava(element, values);
    }

    private static @Nullable Object[] toJava(DataType element, List<?> values) throws SQLException {
        Class<?> component = element instanceof DataType.Array
                ? Object[].class
                : JdbcTypes.facts(element).javaClass();
        @Nullable Object[] result = (Object[]) java.lang.reflect.Array.newInstance(component, values.size());
        for (int i = 0; i < result.length; i++) {
            Object value = values.get(i);
            if (value != null) {
                result[i] = element instanceof DataType.Array nested
                        ? toJava(nested.element(), (List<?>) value)
                        : Values.object(element, value);
            }
        }
        return result;
    }

    @Override
    public Object getArray(Map<String, Class<?>> map) throws SQLException {
        return getArray();
    }

    @Override
    public Object getArray(long index, int count) throws SQLException {
        return toJava(element, part(index, count));
    }

    @Override
    public Object getArray(long index, int count, Map<String, Class<?>> map) throws SQLException {
        return getArray(index, count);
    }

    @Override
    public ResultSet getResultSet() throws SQLException {
        return rows(values, 1);
    }

    @Override
    public ResultSet getResultSet(Map<String, Class<?>> map) throws SQLException {
        return getResultSet();
    }

    @Override
    public ResultSet getResultSet(long index, int count) throws SQLException {
        return rows(part(index, count), index);
    }

    @Override
    public ResultSet getResultSet(long index, int count, Map<String, Class<?>> map) throws SQLException {
        return getResultSet(index, count);
    }

    private ResultSet rows(List<?> elements, long firstIndex) throws SQLException {
        Schema schema = Schema.of(Field.required("INDEX", DataType.BIGINT), Field.of("VALUE", element));
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (Object value : elements) {
            rows.add(Arrays.asList(firstIndex + rows.size(), value));
        }
        return LocalResult.of(schema, rows);
    }

    private List<?> part(long index, int count) throws SQLException {
        if (index < 1 || count < 0 || index - 1 + count > values.size()) {
            throw Failures.of(
                    "Cannot read the ARRAY: it has " + values.size() + " elements (index " + index + ", count " + count
                            + ")",
                    "2202E",
                    null);
        }
        return values.subList((int) index - 1, (int) index - 1 + count);
    }

    @Override
    public void free() {}

    @Override
    public String toString() {
        return JsonText.of(DataType.array(element), values);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof SqlArray that
                && element.equals(that.element)
                && toString().equals(that.toString());
    }

    @Override
    public int hashCode() {
        return toString().hashCode();
    }
}
