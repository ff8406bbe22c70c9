// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec;

import static org.assertj.core.api.Assertions.assertThat;

import io.datasetdb.sql.exec.join.JoinLevel;
import io.datasetdb.sql.kernel.Bindings;
import io.datasetdb.sql.kernel.ValueHash;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Selection;
import io.datasetdb.vector.Vector;
import io.datasetdb.vector.VectorBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Joins find the rows of a key whichever way the keys are coded and indexed, on one thread and on four. */
class JoinKeysTest {
    private final Scheduler scheduler = new Scheduler(4);

    @AfterEach
    void endThreads() {
        scheduler.close();
    }

    /** How the values of the key columns, the first of each side, are distributed. */
    private enum Shape {
        DENSE(1, DataType.BIGINT, DataType.INTEGER, random -> random.nextInt(30_000) - 100),
        DENSE_UNIQUE(1, DataType.BIGINT, DataType.BIGINT, random -> null),
        FEW(1, DataType.SMALLINT, DataType.BIGINT, random -> random.nextInt(2_000)),
        SCATTERED(1, DataType.INTEGER, DataType.INTEGER, random -> random.nextInt(20_000) * 100_003),
        ANY(1, DataType.BIGINT, DataType.BIGINT, Shape::extreme),
        DOUBLES(1, DataType.DOUBLE, DataType.DOUBLE, random -> random.nextInt(20_000) / 8.0 - 1),
        TEXTS(1, DataType.VARCHAR, DataType.VARCHAR, random -> "k" + random.nextInt(20_000)),
        NARROW_PAIRS(2, DataType.INTEGER, DataType.BIGINT, random -> random.nextInt(200)),
        WIDE_PAIRS(2, DataType.BIGINT, DataType.BIGINT, random -> (random.nextInt(200) - 100) * (Long.MAX_VALUE / 101)),
        DECIMALS(
                1,
                DataType.decimal(30, 2),
                DataType.decimal(30, 2),
                random -> java.math.BigDecimal.valueOf(random.nextInt(20_000), 2));

        private final int keys;
        private final DataType left;
        private final DataType right;
        private final Function<Random, Object> values;

        Shape(int keys, DataType left, DataType right, Function<Random, Object> values) {
            this.keys = keys;
            this.left = left;
            this.right = right;
            this.values = values;
        }

        private static Object extreme(Random random) {
            int n = random.nextInt(20_000);
            return n == 0 ? Long.MIN_VALUE : n == 1 ? Long.MAX_VALUE : n * 0x9E3779B97F4A7C15L;
        }

        /** A table of the keys, then the number of the row. */
        Table table(Random random, DataType type, int rows, int nullsOneIn) {
            List<DataType> types = new ArrayList<>(Collections.nCopies(keys, type));
            types.add(DataType.VARCHAR);
            List<List<Object>> result = new ArrayList<>();
            for (int i = 0; i < rows; i++) {
                List<Object> row = new ArrayList<>();
                for (int key = 0; key < keys; key++) {
                    Object value = this == DENSE_UNIQUE ? (Object) (i * 3L) : values.apply(random);
                    boolean isNull = nullsOneIn > 0 && random.nextInt(nullsOneIn) == 0;
                    row.add(isNull ? null : cast(value, type));
                }
                row.add("row " + i);
                result.add(row);
            }
            return new Table(types, result);
        }

        private static Object cast(Object value, DataType type) {
            return switch (type.kind()) {
                case SMALLINT -> ((Number) value).shortValue();
                case INTEGER -> ((Number) value).intValue();
                case BIGINT -> ((Number) value).longValue();
                default -> value;
            };
        }
    }

    private Run divided() {
        return new Run(Bindings.none(Instant.EPOCH), 0, MemoryBudget.ofHeap(), () -> false, scheduler);
    }

    @ParameterizedTest
    @EnumSource(Shape.class)
    void keysOfEveryShapeFindTheirRows(Shape shape) {
        for (JoinKind kind : JoinKind.values()) {
            if (shape.keys > 1 && (kind == JoinKind.NULL_AWARE_ANTI || kind == JoinKind.MARK)) {
                continue;
            }
            for (int seed = 0; seed < 3; seed++) {
                check(shape, kind, seed);
            }
        }
    }

    private void check(Shape shape, JoinKind kind, int seed) {
        Random random = new Random(seed);
        int nulls = seed == 0 ? 0 : 50;
        Table left = shape.table(random, shape.left, 3_000, nulls);
        Table right = shape.table(random, shape.right, seed == 2 ? 300 : 20_000, nulls);
        int[] keys = new int[shape.keys];
        Arrays.setAll(keys, i -> i);
        boolean[] nullSafe = new boolean[shape.keys];
        nullSafe[0] = seed == 2;
        DividedRunTest.Divided leftParts = DividedRunTest.Divided.of(left, seed, 3);
        DividedRunTest.Divided rightParts = DividedRunTest.Divided.of(right, seed + 10, 4);
        var join = new HashJoinOperator.Factory(leftParts, rightParts, keys, keys, nullSafe, kind, null);
        List<String> expected = Table.canonicalSorted(expected(left, right, nullSafe, kind));
        String what = shape + " " + kind + ", seed " + seed;
        assertThat(Table.canonicalSorted(Runs.rows(join))).as(what).isEqualTo(expected);
        assertThat(Table.canonicalSorted(Runs.rows(join, divided())))
                .as("divided, %s", what)
                .isEqualTo(expected);
        if (kind == JoinKind.SEMI || kind == JoinKind.ANTI) {
            var keepsLeft = new HashSemiJoinOperator.Factory(
                    leftParts, rightParts, keys, keys, nullSafe, kind == JoinKind.ANTI, null, List.of(), JoinLevel.TOP);
            assertThat(Table.canonicalSorted(Runs.rows(keepsLeft, divided())))
                    .as("keeps left, %s", what)
                    .isEqualTo(expected);
        }
        assertThat(leftParts.isClosedOnce() && rightParts.isClosedOnce()).isTrue();
    }

    private static List<List<Object>> expected(Table left, Table right, boolean[] nullSafe, JoinKind kind) {
        int keys = nullSafe.length;
        Map<String, List<Integer>> index = new HashMap<>();
        boolean nullKey = false;
        for (int i = 0; i < right.rows().size(); i++) {
            String key = key(right.rows().get(i), nullSafe);
            nullKey |= key == null;
            index.computeIfAbsent(String.valueOf(key), ignored -> new ArrayList<>())
                    .add(i);
        }
        List<List<Object>> result = new ArrayList<>();
        boolean[] met = new boolean[right.rows().size()];
        for (List<Object> row : left.rows()) {
            String key = key(row, nullSafe);
            List<Integer> matches = key == null ? List.of() : index.getOrDefault(key, List.of());
            boolean unknown = !right.rows().isEmpty() && !nullSafe[0] && (key == null || nullKey);
            for (int match : matches) {
                met[match] = true;
                if (kind.hasRightColumns()) {
                    List<Object> pair = new ArrayList<>(row);
                    pair.addAll(right.rows().get(match));
                    result.add(pair);
                }
            }
            JoinOperatorTest.addLeft(row, right, kind, !matches.isEmpty(), unknown, result);
        }
        for (int i = 0; i < met.length && kind.keepsRight(); i++) {
            if (!met[i]) {
                List<Object> row = new ArrayList<>(Collections.nCopies(keys + 1, null));
                row.addAll(right.rows().get(i));
                result.add(row);
            }
        }
        return result;
    }

    private static String key(List<Object> row, boolean[] nullSafe) {
        StringBuilder key = new StringBuilder();
        for (int i = 0; i < nullSafe.length; i++) {
            if (row.get(i) == null && !nullSafe[i]) {
                return null;
            }
            key.append(Table.canonical(row.get(i))).append('|');
        }
        return key.toString();
    }

    @Test
    void keysOfTheSameHashStayApart() {
        long first = 1;
        long second = Long.MAX_VALUE / 2;
        long other = Long.MIN_VALUE / 3;
        // Solves mix(first) * G + mix(second) = mix(other) * G + mix(partner) for the partner.
        long golden = 0x9E3779B97F4A7C15L;
        long partner =
                unmixed(ValueHash.ofLong(first) * golden + ValueHash.ofLong(second) - ValueHash.ofLong(other) * golden);
        Vector firsts = VectorBuilder.vector(DataType.BIGINT, first, other);
        Vector seconds = VectorBuilder.vector(DataType.BIGINT, second, partner);
        long[] hashes = new long[2];
        ValueHash.hash(firsts, Selection.all(2), hashes, false);
        ValueHash.hash(seconds, Selection.all(2), hashes, true);
        assertThat(hashes[0]).isEqualTo(hashes[1]);

        List<List<Object>> rows = new ArrayList<>();
        for (int i = 0; i < 40; i++) {
            rows.add(i % 3 == 0 ? List.of(first, second, "a" + i) : List.of(other, partner, "b" + i));
            rows.add(List.of(i * (Long.MAX_VALUE / 50), -i * (Long.MAX_VALUE / 60), "c" + i));
        }
        Table right = new Table(List.of(DataType.BIGINT, DataType.BIGINT, DataType.VARCHAR), rows);
        for (Table left : List.of(right, new Table(right.types(), rows.subList(0, 2)))) {
            for (JoinKind kind : List.of(JoinKind.INNER, JoinKind.FULL, JoinKind.SEMI, JoinKind.ANTI)) {
                for (Table[] sides : List.of(new Table[] {left, right}, new Table[] {right, left})) {
                    var join = new HashJoinOperator.Factory(
                            new TableSource(sides[0], 1),
                            new TableSource(sides[1], 2),
                            new int[] {0, 1},
                            new int[] {0, 1},
                            new boolean[2],
                            kind,
                            null);
                    assertThat(Table.canonicalSorted(Runs.rows(join)))
                            .isEqualTo(Table.canonicalSorted(expected(sides[0], sides[1], new boolean[2], kind)));
                }
            }
        }
    }

    /** The number whose hash this is: undoes the two rounds of xor-shift and multiply. */
    private static long unmixed(long hash) {
        long m = 0xD6E8FEB86659FD93L;
        long inverse = m;
        for (int i = 0; i < 6; i++) {
            inverse *= 2 - m * inverse;
        }
        long x = hash ^ hash >>> 32;
        x *= inverse;
        x ^= x >>> 32;
        x *= inverse;
        return x ^ x >>> 32;
    }
}
