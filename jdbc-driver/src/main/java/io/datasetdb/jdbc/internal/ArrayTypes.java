// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.jdbc.internal;

import io.datasetdb.vector.DataType;
import java.sql.Array;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Makes the arrays that callers give as parameters. */
public final class ArrayTypes {
    private ArrayTypes() {}

    /** An ARRAY of elements of this SQL type, e.g. {@code DOUBLE} or {@code VARCHAR ARRAY}. */
    public static Array array(String typeName, @Nullable Object[] elements) throws SQLException {
        return new ParameterArray(element(typeName), elements);
    }

    private static DataType element(String typeName) throws SQLException {
        String name = typeName.trim().toUpperCase(Locale.ROOT);
        if (name.endsWith(" ARRAY")) {
            return DataType.array(element(name.substring(0, name.length() - 6)));
        }
        int bracket = name.indexOf('(');
        return switch (bracket < 0 ? name : name.substring(0, bracket).trim()) {
            case "BOOLEAN" -> DataType.BOOLEAN;
            case "TINYINT" -> DataType.TINYINT;
            case "SMALLINT" -> DataType.SMALLINT;
            case "INTEGER", "INT" -> DataType.INTEGER;
            case "BIGINT" -> DataType.BIGINT;
            case "REAL" -> DataType.REAL;
            case "DOUBLE", "FLOAT" -> DataType.DOUBLE;
            case "DECIMAL", "NUMERIC" -> DataType.decimal(DataType.MAX_DECIMAL_PRECISION, 0);
            case "VARCHAR", "CHAR" -> DataType.VARCHAR;
            case "VARBINARY", "BINARY" -> DataType.VARBINARY;
            case "DATE" -> DataType.DATE;
            case "TIME" -> DataType.TIME;
            case "TIMESTAMP" -> DataType.TIMESTAMP;
            case "TIMESTAMP WITH LOCAL TIME ZONE" -> DataType.TIMESTAMP_LTZ;
            case "UUID" -> DataType.UUID;
            default -> throw Failures.of("Cannot make an ARRAY: there is no type " + typeName, "42704", null);
        };
    }

    /** The values of anything that holds several. */
    static List<@Nullable Object> values(Object value) throws SQLException {
        if (value instanceof Collection<?> collection) {
            return new ArrayList<>(collection);
        }
        Object array = value instanceof Array sql ? sql.getArray() : value;
        List<@Nullable Object> result = new ArrayList<>();
        for (int i = 0; i < java.lang.reflect.Array.getLength(array); i++) {
            result.add(java.lang.reflect.Array.get(array, i));
        }
        return result;
    }
}
