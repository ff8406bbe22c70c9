// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec;

import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.UUID;

/** A plain table of objects, the input and the expected output of operators in tests. */
record Table(List<DataType> types, List<List<Object>> rows) {
    /** Random rows of few distinct values, about one in six NULL. */
    static Table random(Random random, int count, DataType... types) {
        List<List<Object>> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            List<Object> row = new ArrayList<>();
            for (DataType type : types) {
                row.add(value(type, random));
            }
            rows.add(row);
        }
        return new Table(List.of(types), rows);
    }

    /** The same rows with one more column in front, BIGINT, numbered from 0. */
    Table numbered() {
        List<DataType> newTypes = new ArrayList<>(List.of(DataType.BIGINT));
        newTypes.addAll(types);
        List<List<Object>> newRows = new ArrayList<>();
        for (int i = 0; i < rows.size(); i++) {
            List<Object> row = new ArrayList<>(List.of((long) i));
            row.addAll(rows.get(i));
            newRows.add(row);
        }
        return new Table(newTypes, newRows);
    }

    static Object value(DataType type, Random random) {
        return random.nextInt(6) == 0 ? null : some(type, random, 7);
    }

    static Object some(DataType type, Random random, int domain) {
        int n = random.nextInt(domain) - domain / 2;
        return switch (type.kind()) {
            case BOOLEAN -> n > 0;
            case TINYINT -> (byte) n;
            case SMALLINT -> (short) n;
            case INTEGER -> n;
            case BIGINT -> n * 10_000_000_000L;
            case REAL -> n == 0 ? (random.nextBoolean() ? -0.0f : 0.0f) : n / 2f;
            case DOUBLE -> n == 0 ? (random.nextBoolean() ? -0.0 : 0.0) : n == 3 ? Double.NaN : n / 2.0;
            case DECIMAL -> BigDecimal.valueOf(n * 25L, ((DataType.Decimal) type).scale());
            case VARCHAR -> n == 0 ? "" : "v" + "xyzxyzxyzxyz".substring(0, Math.abs(n) * 2 % 12) + n;
            case VARBINARY -> new byte[] {(byte) n, (byte) (n * 2)};
            case DATE -> LocalDate.of(2024, 1, 31).plusDays(n * 10L);
            case TIME -> java.time.LocalTime.of(12 + n, 30);
            case TIMESTAMP -> LocalDateTime.of(2024, 1, 31, 12, 0).plusHours(n * 7L);
            case TIMESTAMP_LTZ -> java.time.Instant.ofEpochSecond(n * 1000L);
            case UUID -> new UUID(n * 0x4000_0000_0000_0000L, n);
            case INTERVAL_MONTH -> java.time.Period.ofMonths(n);
            case INTERVAL_DAY -> java.time.Duration.ofHours(n);
            case ARRAY -> {
                List<Object> list = new ArrayList<>();
                for (int i = 0; i < Math.floorMod(n, 3); i++) {
                    list.add(value(((DataType.Array) type).element(), random));
                }
                yield list;
            }
            case MAP -> {
                Map<Object, Object> map = new LinkedHashMap<>();
                for (int i = 0; i < Math.floorMod(n, 3); i++) {
                    map.put(some(((DataType.Map) type).key(), random, 4), value(((DataType.Map) type).value(), random));
                }
                yield map;
            }
            case ROW -> {
                List<Object> fields = new ArrayList<>();
                for (Field field : ((DataType.Row) type).fields()) {
                    fields.add(value(field.type(), random));
                }
                yield fields;
            }
            case NULL -> null;
        };
    }

    /** A text that is the same exactly for equal values in SQL's sense, NULLs being equal. */
    static String canonical(Object value) {
        if (value instanceof byte[] bytes) {
            return "bytes" + Arrays.toString(bytes);
        }
        if (value instanceof String text) {
            return "'" + text + "'";
        }
        if (value instanceof Double number) {
            return String.valueOf(number + 0.0);
        }
        if (value instanceof Float number) {
            return String.valueOf(number + 0.0f);
        }
        if (value instanceof List<?> list) {
            return list.stream().map(Table::canonical).toList().toString();
        }
        if (value instanceof Map<?, ?> map) {
            return map.entrySet().stream()
                    .map(entry -> canonical(entry.getKey()) + "=" + canonical(entry.getValue()))
                    .sorted()
                    .toList()
                    .toString();
        }
        return String.valueOf(value);
    }

    /** All rows as texts, sorted. */
    static List<String> canonicalSorted(List<List<Object>> rows) {
        return rows.stream().map(Table::canonical).sorted().toList();
    }

    /** All rows as texts. */
    static List<String> canonicalRows(List<List<Object>> rows) {
        return rows.stream().map(Table::canonical).toList();
    }
}
