// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet.write;

import io.datasetdb.vector.Batch;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import io.datasetdb.vector.Vector;
import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.filter2.compat.FilterCompat;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.api.ReadSupport;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.io.LocalInputFile;

/** Rows as lists of Java values: those of batches, and those that parquet-java's own record reader finds in a file. */
final class StoredRows {
    private StoredRows() {}

    /** The selected rows of a batch; byte arrays become lists, so that rows compare. */
    static void addAll(Batch batch, List<List<Object>> target) {
        for (int i = 0; i < batch.size(); i++) {
            List<Object> row = new ArrayList<>();
            for (Vector column : batch.columns()) {
                row.add(comparable(column.getObject(batch.selection().position(i))));
            }
            target.add(row);
        }
    }

    /** The value with byte arrays inside it as buffers, which compare by content. */
    static Object comparable(Object value) {
        if (value instanceof byte[] bytes) {
            return ByteBuffer.wrap(bytes);
        }
        if (value instanceof List<?> list) {
            List<Object> result = new ArrayList<>();
            list.forEach(element -> result.add(comparable(element)));
            return result;
        }
        if (value instanceof Map<?, ?> map) {
            Map<Object, Object> result = new LinkedHashMap<>();
            map.forEach((key, element) -> result.put(comparable(key), comparable(element)));
            return result;
        }
        return value;
    }

    static List<List<Object>> read(Path file, Schema schema) throws IOException {
        return read(file, schema, FilterCompat.NOOP);
    }

    /** The rows that match, which parquet-java finds with the help of statistics, dictionaries, filters and indexes. */
    static List<List<Object>> read(Path file, Schema schema, FilterCompat.Filter filter) throws IOException {
        List<List<Object>> rows = new ArrayList<>();
        try (ParquetReader<Group> reader = new Reader(new LocalInputFile(file))
                .withFilter(filter)
                .usePageChecksumVerification()
                .build()) {
            for (Group group = reader.read(); group != null; group = reader.read()) {
                rows.add(row(group, schema.fields()));
            }
        }
        return rows;
    }

    private static List<Object> row(Group group, List<Field> fields) {
        List<Object> row = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            row.add(value(group, i, fields.get(i).type()));
        }
        return row;
    }

    private static Object value(Group group, int field, DataType type) {
        if (group.getFieldRepetitionCount(field) == 0) {
            return null;
        }
        return switch (type.kind()) {
            case BOOLEAN -> group.getBoolean(field, 0);
            case TINYINT -> (byte) group.getInteger(field, 0);
            case SMALLINT -> (short) group.getInteger(field, 0);
            case INTEGER -> group.getInteger(field, 0);
            case BIGINT -> group.getLong(field, 0);
            case REAL -> group.getFloat(field, 0);
            case DOUBLE -> group.getDouble(field, 0);
            case DECIMAL -> decimal(group, field, (DataType.Decimal) type);
            case VARCHAR -> group.getBinary(field, 0).toStringUsingUTF8();
            case VARBINARY -> ByteBuffer.wrap(group.getBinary(field, 0).getBytes());
            case DATE -> LocalDate.ofEpochDay(group.getInteger(field, 0));
            case TIME -> LocalTime.ofNanoOfDay(group.getLong(field, 0) * 1000);
            case TIMESTAMP -> LocalDateTime.ofInstant(instant(group, field), ZoneOffset.UTC);
            case TIMESTAMP_LTZ -> instant(group, field);
            case UUID -> {
                ByteBuffer buffer = group.getBinary(field, 0).toByteBuffer();
                yield new UUID(buffer.getLong(), buffer.getLong());
            }
            case ROW -> row(group.getGroup(field, 0), ((DataType.Row) type).fields());
            case ARRAY -> list(group.getGroup(field, 0), ((DataType.Array) type).element());
            case MAP -> map(group.getGroup(field, 0), (DataType.Map) type);
            case INTERVAL_MONTH, INTERVAL_DAY, NULL -> throw new IllegalArgumentException(type.sql());
        };
    }

    private static Instant instant(Group group, int field) {
        return Instant.EPOCH.plus(group.getLong(field, 0), ChronoUnit.MICROS);
    }

    private static BigDecimal decimal(Group group, int field, DataType.Decimal type) {
        BigInteger unscaled = type.isLong()
                ? BigInteger.valueOf(group.getLong(field, 0))
                : new BigInteger(group.getBinary(field, 0).getBytes());
        return new BigDecimal(unscaled, type.scale());
    }

    private static List<Object> list(Group list, DataType element) {
        List<Object> result = new ArrayList<>();
        for (int i = 0; i < list.getFieldRepetitionCount(0); i++) {
            result.add(value(list.getGroup(0, i), 0, element));
        }
        return result;
    }

    private static Map<Object, Object> map(Group map, DataType.Map type) {
        Map<Object, Object> result = new LinkedHashMap<>();
        for (int i = 0; i < map.getFieldRepetitionCount(0); i++) {
            Group entry = map.getGroup(0, i);
            result.put(value(entry, 0, type.key()), value(entry, 1, type.value()));
        }
        return result;
    }

    private static final class Reader extends ParquetReader.Builder<Group> {
        Reader(InputFile file) {
            super(file);
        }

        @Override
        protected ReadSupport<Group> getReadSupport() {
            return new GroupReadSupport();
        }
    }
}
