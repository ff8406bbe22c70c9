// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.datasetdb.vector.Batch;
import io.datasetdb.vector.ConstantVector;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.DictionaryVector;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import io.datasetdb.vector.Selection;
import io.datasetdb.vector.Vector;
import io.datasetdb.vector.VectorBuilder;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ContentHashTest {
    private static final DataType ROW = DataType.row(
            List.of(Field.of("a", DataType.INTEGER), Field.of("b", DataType.VARCHAR), Field.of("c", DataType.REAL)));
    private static final Schema SCHEMA = new Schema(List.of(
            Field.of("bool", DataType.BOOLEAN),
            Field.of("int", DataType.INTEGER),
            Field.of("long", DataType.BIGINT),
            Field.of("real", DataType.REAL),
            Field.of("double", DataType.DOUBLE),
            Field.of("short_decimal", DataType.decimal(12, 2)),
            Field.of("long_decimal", DataType.decimal(30, 2)),
            Field.of("text", DataType.VARCHAR),
            Field.of("uuid", DataType.UUID),
            Field.of("reals", DataType.array(DataType.REAL)),
            Field.of("texts", DataType.array(DataType.VARCHAR)),
            Field.of("map", DataType.map(DataType.VARCHAR, DataType.INTEGER)),
            Field.of("row", ROW),
            Field.of("rows", DataType.array(ROW))));

    private final long seed = System.nanoTime();
    private final Random random = new Random(seed);

    /** Few values of each type, so that they repeat; NULL is one of them. */
    private @Nullable Object value(DataType type) {
        int n = random.nextInt(9);
        if (n == 0) {
            return null;
        }
        return switch (type.kind()) {
            case BOOLEAN -> n % 2 == 0;
            case INTEGER -> n - 4;
            case BIGINT -> (n - 4) * 10_000_000_000L;
            case REAL -> n == 1 ? Float.NaN : n / 4f;
            case DOUBLE -> n == 1 ? Double.NaN : n / 4.0;
            case DECIMAL -> new BigDecimal(n * 100 - 400).movePointLeft(2);
            case VARCHAR -> "a text of some length".repeat(n).substring(0, n * n);
            case UUID -> new UUID(n % 3, n);
            case ARRAY -> list(((DataType.Array) type).element(), n);
            case MAP -> map(n);
            case ROW ->
                ((DataType.Row) type)
                        .fields().stream().map(f -> value(f.type())).collect(nullableList());
            default -> throw new IllegalStateException(type.sql());
        };
    }

    private static <T> java.util.stream.Collector<T, ?, List<T>> nullableList() {
        return java.util.stream.Collectors.collectingAndThen(
                java.util.stream.Collectors.toCollection(ArrayList::new), Collections::unmodifiableList);
    }

    private List<@Nullable Object> list(DataType element, int length) {
        List<@Nullable Object> result = new ArrayList<>();
        for (int i = 1; i < length; i++) {
            result.add(value(element));
        }
        return result;
    }

    private Map<String, @Nullable Object> map(int length) {
        Map<String, @Nullable Object> result = new LinkedHashMap<>();
        for (int i = 1; i < length; i++) {
            result.put("k" + random.nextInt(5), value(DataType.INTEGER));
        }
        return result;
    }

    private List<List<@Nullable Object>> rows(int count) {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            List<@Nullable Object> row = new ArrayList<>();
            SCHEMA.fields().forEach(field -> row.add(value(field.type())));
            rows.add(row);
        }
        return rows;
    }

    private static Vector plain(DataType type, List<? extends @Nullable Object> values) {
        VectorBuilder builder = VectorBuilder.of(type, values.size());
        for (Object value : values) {
            builder.append(value);
        }
        return builder.build();
    }

    /** The same values by reference to a dictionary, in which there are others, too. */
    private Vector coded(Vector plain) {
        int extra = random.nextInt(3);
        int[] positions = new int[plain.size() + extra];
        List<Integer> valid = new ArrayList<>();
        for (int i = 0; i < plain.size(); i++) {
            if (!plain.isNull(i)) {
                valid.add(i);
            }
        }
        if (valid.isEmpty()) {
            return plain;
        }
        Collections.shuffle(valid, random);
        int[] ids = new int[plain.size()];
        for (int i = 0; i < positions.length; i++) {
            positions[i] = valid.get(i % valid.size());
            if (i < valid.size()) {
                ids[valid.get(i)] = i;
            }
        }
        return new DictionaryVector(plain.size(), ids, plain.gather(positions, positions.length), plain.validity());
    }

    /** The rows in batches of any size, each column encoded in any way, with rows in between that do not count. */
    private List<Batch> batches(List<List<@Nullable Object>> rows) {
        List<Batch> batches = new ArrayList<>();
        int from = 0;
        while (from < rows.size()) {
            int count = Math.min(rows.size() - from, 1 + random.nextInt(40));
            boolean selects = random.nextBoolean();
            List<List<@Nullable Object>> with = new ArrayList<>();
            int[] positions = new int[count];
            for (int i = 0; i < count; i++) {
                while (selects && random.nextInt(3) == 0) {
                    with.add(rows.get(random.nextInt(rows.size())));
                }
                positions[i] = with.size();
                with.add(rows.get(from + i));
            }
            List<Vector> columns = new ArrayList<>();
            for (int c = 0; c < SCHEMA.size(); c++) {
                int column = c;
                Vector plain = plain(
                        SCHEMA.field(c).type(),
                        with.stream().map(row -> row.get(column)).collect(nullableList()));
                boolean constant =
                        new HashSet<>(with.stream().map(row -> row.get(column)).collect(nullableList())).size() == 1;
                columns.add(
                        constant && random.nextBoolean()
                                ? ConstantVector.of(plain.gather(new int[] {0}, 1), with.size())
                                : random.nextBoolean() ? coded(plain) : plain);
            }
            Batch batch = Batch.of(columns, with.size());
            batches.add(selects ? batch.select(Selection.of(positions, count)) : batch);
            from += count;
        }
        return batches;
    }

    private static String hash(List<Batch> batches, boolean ordered) {
        ContentHash hash = new ContentHash(SCHEMA, ordered);
        batches.forEach(hash::add);
        return hash.text();
    }

    @Test
    void equalRowsHaveEqualHashesInWhateverForm() {
        for (int round = 0; round < 30; round++) {
            List<List<@Nullable Object>> rows = rows(1 + random.nextInt(200));
            String ordered = hash(batches(rows), true);
            assertThat(hash(batches(rows), true)).as("seed " + seed).isEqualTo(ordered);
            Collections.shuffle(rows, random);
            assertThat(hash(batches(rows), false)).as("seed " + seed).isEqualTo(ordered.substring(0, 34));
        }
    }

    @Test
    void aDictionaryThatManyBatchesShareIsHashedAsItsValues() {
        List<String> words = new ArrayList<>();
        for (int i = 0; i < 5000; i++) {
            words.add("word " + i);
        }
        Schema schema = Schema.of(Field.of("w", DataType.VARCHAR));
        Vector dictionary = plain(DataType.VARCHAR, words);
        ContentHash coded = new ContentHash(schema, false);
        ContentHash plain = new ContentHash(schema, false);
        for (int b = 0; b < 4; b++) {
            int[] ids = random.ints(1000, 0, 5000).toArray();
            coded.add(Batch.of(List.of(new DictionaryVector(1000, ids, dictionary, null)), 1000));
            plain.add(Batch.of(List.of(dictionary.gather(ids, 1000)), 1000));
        }
        assertThat(coded.text()).as("seed " + seed).isEqualTo(plain.text());
    }

    @Test
    void everyValueCounts() {
        List<List<@Nullable Object>> rows = rows(60);
        Map<String, List<List<@Nullable Object>>> seen = new HashMap<>();
        seen.put(hash(batches(rows), false), rows);
        for (int i = 0; i < 300; i++) {
            List<List<@Nullable Object>> other = new ArrayList<>(rows);
            int at = random.nextInt(rows.size());
            List<@Nullable Object> row = new ArrayList<>(rows.get(at));
            int column = random.nextInt(SCHEMA.size());
            row.set(column, value(SCHEMA.field(column).type()));
            other.set(at, row);
            List<List<@Nullable Object>> known = seen.put(hash(batches(other), false), other);
            if (known != null) {
                assertThat(other).as("seed " + seed).containsExactlyInAnyOrderElementsOf(known);
            }
        }
    }

    @Test
    void valuesDoNotChangePlaces() {
        DataType text = DataType.VARCHAR;
        Schema two = Schema.of(Field.of("a", text), Field.of("b", text));
        Set<String> hashes = new HashSet<>();
        for (List<@Nullable String> pair : List.<List<@Nullable String>>of(
                Arrays.asList("x", "y"),
                Arrays.asList("y", "x"),
                Arrays.asList("xy", ""),
                Arrays.asList("", "xy"),
                Arrays.asList("xy", null),
                Arrays.asList(null, "xy"),
                Arrays.asList(null, null))) {
            ContentHash hash = new ContentHash(two, false);
            hash.add(Batch.of(
                    List.of(
                            plain(text, Collections.singletonList(pair.get(0))),
                            plain(text, Collections.singletonList(pair.get(1)))),
                    1));
            hashes.add(hash.text());
        }
        assertThat(hashes).hasSize(7);
    }

    @Test
    void whatIsAddedAndRemovedIsAddedToWhatWasBefore() {
        List<List<@Nullable Object>> rows = rows(90);
        String before = hash(batches(rows.subList(0, 60)), true);
        ContentHash changes = new ContentHash(SCHEMA, false);
        batches(rows.subList(30, 60)).forEach(changes::remove);
        batches(rows.subList(60, 80)).forEach(changes::add);
        ContentHash part = new ContentHash(SCHEMA, false);
        batches(rows.subList(80, 90)).forEach(part::add);
        changes.add(part);
        List<List<@Nullable Object>> after = new ArrayList<>(rows.subList(0, 30));
        after.addAll(rows.subList(60, 90));
        assertThat(changes.textAfter(before)).as("seed " + seed).contains(hash(batches(after), false));
        assertThat(changes.textAfter("1-00ff")).isEmpty();
    }

    @Test
    void numbersThatAreEqualAreOne() {
        Schema schema = Schema.of(Field.of("d", DataType.DOUBLE), Field.of("r", DataType.array(DataType.REAL)));
        Set<String> hashes = new HashSet<>();
        for (double zero : new double[] {0.0, -0.0}) {
            for (int nan : new int[] {0x7fc00000, 0x7fc00001}) {
                ContentHash hash = new ContentHash(schema, false);
                List<Float> reals = List.of(Float.intBitsToFloat(nan), (float) zero, 1f);
                hash.add(Batch.of(
                        List.of(
                                plain(DataType.DOUBLE, List.of(zero)),
                                plain(DataType.array(DataType.REAL), List.of(reals))),
                        1));
                hashes.add(hash.text());
            }
        }
        assertThat(hashes).hasSize(1);
    }
}
