// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet.write;

import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.sql.Array;
import java.sql.Blob;
import java.sql.Connection;
import java.sql.Date;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.sql.Struct;
import java.sql.Time;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The rows that DuckDB finds in files, as Java values of our types. */
final class DuckRows {
    private DuckRows() {}

    static List<List<Object>> read(List<Path> files, Schema schema) throws SQLException {
        StringBuilder list = new StringBuilder();
        for (Path file : files) {
            list.append(list.isEmpty() ? "'" : ", '").append(file).append("'");
        }
        return query("SELECT * FROM read_parquet([" + list + "])", schema);
    }

    static List<List<Object>> query(String sql, Schema schema) throws SQLException {
        List<List<Object>> rows = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection("jdbc:duckdb:");
                Statement statement = connection.createStatement()) {
            statement.execute("SET TimeZone = 'UTC'");
            try (ResultSet result = statement.executeQuery(sql)) {
                while (result.next()) {
                    List<Object> row = new ArrayList<>();
                    for (int i = 0; i < schema.size(); i++) {
                        row.add(value(result.getObject(i + 1), schema.field(i).type()));
                    }
                    rows.add(row);
                }
            }
        }
        return rows;
    }

    private static Object value(Object value, DataType type) throws SQLException {
        if (value == null) {
            return null;
        }
        return switch (type.kind()) {
            case BOOLEAN, TINYINT, SMALLINT, INTEGER, BIGINT, REAL, DOUBLE, VARCHAR, UUID -> value;
            case DECIMAL -> ((BigDecimal) value).setScale(((DataType.Decimal) type).scale());
            case VARBINARY ->
                value instanceof Blob blob
                        ? ByteBuffer.wrap(blob.getBytes(1, (int) blob.length()))
                        : ByteBuffer.wrap((byte[]) value);
            case DATE -> value instanceof Date date ? date.toLocalDate() : value;
            case TIME -> value instanceof Time time ? time.toLocalTime() : value;
            case TIMESTAMP -> value instanceof Timestamp timestamp ? timestamp.toLocalDateTime() : value;
            case TIMESTAMP_LTZ -> instant(value);
            case ROW -> row((Struct) value, ((DataType.Row) type).fields());
            case ARRAY -> {
                List<Object> result = new ArrayList<>();
                for (Object element : (Object[]) ((Array) value).getArray()) {
                    result.add(value(element, ((DataType.Array) type).element()));
                }
                yield result;
            }
            case MAP -> {
                Map<Object, Object> result = new LinkedHashMap<>();
                for (Map.Entry<?, ?> entry : ((Map<?, ?>) value).entrySet()) {
                    result.put(
                            value(entry.getKey(), ((DataType.Map) type).key()),
                            value(entry.getValue(), ((DataType.Map) type).value()));
                }
                yield result;
            }
            case INTERVAL_MONTH, INTERVAL_DAY, NULL -> throw new IllegalArgumentException(type.sql());
        };
    }

    private static Instant instant(Object value) {
        return value instanceof OffsetDateTime time ? time.toInstant() : ((Timestamp) value).toInstant();
    }

    private static List<Object> row(Struct struct, List<Field> fields) throws SQLException {
        List<Object> result = new ArrayList<>();
        Object[] attributes = struct.getAttributes();
        for (int i = 0; i < fields.size(); i++) {
            result.add(value(attributes[i], fields.get(i).type()));
        }
        return result;
    }
}
