// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet.read;

import static org.assertj.core.api.Assertions.assertThat;

import io.datasetdb.store.ColumnPath;
import io.datasetdb.store.DataFile;
import io.datasetdb.store.DatasetStore;
import io.datasetdb.store.DatasetWriter;
import io.datasetdb.store.Predicate;
import io.datasetdb.store.WriteOptions;
import io.datasetdb.store.internal.parquet.write.RandomBatches;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Random predicates over random files: pruning may leave out row groups, but never a row that matches. */
class PushdownTest {
    private static final int PREDICATES = 60;

    @TempDir
    private Path folder;

    /** Row groups that were there, and that were read. */
    private int groups;

    private int read;

    @Test
    void filesOfOursLoseNoMatchingRow() throws IOException {
        long start = Long.getLong("datasetdb.seed", 7_000L);
        for (long seed = start; seed < start + 12; seed++) {
            Random random = new Random(seed);
            RandomBatches batches = new RandomBatches(seed);
            Schema schema = batches.schema(6, 1);
            WriteOptions options = new WriteOptions(WriteOptions.Codec.SNAPPY, 1 + random.nextInt(12), 1L << 30);
            try (DatasetStore store = DatasetStore.open(folder.toString());
                    DatasetWriter writer = store.writer("own" + seed, schema, options)) {
                for (int i = 0; i < 6; i++) {
                    writer.write(batches.batch(schema, 1 + random.nextInt(30)));
                }
                for (DataFile file : writer.finish()) {
                    check(folder.resolve(file.path()), random, "seed " + seed + " " + schema);
                }
            }
        }
        assertThat(read).as("some groups are left out").isLessThan(groups * 9 / 10);
    }

    @Test
    void filesOfOthersLoseNoMatchingRow() throws IOException {
        long start = Long.getLong("datasetdb.seed", 8_000L);
        for (long seed = start; seed < start + 15; seed++) {
            Path file = folder.resolve("f" + seed + ".parquet");
            Random random = new Random(seed);
            String layout = new RandomFile(seed).write(file, 200, 1 + random.nextInt(12));
            check(file, random, "seed " + seed + " " + layout);
            Files.delete(file);
        }
        assertThat(read).as("some groups are left out").isLessThan(groups * 9 / 10);
    }

    private void check(Path file, Random random, String what) {
        ReadOnlyStorage storage = new ReadOnlyStorage();
        Schema schema = ScanRows.schema(storage, file.toString());
        List<List<@Nullable Object>> all = ScanRows.read(storage, file.toString());
        int rowGroups =
                new FooterCache(0).get(storage, file.toString()).rowGroups().size();
        for (int i = 0; i < PREDICATES; i++) {
            Predicate predicate = predicate(schema, all, random, 2);
            ParquetScan scan = new ParquetScan(
                    storage,
                    new FooterCache(1),
                    new ColumnCache(0),
                    List.of(file.toString()),
                    schema,
                    ScanRows.request(schema, predicate));
            groups += rowGroups;
            read += scan.splits().size();
            List<List<@Nullable Object>> actual =
                    ScanRows.read(storage, List.of(file.toString()), schema, ScanRows.request(schema, predicate));
            List<Object> kept = comparable(actual, schema, predicate);
            List<Object> expected = comparable(all, schema, predicate);
            assertThat(kept).as(what + ": " + show(predicate)).isEqualTo(expected);
        }
    }

    private static List<Object> comparable(List<List<@Nullable Object>> rows, Schema schema, Predicate predicate) {
        List<Object> result = new ArrayList<>();
        for (List<@Nullable Object> row : rows) {
            if (matches(predicate, schema, row)) {
                result.add(List.of(String.valueOf(RowAssert.comparable(row))));
            }
        }
        return result;
    }

    static String show(Predicate predicate) {
        return predicate.toString().replace("io.datasetdb.store.", "");
    }

    static Predicate predicate(Schema schema, List<List<@Nullable Object>> rows, Random random, int depth) {
        if (depth > 0 && random.nextInt(3) == 0) {
            List<Predicate> operands =
                    List.of(predicate(schema, rows, random, depth - 1), predicate(schema, rows, random, depth - 1));
            return random.nextBoolean() ? new Predicate.And(operands) : new Predicate.Or(operands);
        }
        List<String> names = new ArrayList<>();
        List<Field> level = schema.fields();
        DataType type = DataType.row(level);
        while (type instanceof DataType.Row row) {
            Field field = row.fields().get(random.nextInt(row.fields().size()));
            names.add(field.name());
            type = field.type();
        }
        ColumnPath column = new ColumnPath(names);
        Object value = null;
        for (int i = 0; i < 20 && value == null; i++) {
            value = value(schema.fields(), rows.get(random.nextInt(rows.size())), names);
        }
        boolean nested = type instanceof DataType.Array || type instanceof DataType.Map;
        int kind = value == null || nested ? random.nextInt(2) : random.nextInt(12);
        return switch (kind) {
            case 0 -> new Predicate.IsNull(column);
            case 1 -> new Predicate.IsNotNull(column);
            case 2 -> new Predicate.In(column, List.of(value));
            case 3 ->
                value instanceof String text
                        ? new Predicate.StartsWith(column, text.substring(0, Math.min(text.length(), 6)))
                        : new Predicate.IsNotNull(column);
            default -> {
                Predicate.Operator[] operators = Predicate.Operator.values();
                yield new Predicate.Comparison(column, operators[random.nextInt(operators.length)], value);
            }
        };
    }

    private static @Nullable Object value(List<Field> fields, List<?> row, List<String> names) {
        int ordinal = new Schema(fields).indexOf(names.get(0));
        Object value = row.get(ordinal);
        if (names.size() == 1 || value == null) {
            return value;
        }
        List<Field> inner = ((DataType.Row) fields.get(ordinal).type()).fields();
        return value(inner, (List<?>) value, names.subList(1, names.size()));
    }

    static boolean matches(Predicate predicate, Schema schema, List<@Nullable Object> row) {
        if (predicate instanceof Predicate.And and) {
            return and.operands().stream().allMatch(operand -> matches(operand, schema, row));
        } else if (predicate instanceof Predicate.Or or) {
            return or.operands().stream().anyMatch(operand -> matches(operand, schema, row));
        } else if (predicate instanceof Predicate.IsNull isNull) {
            return value(schema.fields(), row, isNull.column().names()) == null;
        } else if (predicate instanceof Predicate.IsNotNull isNotNull) {
            return value(schema.fields(), row, isNotNull.column().names()) != null;
        } else if (predicate instanceof Predicate.In in) {
            Object value = value(schema.fields(), row, in.column().names());
            return value != null
                    && in.values().stream().anyMatch(other -> matches(value, Predicate.Operator.EQUAL, other));
        } else if (predicate instanceof Predicate.StartsWith startsWith) {
            Object value = value(schema.fields(), row, startsWith.column().names());
            return value instanceof String text && text.startsWith(startsWith.prefix());
        }
        Predicate.Comparison comparison = (Predicate.Comparison) predicate;
        Object value = value(schema.fields(), row, comparison.column().names());
        return value != null && matches(value, comparison.operator(), comparison.value());
    }

    /** Zeros and NaNs match if they do in any dialect: as IEEE 754 compares them or in its total order. */
    private static boolean matches(Object left, Predicate.Operator operator, Object right) {
        if (left instanceof Double || left instanceof Float) {
            double a = ((Number) left).doubleValue();
            double b = ((Number) right).doubleValue();
            boolean ieee = a < b
                    ? holds(operator, -1)
                    : a > b
                            ? holds(operator, 1)
                            : a == b ? holds(operator, 0) : operator == Predicate.Operator.NOT_EQUAL;
            return ieee || holds(operator, Double.compare(a, b));
        }
        return holds(operator, compare(left, right));
    }

    @SuppressWarnings("unchecked")
    private static int compare(Object left, Object right) {
        if (left instanceof byte[] a) {
            return Arrays.compareUnsigned(a, (byte[]) right);
        }
        if (left instanceof String a) {
            return Arrays.compareUnsigned(
                    a.getBytes(StandardCharsets.UTF_8), ((String) right).getBytes(StandardCharsets.UTF_8));
        }
        return ((Comparable<Object>) left).compareTo(right);
    }

    private static boolean holds(Predicate.Operator operator, int order) {
        return switch (operator) {
            case EQUAL -> order == 0;
            case NOT_EQUAL -> order != 0;
            case LESS -> order < 0;
            case LESS_OR_EQUAL -> order <= 0;
            case GREATER -> order > 0;
            case GREATER_OR_EQUAL -> order >= 0;
        };
    }
}
