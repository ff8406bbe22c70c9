// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet.read;

import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.parquet.column.ParquetProperties.WriterVersion;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
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
        List<Type> columns = new ArrayList<>();
        for (int i = 2 + random.nextInt(5); i > 0; i--) {
            columns.add(type(3));
        }
        MessageType schema = new MessageType("m", columns);
        WriterVersion version = random.nextBoolean() ? WriterVersion.PARQUET_1_0 : WriterVersion.PARQUET_2_0;
        CompressionCodecName codec = CODECS[random.nextInt(CODECS.length)];
        boolean dictionary = random.nextBoolean();
        boolean split = random.nextInt(3) == 0;
        int pageRows = 1 + random.nextInt(3000);
        try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(new LocalOutputFile(file))
                .withConf(new PlainParquetConfiguration())
                .withType(schema)
                .withWriterVersion(version)
                .withCompressionCodec(codec)
                .withDictionaryEncoding(dictionary)
                .withByteStreamSplitEncoding(split)
                .withDictionaryPageSize(random.nextBoolean() ? 2000 : 1 << 20)
                .withPageRowCountLimit(pageRows)
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
            case 9 ->
                Types.buildGroup(repetition())
                        .as(LogicalTypeAnnotation.mapType())
                        .addField(new GroupType(
                                Repetition.REPEATED,
                                "key_value",
                                Types.required(PrimitiveTypeName.INT64).named("key"),
                                type(depth - 1)))
                        .named(name());
            case 10 -> leaf(Repetition.REPEATED);
            default -> new GroupType(Repetition.REPEATED, name(), type(depth - 1));
        };
    }

    /** A list in three levels, or in two as old writers made it. */
    private Type list(int depth) {
        Type repeated = random.nextInt(4) == 0
                ? leaf(Repetition.REPEATED)
                : new GroupType(Repetition.REPEATED, "list", notRepeated(depth - 1));
        return Types.buildGroup(repetition())
                .as(LogicalTypeAnnotation.listType())
                .addField(repeated)
                .named(name());
    }

    private Type notRepeated(int depth) {
        Type type = type(depth);
        return type.isRepetition(Repetition.REPEATED) ? leaf(repetition()) : type;
    }

    private Type leaf(Repetition repetition) {
        return switch (random.nextInt(22)) {
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
            default -> fixed(repetition, 2, LogicalTypeAnnotation.float16Type());
        };
    }

    private Type leaf(Repetition repetition, PrimitiveTypeName physical, @Nullable LogicalTypeAnnotation logical) {
        return Types.primitive(physical, repetition).as(logical).named(name());
    }

    private Type fixed(Repetition repetition, int length, LogicalTypeAnnotation logical) {
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
            case INT64 -> group.add(field, values.nextLong() >> values.nextInt(63));
            case FLOAT -> group.add(field, values.nextInt(9) == 0 ? Float.NaN : values.nextFloat());
            case DOUBLE -> group.add(field, values.nextInt(9) == 0 ? -0.0 : values.nextGaussian());
            case BINARY -> group.add(field, Binary.fromConstantByteArray(bytes(type, values, values.nextInt(20))));
            case FIXED_LEN_BYTE_ARRAY ->
                group.add(field, Binary.fromConstantByteArray(bytes(type, values, type.getTypeLength())));
            case INT96 -> throw new IllegalArgumentException(type.toString());
        }
    }

    private static int integer(PrimitiveType type, int value) {
        if (!(type.getLogicalTypeAnnotation() instanceof LogicalTypeAnnotation.IntLogicalTypeAnnotation integer)) {
            return value;
        }
        int shift = Integer.SIZE - integer.getBitWidth();
        return integer.isSigned() ? value << shift >> shift : value << shift >>> shift;
    }

    private static byte[] bytes(PrimitiveType type, Random values, int length) {
        if (type.getLogicalTypeAnnotation() instanceof LogicalTypeAnnotation.StringLogicalTypeAnnotation) {
            return ("päth/" + "x".repeat(length) + values.nextInt(1000))
                    .getBytes(java.nio.charset.StandardCharsets.UTF_8);
        }
        boolean decimal = type.getLogicalTypeAnnotation() instanceof LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
        byte[] result = new byte[decimal ? Math.max(1, Math.min(length, 16)) : length];
        values.nextBytes(result);
        return result;
    }
}
