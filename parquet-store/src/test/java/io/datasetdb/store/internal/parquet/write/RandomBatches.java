// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet.write;

import io.datasetdb.vector.Batch;
import io.datasetdb.vector.ConstantVector;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.DictionaryVector;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.ListVector;
import io.datasetdb.vector.MapVector;
import io.datasetdb.vector.RowVector;
import io.datasetdb.vector.Schema;
import io.datasetdb.vector.Selection;
import io.datasetdb.vector.Validity;
import io.datasetdb.vector.Vector;
import io.datasetdb.vector.VectorBuilder;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.UUID;

/** Schemas and batches of any shape, made from a seed. */
public final class RandomBatches {
    /** Every type with a stored form, without those made of others. */
    static final List<DataType> LEAVES = List.of(
            DataType.BOOLEAN,
            DataType.TINYINT,
            DataType.SMALLINT,
            DataType.INTEGER,
            DataType.BIGINT,
            DataType.REAL,
            DataType.DOUBLE,
            DataType.decimal(4, 2),
            DataType.decimal(18, 6),
            DataType.decimal(38, 10),
            DataType.VARCHAR,
            DataType.VARBINARY,
            DataType.DATE,
            DataType.TIME,
            DataType.TIMESTAMP,
            DataType.TIMESTAMP_LTZ,
            DataType.UUID);

    private static final List<DataType> KEYS =
            List.of(DataType.VARCHAR, DataType.INTEGER, DataType.BIGINT, DataType.DATE);

    private final Random random;
    private int sequence;

    public RandomBatches(long seed) {
        this.random = new Random(seed);
    }

    /** Some columns of any type, nested up to {@code depth} times. */
    public Schema schema(int columns, int depth) {
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < columns; i++) {
            fields.add(new Field("c" + i, type(depth), random.nextInt(4) > 0));
        }
        return new Schema(fields);
    }

    private DataType type(int depth) {
        int choice = depth == 0 ? 3 : random.nextInt(6);
        return switch (choice) {
            case 0 -> {
                List<Field> fields = new ArrayList<>();
                for (int i = 0; i <= random.nextInt(3); i++) {
                    fields.add(new Field("f" + i, type(depth - 1), random.nextInt(4) > 0));
                }
                yield DataType.row(fields);
            }
            case 1 -> DataType.array(type(depth - 1));
            case 2 -> DataType.map(KEYS.get(random.nextInt(KEYS.size())), type(depth - 1));
            default -> LEAVES.get(random.nextInt(LEAVES.size()));
        };
    }

    /** A batch, sometimes with a selection. */
    public Batch batch(Schema schema, int rows) {
        List<Vector> columns = new ArrayList<>();
        for (Field field : schema.fields()) {
            columns.add(vector(field.type(), rows, field.nullable()));
        }
        Batch all = Batch.of(columns, rows);
        if (random.nextInt(3) > 0) {
            return all;
        }
        int[] positions = new int[rows];
        int count = 0;
        for (int i = 0; i < rows; i++) {
            if (random.nextBoolean()) {
                positions[count++] = i;
            }
        }
        return all.select(Selection.of(positions, count));
    }

    /** A vector of any form, sometimes wrapped. */
    Vector vector(DataType type, int size, boolean nullable) {
        int wrapper = random.nextInt(8);
        if (wrapper == 0 && size > 0) {
            Vector dictionary = values(type, 1 + random.nextInt(5), false);
            int[] ids = random.ints(size, 0, dictionary.size()).toArray();
            return new DictionaryVector(size, ids, dictionary, nullable ? validity(size) : null);
        }
        if (wrapper == 1) {
            return nullable && random.nextBoolean()
                    ? ConstantVector.ofNull(random.nextBoolean() ? type : DataType.NULL, size)
                    : ConstantVector.of(values(type, 1, false), size);
        }
        return values(type, size, nullable);
    }

    private Vector values(DataType type, int size, boolean nullable) {
        long[] validity = nullable && random.nextInt(4) > 0 ? validity(size) : null;
        return switch (type.kind()) {
            case ROW -> row((DataType.Row) type, size, validity);
            case ARRAY -> {
                int[] offsets = offsets(size, validity);
                yield new ListVector(
                        type, size, offsets, vector(((DataType.Array) type).element(), offsets[size], true), validity);
            }
            case MAP -> {
                int[] offsets = offsets(size, validity);
                DataType.Map map = (DataType.Map) type;
                yield new MapVector(
                        type,
                        size,
                        offsets,
                        keys(map.key(), offsets[size]),
                        vector(map.value(), offsets[size], true),
                        validity);
            }
            case BOOLEAN,
                    TINYINT,
                    SMALLINT,
                    INTEGER,
                    BIGINT,
                    REAL,
                    DOUBLE,
                    DECIMAL,
                    VARCHAR,
                    VARBINARY,
                    DATE,
                    TIME,
                    TIMESTAMP,
                    TIMESTAMP_LTZ,
                    UUID,
                    INTERVAL_MONTH,
                    INTERVAL_DAY,
                    NULL -> leaf(type, size, validity);
        };
    }

    private Vector row(DataType.Row type, int size, long[] validity) {
        int[] positions = new int[size];
        for (int i = 0; i < size; i++) {
            positions[i] = Validity.isValid(validity, i) ? i : -1;
        }
        List<Vector> fields = new ArrayList<>();
        for (Field field : type.fields()) {
            Vector values = vector(field.type(), size, field.nullable());
            fields.add(validity == null ? values : values.gather(positions, size));
        }
        return new RowVector(type, size, fields, validity);
    }

    private Vector leaf(DataType type, int size, long[] validity) {
        VectorBuilder builder = VectorBuilder.of(type, size);
        int distinct = random.nextInt(3) == 0 ? 3 : Integer.MAX_VALUE;
        List<Object> pool = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            if (pool.size() < distinct) {
                pool.add(value(type));
            }
            Object value = pool.get(distinct == 3 ? random.nextInt(pool.size()) : i);
            builder.append(Validity.isValid(validity, i) ? value : null);
        }
        return builder.build();
    }

    private Vector keys(DataType type, int size) {
        VectorBuilder builder = VectorBuilder.of(type, size);
        for (int i = 0; i < size; i++) {
            int key = sequence++;
            builder.append(
                    switch (type.kind()) {
                        case VARCHAR -> "key " + key;
                        case INTEGER -> key;
                        case BIGINT -> (long) key << 20;
                        default -> LocalDate.ofEpochDay(key);
                    });
        }
        return builder.build();
    }

    private int[] offsets(int size, long[] validity) {
        int[] offsets = new int[size + 1];
        for (int i = 0; i < size; i++) {
            int length = random.nextInt(3) == 0 ? 0 : random.nextInt(5);
            offsets[i + 1] = offsets[i] + (Validity.isValid(validity, i) ? length : 0);
        }
        return offsets;
    }

    /** All NULL, none, some, or in runs. */
    private long[] validity(int size) {
        long[] bits = Validity.allNull(size);
        int pattern = random.nextInt(4);
        boolean valid = true;
        for (int i = 0; i < size; i++) {
            valid = switch (pattern) {
                case 0 -> false;
                case 1 -> true;
                case 2 -> random.nextInt(3) > 0;
                default -> random.nextInt(40) == 0 ? !valid : valid;
            };
            if (valid) {
                Validity.setValid(bits, i);
            }
        }
        return bits;
    }

    Object value(DataType type) {
        return switch (type.kind()) {
            case BOOLEAN -> random.nextBoolean();
            case TINYINT -> (byte) random.nextInt();
            case SMALLINT -> (short) random.nextInt();
            case INTEGER -> random.nextInt(4) == 0 ? edge() : random.nextInt(1000);
            case BIGINT -> random.nextBoolean() ? random.nextLong() : (long) edge();
            case REAL -> floats();
            case DOUBLE -> (double) floats() * random.nextDouble();
            case DECIMAL -> decimal((DataType.Decimal) type);
            case VARCHAR -> text();
            case VARBINARY -> bytes();
            case DATE -> LocalDate.ofEpochDay(random.nextInt(200_000) - 100_000);
            case TIME ->
                LocalTime.ofNanoOfDay(random.nextInt(86_400) * 1_000_000_000L + random.nextInt(1_000_000) * 1_000L);
            case TIMESTAMP -> LocalDateTime.ofEpochSecond(seconds(), random.nextInt(1_000_000) * 1000, ZoneOffset.UTC);
            case TIMESTAMP_LTZ -> Instant.ofEpochSecond(seconds(), random.nextInt(1_000_000) * 1000L);
            case UUID -> new UUID(random.nextLong(), random.nextLong());
            case INTERVAL_MONTH, INTERVAL_DAY, ARRAY, MAP, ROW, NULL -> throw new IllegalArgumentException(type.sql());
        };
    }

    private int edge() {
        int[] edges = {0, 1, -1, Integer.MAX_VALUE, Integer.MIN_VALUE};
        return edges[random.nextInt(edges.length)];
    }

    private long seconds() {
        return random.nextInt() * 2L;
    }

    private float floats() {
        float[] edges = {0.0f, -0.0f, Float.NaN, Float.POSITIVE_INFINITY, Float.NEGATIVE_INFINITY, Float.MIN_VALUE};
        return random.nextInt(20) == 0 ? edges[random.nextInt(edges.length)] : random.nextFloat() * 1000 - 500;
    }

    private BigDecimal decimal(DataType.Decimal type) {
        BigInteger limit = BigInteger.TEN.pow(type.precision()).subtract(BigInteger.ONE);
        BigInteger unscaled =
                random.nextInt(10) == 0 ? limit : new BigInteger(limit.bitLength() - 1, random).mod(limit);
        return new BigDecimal(random.nextBoolean() ? unscaled : unscaled.negate(), type.scale());
    }

    private String text() {
        StringBuilder result = new StringBuilder(random.nextBoolean() ? "a common prefix/" : "");
        for (int i = random.nextInt(random.nextInt(20) == 0 ? 200 : 10); i > 0; i--) {
            result.appendCodePoint(
                    switch (random.nextInt(10)) {
                        case 0 -> 0xE4;
                        case 1 -> 0x1F600 + random.nextInt(50);
                        default -> 'a' + random.nextInt(26);
                    });
        }
        return result.toString();
    }

    private byte[] bytes() {
        byte[] result = new byte[random.nextInt(12)];
        random.nextBytes(result);
        return result;
    }
}
