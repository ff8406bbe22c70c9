// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet.read;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
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
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.api.ReadSupport;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DateLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.EnumLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.Float16LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.JsonLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.ListLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.MapKeyValueTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.MapLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.StringLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimestampLogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.UUIDLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.Type;
import org.jspecify.annotations.Nullable;

/**
 * The reference: reads a file record by record with parquet-java's example model and turns groups into the Java objects
 * that our vectors yield, by an interpretation of the types that shares no code with ours.
 */
final class GroupRows {
    private GroupRows() {}

    static List<List<@Nullable Object>> read(Path file) throws IOException {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        try (ParquetReader<Group> reader = reader(file)) {
            for (Group group = reader.read(); group != null; group = reader.read()) {
                rows.add(fields(group));
            }
        }
        return rows;
    }

    private static ParquetReader<Group> reader(Path file) throws IOException {
        return new ParquetReader.Builder<Group>(new LocalInputFile(file), new PlainParquetConfiguration()) {
            @Override
            protected ReadSupport<Group> getReadSupport() {
                return new GroupReadSupport();
            }
        }.build();
    }

    private static List<@Nullable Object> fields(Group group) {
        List<@Nullable Object> result = new ArrayList<>();
        for (int i = 0; i < group.getType().getFieldCount(); i++) {
            Type type = group.getType().getType(i);
            if (type.isRepetition(Type.Repetition.REPEATED)) {
                result.add(repeated(group, i, type, null));
            } else {
                result.add(group.getFieldRepetitionCount(i) == 0 ? null : value(group, i, 0, type));
            }
        }
        return result;
    }

    /** All values of a repeated field; of each group only one member, if {@code member} says so. */
    private static List<@Nullable Object> repeated(Group group, int field, Type type, @Nullable Integer member) {
        List<@Nullable Object> result = new ArrayList<>();
        for (int i = 0; i < group.getFieldRepetitionCount(field); i++) {
            result.add(
                    member == null
                            ? value(group, field, i, type)
                            : fields(group.getGroup(field, i)).get(member));
        }
        return result;
    }

    private static Object value(Group group, int field, int index, Type type) {
        if (type.isPrimitive()) {
            return primitive(group, field, index, type.asPrimitiveType());
        }
        Group inner = group.getGroup(field, index);
        GroupType innerType = type.asGroupType();
        LogicalTypeAnnotation logical = innerType.getLogicalTypeAnnotation();
        if (logical instanceof ListLogicalTypeAnnotation) {
            Type repeated = innerType.getType(0);
            boolean wrapped = !repeated.isPrimitive()
                    && repeated.asGroupType().getFieldCount() == 1
                    && !repeated.asGroupType().getType(0).isRepetition(Type.Repetition.REPEATED)
                    && repeated.getLogicalTypeAnnotation() == null
                    && !repeated.getName().equals("array")
                    && !repeated.getName().equals(innerType.getName() + "_tuple");
            return repeated(inner, 0, repeated, wrapped ? 0 : null);
        }
        if (logical instanceof MapLogicalTypeAnnotation || logical instanceof MapKeyValueTypeAnnotation) {
            if (innerType.getType(0).asGroupType().getFieldCount() == 1) {
                return repeated(inner, 0, innerType.getType(0), 0);
            }
            Map<@Nullable Object, @Nullable Object> map = new LinkedHashMap<>();
            for (int i = 0; i < inner.getFieldRepetitionCount(0); i++) {
                List<@Nullable Object> entry = fields(inner.getGroup(0, i));
                map.put(entry.get(0), entry.get(1));
            }
            return map;
        }
        return fields(inner);
    }

    private static Object primitive(Group group, int field, int index, PrimitiveType type) {
        LogicalTypeAnnotation logical = type.getLogicalTypeAnnotation();
        return switch (type.getPrimitiveTypeName()) {
            case BOOLEAN -> group.getBoolean(field, index);
            case INT32 -> ofInt(group.getInteger(field, index), logical);
            case INT64 -> ofLong(group.getLong(field, index), logical);
            case FLOAT -> group.getFloat(field, index);
            case DOUBLE -> group.getDouble(field, index);
            case INT96 -> int96(group.getInt96(field, index).getBytes());
            case BINARY, FIXED_LEN_BYTE_ARRAY ->
                ofBytes(group.getBinary(field, index).getBytes(), logical);
        };
    }

    private static Object ofInt(int value, @Nullable LogicalTypeAnnotation logical) {
        if (logical instanceof IntLogicalTypeAnnotation integer) {
            if (!integer.isSigned()) {
                return integer.getBitWidth() == 32 ? (Object) Integer.toUnsignedLong(value) : (Object) value;
            }
            return integer.getBitWidth() == 8
                    ? (Object) (byte) value
                    : integer.getBitWidth() == 16 ? (Object) (short) value : (Object) value;
        }
        if (logical instanceof DecimalLogicalTypeAnnotation decimal) {
            return BigDecimal.valueOf(value, decimal.getScale());
        }
        if (logical instanceof DateLogicalTypeAnnotation) {
            return LocalDate.ofEpochDay(value);
        }
        if (logical instanceof TimeLogicalTypeAnnotation) {
            return LocalTime.ofNanoOfDay(value * 1_000_000L);
        }
        return value;
    }

    private static Object ofLong(long value, @Nullable LogicalTypeAnnotation logical) {
        if (logical instanceof IntLogicalTypeAnnotation integer && !integer.isSigned()) {
            return new BigDecimal(Long.toUnsignedString(value));
        }
        if (logical instanceof DecimalLogicalTypeAnnotation decimal) {
            return BigDecimal.valueOf(value, decimal.getScale());
        }
        if (logical instanceof TimeLogicalTypeAnnotation time) {
            long nanos = time.getUnit() == TimeUnit.NANOS ? value : value * 1000;
            return LocalTime.ofNanoOfDay(nanos).truncatedTo(ChronoUnit.MICROS);
        }
        if (logical instanceof TimestampLogicalTypeAnnotation timestamp) {
            long perSecond = timestamp.getUnit() == TimeUnit.MILLIS
                    ? 1_000
                    : timestamp.getUnit() == TimeUnit.MICROS ? 1_000_000 : 1_000_000_000;
            Instant instant = Instant.ofEpochSecond(
                            Math.floorDiv(value, perSecond),
                            Math.floorMod(value, perSecond) * (1_000_000_000 / perSecond))
                    .truncatedTo(ChronoUnit.MICROS);
            return timestamp.isAdjustedToUTC() ? instant : LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
        }
        return value;
    }

    private static LocalDateTime int96(byte[] bytes) {
        ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
        long nanos = buffer.getLong();
        long micros = (buffer.getInt() - 2_440_588L) * 86_400_000_000L + Math.floorDiv(nanos, 1000L);
        return LocalDateTime.ofEpochSecond(
                Math.floorDiv(micros, 1_000_000L), (int) Math.floorMod(micros, 1_000_000L) * 1000, ZoneOffset.UTC);
    }

    private static Object ofBytes(byte[] bytes, @Nullable LogicalTypeAnnotation logical) {
        if (logical instanceof StringLogicalTypeAnnotation
                || logical instanceof EnumLogicalTypeAnnotation
                || logical instanceof JsonLogicalTypeAnnotation) {
            return new String(bytes, java.nio.charset.StandardCharsets.UTF_8);
        }
        if (logical instanceof DecimalLogicalTypeAnnotation decimal) {
            BigDecimal value = new BigDecimal(new BigInteger(bytes), decimal.getScale());
            return decimal.getPrecision() > 38 ? (Object) value.doubleValue() : (Object) value;
        }
        if (logical instanceof LogicalTypeAnnotation.IntervalLogicalTypeAnnotation) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
            return interval(
                    buffer.getInt() & 0xffffffffL, buffer.getInt() & 0xffffffffL, buffer.getInt() & 0xffffffffL);
        }
        if (logical instanceof UUIDLogicalTypeAnnotation) {
            ByteBuffer buffer = ByteBuffer.wrap(bytes);
            return new UUID(buffer.getLong(), buffer.getLong());
        }
        if (logical instanceof Float16LogicalTypeAnnotation) {
            return float16((bytes[0] & 0xff) | bytes[1] << 8);
        }
        return bytes;
    }

    private static String interval(long months, long days, long millis) {
        String date = (months == 0 ? "" : months + "M") + (days == 0 ? "" : days + "D");
        String seconds = String.format("%d.%03d", millis / 1000, millis % 1000).replaceFirst("\\.?0+$", "");
        return "P" + date + (millis != 0 || date.isEmpty() ? "T" + (millis == 0 ? "0" : seconds) + "S" : "");
    }

    /** By the definition: sign, exponent and fraction as numbers. */
    private static float float16(int half) {
        double sign = (half & 0x8000) == 0 ? 1 : -1;
        int exponent = half >> 10 & 31;
        double fraction = (half & 1023) / 1024.0;
        if (exponent == 31) {
            return fraction == 0 ? (float) (sign * Double.POSITIVE_INFINITY) : Float.NaN;
        }
        return (float)
                (exponent == 0
                        ? sign * fraction * Math.pow(2, -14)
                        : sign * (1 + fraction) * Math.pow(2, exponent - 15));
    }
}
