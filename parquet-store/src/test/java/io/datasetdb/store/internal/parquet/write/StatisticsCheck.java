// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet.write;

import static org.assertj.core.api.Assertions.assertThat;

import io.datasetdb.store.ColumnStatistics;
import io.datasetdb.store.DataFile;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Compares the statistics of files with their rows. */
final class StatisticsCheck {
    private StatisticsCheck() {}

    static void check(List<DataFile> files, Schema schema, List<List<Object>> rows, String what) {
        int first = 0;
        for (DataFile file : files) {
            List<List<Object>> stored = rows.subList(first, first + (int) file.rowCount());
            first += (int) file.rowCount();
            for (ColumnStatistics statistics : file.statistics()) {
                check(statistics, schema, stored, what + ", column " + statistics.column());
            }
        }
    }

    private static void check(ColumnStatistics statistics, Schema schema, List<List<Object>> rows, String what) {
        long nulls = 0;
        boolean ordered = true;
        Set<Object> distinct = new HashSet<>();
        List<String> names = statistics.column().names();
        for (List<Object> row : rows) {
            Object value = value(row, schema.fields(), names);
            if (value == null) {
                nulls++;
                continue;
            }
            distinct.add(value);
            ordered &= !value.equals(Double.NaN) && !value.equals(Float.NaN);
        }
        assertThat(statistics.nullCount()).as(what).isEqualTo(nulls);
        DataType type = type(schema.fields(), names);
        if (type.kind() == DataType.Kind.ARRAY
                || type.kind() == DataType.Kind.MAP
                || type.kind() == DataType.Kind.ROW) {
            assertThat(statistics.min()).as(what).isNull();
            return;
        }
        double slack = Math.max(2, distinct.size() * 0.06);
        assertThat((double) statistics.distinctEstimate())
                .as(what)
                .isBetween(distinct.size() - slack, distinct.size() + slack);
        if (distinct.isEmpty() || !ordered) {
            assertThat(statistics.min()).as(what).isNull();
            assertThat(statistics.max()).as(what).isNull();
            return;
        }
        for (Object value : distinct) {
            assertThat(compare(StoredRows.comparable(statistics.min()), value))
                    .as(what)
                    .isLessThanOrEqualTo(0);
            assertThat(compare(StoredRows.comparable(statistics.max()), value))
                    .as(what)
                    .isGreaterThanOrEqualTo(0);
        }
        if (type.kind() != DataType.Kind.VARCHAR
                && type.kind() != DataType.Kind.DOUBLE
                && type.kind() != DataType.Kind.REAL) {
            assertThat(distinct)
                    .as(what)
                    .contains(StoredRows.comparable(statistics.min()), StoredRows.comparable(statistics.max()));
        }
    }

    /** Text and bytes compare as unsigned bytes, a UUID as its 128 bits, signed zeros as equal. */
    @SuppressWarnings("unchecked")
    private static int compare(Object left, Object right) {
        if (left instanceof Float || left instanceof Double) {
            double difference = ((Number) left).doubleValue() - ((Number) right).doubleValue();
            return difference < 0 ? -1 : difference > 0 ? 1 : 0;
        }
        if (left instanceof String || left instanceof ByteBuffer || left instanceof UUID) {
            return Arrays.compareUnsigned(bytes(left), bytes(right));
        }
        return ((Comparable<Object>) left).compareTo(right);
    }

    private static byte[] bytes(Object value) {
        if (value instanceof UUID uuid) {
            return ByteBuffer.allocate(16)
                    .putLong(uuid.getMostSignificantBits())
                    .putLong(uuid.getLeastSignificantBits())
                    .array();
        }
        return value instanceof ByteBuffer buffer ? buffer.array() : ((String) value).getBytes(StandardCharsets.UTF_8);
    }

    private static Object value(List<Object> row, List<Field> fields, List<String> names) {
        Object value = row.get(ordinal(fields, names.get(0)));
        if (names.size() == 1 || value == null) {
            return value;
        }
        @SuppressWarnings("unchecked")
        List<Object> inner = (List<Object>) value;
        return value(inner, inner(fields, names), names.subList(1, names.size()));
    }

    private static DataType type(List<Field> fields, List<String> names) {
        return names.size() == 1
                ? fields.get(ordinal(fields, names.get(0))).type()
                : type(inner(fields, names), names.subList(1, names.size()));
    }

    private static List<Field> inner(List<Field> fields, List<String> names) {
        return ((DataType.Row) fields.get(ordinal(fields, names.get(0))).type()).fields();
    }

    private static int ordinal(List<Field> fields, String name) {
        for (int i = 0; i < fields.size(); i++) {
            if (fields.get(i).name().equals(name)) {
                return i;
            }
        }
        throw new IllegalArgumentException(name);
    }
}
