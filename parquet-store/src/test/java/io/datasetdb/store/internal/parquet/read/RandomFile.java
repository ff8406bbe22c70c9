// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet.read;

import java.io.IOException;
import java.math.BigInteger;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.NanoTime;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.GroupType;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Type.Repetition;
import org.apache.parquet.schema.Types;
import org.jspecify.annotations.Nullable;

/** Makes files of random types, values and layouts with parquet-java's example writer. */
final class RandomFile {
    private static final CompressionCodecName[] CODECS = {
        CompressionCodecName.UNCOMPRESSED,
        CompressionCodecName.SNAPPY,
        CompressionCodecName.GZIP,
        CompressionCodecName.ZSTD,
        CompressionCodecName.LZ4_RAW
    };

    private final Random random;
    /** Of 100 optional values, how many are NULL. */
    private final int nulls;
    /** Values of one column are drawn from this many. */
    private final int distinct;

    private int names;

    RandomFile(long seed) {
        this.random = new Random(seed);
        this.nulls = new int[] {0, 10, 60, 100}[random.nextInt(4)];
        this.distinct = random.nextBoolean() ? 7 : 100_000;
    }

    /** Writes a file of up to {@code maxRows} rows and says how it is laid out. */
    String write(Path file, int maxRows) throws IOException {
        return write(file, maxRows, random.nextInt(8) == 0 ? 1 + random.nextInt(50) : Integer.MAX_VALUE);
    }

    /** As {@link #write(Path, int)}, in row groups of so many rows. */
    String write(Path file, int maxRows, int groupRows) throws IOException {
        List<Type> columns = new ArrayList<>();
        for (int i = 2 + random.nextInt(5); i > 0; i--) {
            columns.add(type(3));
        }
        MessageType schema = new MessageType("m", columns);
        WriterVersion version = random.nextBoolean() ? WriterVersion.PARQUET_1_0 : WriterVersion.PARQUET_2_0;
        CompressionCodecName codec = CODECS[random.nextInt(CODECS.length)];
        boolean dictionary = random.nextBoolean();
        boolean split = random.nextInt(3) == 0;
        int pageRows = random.nextInt(6) == 0 ? 1 : 1 + random.nextInt(3000);
        try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(new LocalOutputFile(file))
                .withConf(new PlainParquetConfiguration())
                .withType(schema)
                .withWriterVersion(version)
                .withCompressionCodec(codec)
                .withDictionaryEncoding(dictionary)
                .withByteStreamSplitEncoding(split)
                .withDictionaryPageSize(random.nextBoolean() ? 2000 : 1 << 20)
                .withPageRowCountLimit(pageRows)
                .withRowGroupRowCountLimit(groupRows)
                .withRowGroupSize(random.nextBoolean() ? 20_000L : 1L << 27)
                .build()) {
            for (int i = random.nextInt(maxRows); i >= 0; i--) {
                writer.write(group(schema));
            }
        }
        return version + " " + codec + " dictionary=" + dictionary + " split=" + split + " pageRows=" + pageRows
                + " nulls=" + nulls + " " + schema;
    }

    private String name() {
        return "f" + names++;
    }

    private Repetition repetition() {
        return random.nextInt(3) == 0 ? Repetition.REQUIRED : Repetition.OPTIONAL;
    }

    private Type type(int depth) {
        int choice = depth == 0 ? 0 : random.nextInt(12);
        return switch (choice) {
            case 0, 1, 2, 3, 4, 5 -> leaf(repetition());
            case 6 -> new GroupType(repetition(), name(), type(depth - 1), type(depth - 1));
            case 7, 8 -> list(depth);
            case 9 -> map(depth);
            case 10 -> leaf(Repetition.REPEATED);
            default -> new GroupType(Repetition.REPEATED, name(), type(depth - 1));
        };
    }

    /** A map in today's form or in that of old writers; some have keys only, which makes them lists. */
    private Type map(int depth) {
        Type key = Types.required(PrimitiveTypeName.INT64).named("key");
        boolean old = random.nextInt(4) == 0;
        String name = old ? "map" : "key_value";
        GroupType entry = random.nextInt(6) == 0
                ? new GroupType(Repetition.REPEATED, name, key)
                : new GroupType(Repetition.REPEATED, name, key, notRepeated(depth - 1));
        return Types.buildGroup(repetition())
                .as(
                        old
                                ? LogicalTypeAnnotation.MapKeyValueTypeAnnotation.getInstance()
                                : LogicalTypeAnnotation.mapType())
                .addField(entry)
                .named(name());
    }

    /** A list in three levels, or in two as old writers made it. */
    private Type list(int depth) {
        String name = name();
        Type repeated = switch (random.nextInt(8)) {
            case 0, 1 -> leaf(Repetition.REPEATED);
            case 2 -> new GroupType(Repetition.REPEATED, "array", notRepeated(depth - 1));
            case 3 -> new GroupType(Repetition.REPEATED, name + "_tuple", notRepeated(depth - 1));
            case 4 -> new GroupType(Repetition.REPEATED, "element", notRepeated(depth - 1), notRepeated(depth - 1));
            case 5 -> new GroupType(Repetition.REPEATED, "bag", notRepeated(depth - 1));
            default -> new GroupType(Repetition.REPEATED, "list", notRepeated(depth - 1));
        };
        return Types.buildGroup(repetition())
                .as(LogicalTypeAnnotation.listType())
                .addField(repeated)
                .named(name);
    }

    private Type notRepeated(int depth) {
        Type type = type(depth);
        return type.isRepetition(Repetition.REPEATED) ? leaf(repetition()) : type;
    }

    private Type leaf(Repetition repetition) {
        return switch (random.nextInt(38)) {
            case 0 -> leaf(repetition, PrimitiveTypeName.BOOLEAN, null);
            case 1 -> leaf(repetition, PrimitiveTypeName.INT32, null);
            case 2 -> leaf(repetition, PrimitiveTypeName.INT32, LogicalTypeAnnotation.intType(8, true));
            case 3 -> leaf(repetition, PrimitiveTypeName.INT32, LogicalTypeAnnotation.intType(16, false));
            case 4 -> leaf(repetition, PrimitiveTypeName.INT32, LogicalTypeAnnotation.intType(32, false));
            case 5 -> leaf(repetition, PrimitiveTypeName.INT32, LogicalTypeAnnotation.dateType());
            case 6 -> leaf(repetition, PrimitiveTypeName.INT32, LogicalTypeAnnotation.decimalType(2, 9));
            case 7 -> leaf(repetition, PrimitiveTypeName.INT64, null);
            case 8 -> leaf(repetition, PrimitiveTypeName.INT64, LogicalTypeAnnotation.intType(64, false));
            case 9 -> leaf(repetition, PrimitiveTypeName.INT64, LogicalTypeAnnotation.decimalType(3, 18));
            case 10 ->
                leaf(repetition, PrimitiveTypeName.INT64, LogicalTypeAnnotation.timestampType(true, TimeUnit.MICROS));
            case 11 ->
                leaf(repetition, PrimitiveTypeName.INT64, LogicalTypeAnnotation.timestampType(false, TimeUnit.NANOS));
            case 12 -> leaf(repetition, PrimitiveTypeName.FLOAT, null);
            case 13 -> leaf(repetition, PrimitiveTypeName.DOUBLE, null);
            case 14, 15 -> leaf(repetition, PrimitiveTypeName.BINARY, LogicalTypeAnnotation.stringType());
            case 16 -> leaf(repetition, PrimitiveTypeName.BINARY, null);
            case 17 -> leaf(repetition, PrimitiveTypeName.BINARY, LogicalTypeAnnotation.decimalType(2, 30));
            case 18 -> fixed(repetition, 16, LogicalTypeAnnotation.uuidType());
            case 19 -> fixed(repetition, 16, LogicalTypeAnnotation.decimalType(5, 38));
            case 20 -> fixed(repetition, 5, LogicalTypeAnnotation.decimalType(1, 11));
            case 21 -> fixed(repetition, 2, LogicalTypeAnnotation.float16Type());
            case 22 -> leaf(repetition, PrimitiveTypeName.INT32, LogicalTypeAnnotation.intType(8, false));
            case 23 -> leaf(repetition, PrimitiveTypeName.INT32, LogicalTypeAnnotation.intType(16, true));
            case 24 -> leaf(repetition, PrimitiveTypeName.INT32, LogicalTypeAnnotation.timeType(true, TimeUnit.MILLIS));
            case 25 ->
                leaf(repetition, PrimitiveTypeName.INT64, LogicalTypeAnnotation.timeType(false, TimeUnit.MICROS));
            case 26 -> leaf(repetition, PrimitiveTypeName.INT64, LogicalTypeAnnotation.timeType(true, TimeUnit.NANOS));
            case 27 ->
                leaf(repetition, PrimitiveTypeName.INT64, LogicalTypeAnnotation.timestampType(true, TimeUnit.MILLIS));
            case 28 -> leaf(repetition, PrimitiveTypeName.INT96, null);
            case 29 -> leaf(repetition, PrimitiveTypeName.BINARY, LogicalTypeAnnotation.enumType());
            case 30 -> leaf(repetition, PrimitiveTypeName.BINARY, LogicalTypeAnnotation.jsonType());
            case 31 -> leaf(repetition, PrimitiveTypeName.BINARY, LogicalTypeAnnotation.bsonType());
            case 32 -> leaf(repetition, PrimitiveTypeName.BINARY, LogicalTypeAnnotation.decimalType(3, 45));
            case 33 -> leaf(repetition, PrimitiveTypeName.BINARY, LogicalTypeAnnotation.decimalType(0, 12));
            case 34 -> fixed(repetition, 20, LogicalTypeAnnotation.decimalType(7, 47));
            case 35 -> fixed(repetition, 20, LogicalTypeAnnotation.decimalType(7, 30));
            case 36 -> fixed(repetition, 7, null);
            default -> fixed(repetition, 12, LogicalTypeAnnotation.IntervalLogicalTypeAnnotation.getInstance());
        };
    }

    private Type leaf(Repetition repetition, PrimitiveTypeName physical, @Nullable LogicalTypeAnnotation logical) {
        return Types.primitive(physical, repetition).as(logical).named(name());
    }

    private Type fixed(Repetition repetition, int length, @Nullable LogicalTypeAnnotation logical) {
        return Types.primitive(PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY, repetition)
                .length(length)
                .as(logical)
                .named(name());
    }

    private Group group(GroupType type) {
        Group group = new SimpleGroup(type);
        for (int i = 0; i < type.getFieldCount(); i++) {
            Type field = type.getType(i);
            int count = 1;
            if (field.isRepetition(Repetition.REPEATED)) {
                count = random.nextInt(3) == 0 ? 0 : random.nextInt(5);
            } else if (field.isRepetition(Repetition.OPTIONAL) && random.nextInt(100) < nulls) {
                count = 0;
            }
            for (int j = 0; j < count; j++) {
                if (field.isPrimitive()) {
                    add(group, i, field.asPrimitiveType(), random.nextInt(distinct), j);
                } else {
                    group.add(i, group(field.asGroupType()));
                }
            }
        }
        return group;
    }

    private static void add(Group group, int field, PrimitiveType type, int choice, int index) {
        // Map keys must differ within a map; everything else is a function of the choice.
        Random values = new Random(choice * 31L + (type.getName().equals("key") ? index + 1000L * field : 0));
        switch (type.getPrimitiveTypeName()) {
            case BOOLEAN -> group.add(field, values.nextBoolean());
            case INT32 -> group.add(field, integer(type, values.nextInt() >> values.nextInt(31)));
            case INT64 -> group.add(field, number(type, values.nextLong() >> values.nextInt(63)));
            case FLOAT -> group.add(field, values.nextInt(9) == 0 ? Float.NaN : values.nextFloat());
            case DOUBLE -> group.add(field, values.nextInt(9) == 0 ? -0.0 : values.nextGaussian());
            case BINARY -> group.add(field, Binary.fromConstantByteArray(bytes(type, values, values.nextInt(20))));
            case FIXED_LEN_BYTE_ARRAY ->
                group.add(field, Binary.fromConstantByteArray(bytes(type, values, type.getTypeLength())));
            case INT96 -> group.add(field, new NanoTime(2_440_588 + values.nextInt(40_000) - 20_000, nanos(values)));
        }
    }

    private static long nanos(Random values) {
        return Math.floorMod(values.nextLong(), 86_400_000_000_000L);
    }

    private static long number(PrimitiveType type, long value) {
        LogicalTypeAnnotation logical = type.getLogicalTypeAnnotation();
        if (logical instanceof LogicalTypeAnnotation.TimeLogicalTypeAnnotation time) {
            return Math.floorMod(value, time.getUnit() == TimeUnit.NANOS ? 86_400_000_000_000L : 86_400_000_000L);
        }
        boolean millis = logical instanceof LogicalTypeAnnotation.TimestampLogicalTypeAnnotation timestamp
                && timestamp.getUnit() == TimeUnit.MILLIS;
        return millis ? value >> 12 : value;
    }

    private static int integer(PrimitiveType type, int value) {
        if (type.getLogicalTypeAnnotation() instanceof LogicalTypeAnnotation.TimeLogicalTypeAnnotation) {
            return Math.floorMod(value, 86_400_000);
        }
        if (!(type.getLogicalTypeAnnotation() instanceof LogicalTypeAnnotation.IntLogicalTypeAnnotation integer)) {
            return value;
        }
        int shift = Integer.SIZE - integer.getBitWidth();
        return integer.isSigned() ? value << shift >> shift : value << shift >>> shift;
    }

    private static byte[] bytes(PrimitiveType type, Random values, int length) {
        LogicalTypeAnnotation logical = type.getLogicalTypeAnnotation();
        if (logical instanceof LogicalTypeAnnotation.StringLogicalTypeAnnotation
                || logical instanceof LogicalTypeAnnotation.EnumLogicalTypeAnnotation
                || logical instanceof LogicalTypeAnnotation.JsonLogicalTypeAnnotation) {
            return ("päth/" + "x".repeat(length) + values.nextInt(1000))
                    .getBytes(java.nio.charset.StandardCharsets.UTF_8);
        }
        if (logical instanceof LogicalTypeAnnotation.DecimalLogicalTypeAnnotation decimal) {
            return decimal(type, values, length, decimal.getPrecision());
        }
        byte[] result = new byte[length];
        values.nextBytes(result);
        return result;
    }

    /** A number that fits its precision, sometimes with more bytes of sign than it needs. */
    private static byte[] decimal(PrimitiveType type, Random values, int length, int precision) {
        BigInteger limit = BigInteger.TEN.pow(precision);
        BigInteger value = new BigInteger(1 + values.nextInt(160), values).mod(limit);
        byte[] digits = (values.nextBoolean() ? value : value.negate()).toByteArray();
        boolean fixed = type.getPrimitiveTypeName() == PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY;
        byte[] result = new byte[fixed ? length : digits.length + values.nextInt(3)];
        java.util.Arrays.fill(result, (byte) (digits[0] >> 7));
        System.arraycopy(digits, 0, result, result.length - digits.length, digits.length);
        return result;
    }
}
