// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.vector;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Period;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The builders behind {@link VectorBuilder}, one per in-memory form. */
final class Builders {
    private Builders() {}

    static VectorBuilder of(DataType type, int capacity) {
        return switch (type.kind()) {
            case BOOLEAN -> new Booleans(type, capacity);
            case TINYINT, SMALLINT, INTEGER, DATE -> new Ints(type, capacity);
            case BIGINT, TIME, TIMESTAMP, TIMESTAMP_LTZ, INTERVAL_MONTH, INTERVAL_DAY -> new Longs(type, capacity);
            case DECIMAL ->
                ((DataType.Decimal) type).isLong() ? new Longs(type, capacity) : new Int128s(type, capacity);
            case UUID -> new Int128s(type, capacity);
            case REAL -> new Floats(type, capacity);
            case DOUBLE -> new Doubles(type, capacity);
            case VARCHAR, VARBINARY -> new Bytes(type, capacity);
            case ARRAY -> new Lists((DataType.Array) type, capacity);
            case MAP -> new Maps((DataType.Map) type, capacity);
            case ROW -> new Rows((DataType.Row) type, capacity);
            case NULL -> new Nulls(type);
        };
    }

    private static int grown(int capacity) {
        return (int) Math.min(Integer.MAX_VALUE - 8L, Math.max(capacity, capacity * 3L / 2));
    }

    private static int toInt(Object value) {
        return value instanceof LocalDate date ? Math.toIntExact(date.toEpochDay()) : ((Number) value).intValue();
    }

    private static long toLong(DataType type, Object value) {
        if (value instanceof Long number) {
            return number;
        }
        if (value instanceof BigDecimal decimal) {
            int scale = type instanceof DataType.Decimal target ? target.scale() : 0;
            return decimal.setScale(scale).unscaledValue().longValueExact();
        }
        if (value instanceof LocalDateTime time) {
            return Math.addExact(
                    Math.multiplyExact(time.toEpochSecond(ZoneOffset.UTC), 1_000_000L), time.getNano() / 1_000);
        }
        if (value instanceof Instant instant) {
            return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), 1_000_000L), instant.getNano() / 1_000);
        }
        if (value instanceof LocalTime time) {
            return time.toNanoOfDay() / 1_000;
        }
        if (value instanceof Duration duration) {
            return Math.addExact(Math.multiplyExact(duration.getSeconds(), 1_000_000L), duration.getNano() / 1_000);
        }
        if (value instanceof Period period) {
            return period.toTotalMonths();
        }
        return ((Number) value).longValue();
    }

    static final class Booleans extends VectorBuilder {
        private boolean[] values;

        Booleans(DataType type, int capacity) {
            super(type);
            values = new boolean[capacity];
        }

        @Override
        void ensure(int capacity) {
            if (capacity > values.length) {
                values = Arrays.copyOf(values, grown(capacity));
            }
        }

        @Override
        void put(int index, Object value) {
            values[index] = (Boolean) value;
        }

        @Override
        void putNull(int index) {}

        @Override
        void copy(int index, Vector source, int position) {
            values[index] = ((BooleanVector) source).values()[position];
        }

        @Override
        Vector take(int count, long @Nullable [] bits) {
            BooleanVector result = new BooleanVector(type, count, values, bits);
            values = new boolean[count == 0 ? 8 : count];
            return result;
        }
    }

    static final class Ints extends VectorBuilder {
        private int[] values;

        Ints(DataType type, int capacity) {
            super(type);
            values = new int[capacity];
        }

        @Override
        void ensure(int capacity) {
            if (capacity > values.length) {
                values = Arrays.copyOf(values, grown(capacity));
            }
        }

        @Override
        void put(int index, Object value) {
            values[index] = toInt(value);
        }

        @Override
        void putNull(int index) {}

        @Override
        void copy(int index, Vector source, int position) {
            values[index] = ((IntVector) source).values()[position];
        }

        @Override
        Vector take(int count, long @Nullable [] bits) {
            IntVector result = new IntVector(type, count, values, bits);
            values = new int[count == 0 ? 8 : count];
            return result;
        }
    }

    static final class Longs extends VectorBuilder {
        private long[] values;

        Longs(DataType type, int capacity) {
            super(type);
            values = new long[capacity];
        }

        @Override
        void ensure(int capacity) {
            if (capacity > values.length) {
                values = Arrays.copyOf(values, grown(capacity));
            }
        }

        @Override
        void put(int index, Object value) {
            values[index] = toLong(type, value);
        }

        @Override
        void putNull(int index) {}

        @Override
        void copy(int index, Vector source, int position) {
            values[index] = ((LongVector) source).values()[position];
        }

        @Override
        Vector take(int count, long @Nullable [] bits) {
            LongVector result = new LongVector(type, count, values, bits);
            values = new long[count == 0 ? 8 : count];
            return result;
        }
    }

    static final class Floats extends VectorBuilder {
        private float[] values;

        Floats(DataType type, int capacity) {
            super(type);
            values = new float[capacity];
        }

        @Override
        void ensure(int capacity) {
            if (capacity > values.length) {
                values = Arrays.copyOf(values, grown(capacity));
            }
        }

        @Override
        void put(int index, Object value) {
            values[index] = ((Number) value).floatValue();
        }

        @Override
        void putNull(int index) {}

        @Override
        void copy(int index, Vector source, int position) {
            values[index] = ((FloatVector) source).values()[position];
        }

        @Override
        Vector take(int count, long @Nullable [] bits) {
            FloatVector result = new FloatVector(type, count, values, bits);
            values = new float[count == 0 ? 8 : count];
            return result;
        }
    }

    static final class Doubles extends VectorBuilder {
        private double[] values;

        Doubles(DataType type, int capacity) {
            super(type);
            values = new double[capacity];
        }

        @Override
        void ensure(int capacity) {
            if (capacity > values.length) {
                values = Arrays.copyOf(values, grown(capacity));
            }
        }

        @Override
        void put(int index, Object value) {
            values[index] = ((Number) value).doubleValue();
        }

        @Override
        void putNull(int index) {}

        @Override
        void copy(int index, Vector source, int position) {
            values[index] = ((DoubleVector) source).values()[position];
        }

        @Override
        Vector take(int count, long @Nullable [] bits) {
            DoubleVector result = new DoubleVector(type, count, values, bits);
            values = new double[count == 0 ? 8 : count];
            return result;
        }
    }

    static final class Int128s extends VectorBuilder {
        private long[] high;
        private long[] low;

        Int128s(DataType type, int capacity) {
            super(type);
            high = new long[capacity];
            low = new long[capacity];
        }

        @Override
        void ensure(int capacity) {
            if (capacity > high.length) {
                high = Arrays.copyOf(high, grown(capacity));
                low = Arrays.copyOf(low, high.length);
            }
        }

        @Override
        void put(int index, Object value) {
            if (value instanceof UUID uuid) {
                high[index] = uuid.getMostSignificantBits();
                low[index] = uuid.getLeastSignificantBits();
            } else {
                int scale = ((DataType.Decimal) type).scale();
                BigInteger unscaled = ((BigDecimal) value).setScale(scale).unscaledValue();
                high[index] = unscaled.shiftRight(64).longValueExact();
                low[index] = unscaled.longValue();
            }
        }

        @Override
        void putNull(int index) {}

        @Override
        void copy(int index, Vector source, int position) {
            high[index] = ((Int128Vector) source).high()[position];
            low[index] = ((Int128Vector) source).low()[position];
        }

        @Override
        Vector take(int count, long @Nullable [] bits) {
            Int128Vector result = new Int128Vector(type, count, high, low, bits);
            high = new long[Math.max(count, 8)];
            low = new long[high.length];
            return result;
        }
    }

    static final class Bytes extends VectorBuilder {
        private byte[] data = new byte[64];
        private int[] offsets;

        Bytes(DataType type, int capacity) {
            super(type);
            offsets = new int[capacity + 1];
        }

        @Override
        void ensure(int capacity) {
            if (capacity + 1 > offsets.length) {
                offsets = Arrays.copyOf(offsets, grown(capacity + 1));
            }
        }

        @Override
        void put(int index, Object value) {
            byte[] bytes = value instanceof byte[] raw ? raw : Utf8.bytes((String) value);
            add(index, bytes, 0, bytes.length);
        }

        @Override
        void putNull(int index) {
            offsets[index + 1] = offsets[index];
        }

        @Override
        void copy(int index, Vector source, int position) {
            BytesVector vector = (BytesVector) source;
            add(index, vector.data(), vector.offsets()[position], vector.length(position));
        }

        private void add(int index, byte[] bytes, int from, int length) {
            int start = offsets[index];
            int end = Math.addExact(start, length);
            if (end > data.length) {
                data = Arrays.copyOf(data, grown(end));
            }
            System.arraycopy(bytes, from, data, start, length);
            offsets[index + 1] = end;
        }

        @Override
        Vector take(int count, long @Nullable [] bits) {
            BytesVector result = new BytesVector(type, count, data, offsets, bits);
            data = new byte[64];
            offsets = new int[Math.max(count, 8) + 1];
            return result;
        }
    }

    static final class Lists extends VectorBuilder {
        private int[] offsets;
        private final VectorBuilder elements;

        Lists(DataType.Array type, int capacity) {
            super(type);
            offsets = new int[capacity + 1];
            elements = VectorBuilder.of(type.element(), capacity);
        }

        @Override
        void ensure(int capacity) {
            if (capacity + 1 > offsets.length) {
                offsets = Arrays.copyOf(offsets, grown(capacity + 1));
            }
        }

        @Override
        void put(int index, Object value) {
            for (Object element : (Collection<?>) value) {
                elements.append(element);
            }
            offsets[index + 1] = elements.size();
        }

        @Override
        void putNull(int index) {
            offsets[index + 1] = offsets[index];
        }

        @Override
        void copy(int index, Vector source, int position) {
            ListVector vector = (ListVector) source;
            for (int i = vector.offsets()[position]; i < vector.offsets()[position + 1]; i++) {
                elements.append(vector.elements(), i);
            }
            offsets[index + 1] = elements.size();
        }

        @Override
        Vector take(int count, long @Nullable [] bits) {
            ListVector result = new ListVector(type, count, offsets, elements.build(), bits);
            offsets = new int[Math.max(count, 8) + 1];
            return result;
        }
    }

    static final class Maps extends VectorBuilder {
        private int[] offsets;
        private final VectorBuilder keys;
        private final VectorBuilder values;

        Maps(DataType.Map type, int capacity) {
            super(type);
            offsets = new int[capacity + 1];
            keys = VectorBuilder.of(type.key(), capacity);
            values = VectorBuilder.of(type.value(), capacity);
        }

        @Override
        void ensure(int capacity) {
            if (capacity + 1 > offsets.length) {
                offsets = Arrays.copyOf(offsets, grown(capacity + 1));
            }
        }

        @Override
        void put(int index, Object value) {
            for (Map.Entry<?, ?> entry : ((Map<?, ?>) value).entrySet()) {
                keys.append(entry.getKey());
                values.append(entry.getValue());
            }
            offsets[index + 1] = keys.size();
        }

        @Override
        void putNull(int index) {
            offsets[index + 1] = offsets[index];
        }

        @Override
        void copy(int index, Vector source, int position) {
            MapVector vector = (MapVector) source;
            for (int i = vector.offsets()[position]; i < vector.offsets()[position + 1]; i++) {
                keys.append(vector.keys(), i);
                values.append(vector.values(), i);
            }
            offsets[index + 1] = keys.size();
        }

        @Override
        Vector take(int count, long @Nullable [] bits) {
            MapVector result = new MapVector(type, count, offsets, keys.build(), values.build(), bits);
            offsets = new int[Math.max(count, 8) + 1];
            return result;
        }
    }

    static final class Rows extends VectorBuilder {
        private final List<VectorBuilder> fields = new ArrayList<>();

        Rows(DataType.Row type, int capacity) {
            super(type);
            for (Field field : type.fields()) {
                fields.add(VectorBuilder.of(field.type(), capacity));
            }
        }

        @Override
        void ensure(int capacity) {}

        @Override
        void put(int index, Object value) {
            List<?> row = (List<?>) value;
            for (int i = 0; i < fields.size(); i++) {
                fields.get(i).append(row.get(i));
            }
        }

        @Override
        void putNull(int index) {
            fields.forEach(VectorBuilder::appendNull);
        }

        @Override
        void copy(int index, Vector source, int position) {
            for (int i = 0; i < fields.size(); i++) {
                fields.get(i).append(((RowVector) source).field(i), position);
            }
        }

        @Override
        Vector take(int count, long @Nullable [] bits) {
            return new RowVector(
                    type, count, fields.stream().map(VectorBuilder::build).toList(), bits);
        }
    }

    static final class Nulls extends VectorBuilder {
        Nulls(DataType type) {
            super(type);
        }

        @Override
        void ensure(int capacity) {}

        @Override
        void put(int index, Object value) {
            throw new IllegalArgumentException("a value where only NULL can be: " + value);
        }

        @Override
        void putNull(int index) {}

        @Override
        void copy(int index, Vector source, int position) {
            throw new IllegalArgumentException("a value where only NULL can be");
        }

        @Override
        Vector take(int count, long @Nullable [] bits) {
            return ConstantVector.ofNull(type, count);
        }
    }
}
