// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.rows;

import static org.assertj.core.api.Assertions.assertThat;

import io.datasetdb.vector.DataType;
import io.datasetdb.vector.DictionaryVector;
import io.datasetdb.vector.LongVector;
import io.datasetdb.vector.Validity;
import io.datasetdb.vector.Vector;
import io.datasetdb.vector.VectorBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class GroupTableTest {
    private static final int COUNT = 500;

    /** What {@link GroupTable} is to do, by a map. */
    private static final class Model {
        private final Map<List<Object>, Integer> numbers = new LinkedHashMap<>();

        int put(Vector[] keys, int position) {
            return numbers.computeIfAbsent(key(keys, position), ignored -> numbers.size());
        }

        int find(Vector[] keys, int position) {
            return numbers.getOrDefault(key(keys, position), -1);
        }

        private static List<Object> key(Vector[] keys, int position) {
            return new ArrayList<>(
                    Arrays.stream(keys).map(key -> key.getObject(position)).toList());
        }

        void check(GroupTable table, String seed) {
            assertThat(table.size()).as(seed).isEqualTo(numbers.size());
            List<Vector> columns = table.keys(0, table.size());
            int number = 0;
            for (List<Object> key : numbers.keySet()) {
                int at = number++;
                assertThat(columns.stream().map(column -> column.getObject(at)).toList())
                        .as(seed)
                        .isEqualTo(key);
            }
        }
    }

    private static void put(GroupTable table, Model model, Vector[] keys, Random random, String seed) {
        int size = keys[0].size();
        int[] positions = random.ints(0, size)
                .limit(random.nextInt(size))
                .sorted()
                .distinct()
                .toArray();
        int[] ids = new int[positions.length];
        table.put(keys, positions, positions.length, ids);
        for (int i = 0; i < positions.length; i++) {
            assertThat(ids[i]).as(seed).isEqualTo(model.put(keys, positions[i]));
        }
    }

    @Test
    void rowsThatShareDictionariesAreNumberedByValue() {
        for (int seed = 0; seed < 40; seed++) {
            Random random = new Random(seed);
            List<DataType> types =
                    List.of(DataType.VARCHAR, DataType.BIGINT, DataType.DATE).subList(0, 1 + seed % 3);
            GroupTable table = GroupTable.of(types);
            Model model = new Model();
            List<Vector> dictionaries = List.of();
            for (int batch = 0; batch < 30; batch++) {
                if (batch % 7 == 0) {
                    // entries repeat within a dictionary and from one to the next
                    int size = 1 + random.nextInt(seed % 2 == 0 ? 5 : 200);
                    dictionaries = types.stream()
                            .map(type -> dictionary(type, size, random))
                            .toList();
                }
                Vector[] keys = dictionaries.stream()
                        .map(dictionary -> coded(dictionary, random))
                        .toArray(Vector[]::new);
                if (batch % 5 == 4) {
                    keys[0] = keys[0].flatten();
                }
                put(table, model, keys, random, "seed " + seed);
            }
            model.check(table, "seed " + seed);
        }
    }

    private static Vector dictionary(DataType type, int size, Random random) {
        VectorBuilder builder = VectorBuilder.of(type, size);
        for (int i = 0; i < size; i++) {
            int value = random.nextInt(100);
            switch (type.kind()) {
                case VARCHAR -> builder.append("value " + value);
                case BIGINT -> builder.append((long) value);
                default -> builder.append(java.time.LocalDate.ofEpochDay(value));
            }
        }
        return builder.build();
    }

    private static Vector coded(Vector dictionary, Random random) {
        int[] ids = random.ints(COUNT, 0, dictionary.size()).toArray();
        return new DictionaryVector(COUNT, ids, dictionary, validity(random));
    }

    private static long[] validity(Random random) {
        if (random.nextBoolean()) {
            return null;
        }
        long[] validity = Validity.allValid(COUNT);
        random.ints(COUNT / 10, 0, COUNT).forEach(position -> Validity.setNull(validity, position));
        return validity;
    }

    @Test
    void keysInRangesAndFarApartAreNumberedByValue() {
        for (int seed = 0; seed < 60; seed++) {
            Random random = new Random(seed);
            GroupTable table = GroupTable.of(List.of(DataType.BIGINT));
            Model model = new Model();
            long center = List.of(0L, Long.MAX_VALUE, Long.MIN_VALUE, -1_000_000L, 1L << 40)
                    .get(seed % 5);
            for (int batch = 0; batch < 40; batch++) {
                Vector[] keys = {longs(center, seed, batch, random)};
                put(table, model, keys, random, "seed " + seed);
            }
            model.check(table, "seed " + seed);
            GroupTable reader = table.reader();
            Vector[] others = {longs(center, seed + 1, 20, random)};
            int[] positions = new int[COUNT];
            Arrays.setAll(positions, i -> i);
            int[] ids = new int[COUNT];
            reader.find(others, positions, COUNT, ids);
            for (int i = 0; i < COUNT; i++) {
                assertThat(ids[i]).as("seed " + seed).isEqualTo(model.find(others, i));
            }
        }
    }

    /** Around the center, rising, falling or at random; in some seeds a batch far from it. */
    private static Vector longs(long center, int seed, int batch, Random random) {
        long[] values = new long[COUNT];
        for (int i = 0; i < COUNT; i++) {
            long offset = switch (seed / 5 % 4) {
                case 0 -> batch * 400L + i;
                case 1 -> -batch * 400L - 3 * i;
                case 2 -> random.nextInt(100_000);
                default -> random.nextInt(20) - 10;
            };
            values[i] = center + offset;
        }
        if (seed / 20 % 3 == 1 && batch == 25) {
            values[random.nextInt(COUNT)] = random.nextLong();
        }
        return new LongVector(DataType.BIGINT, COUNT, values, seed % 3 == 0 ? validity(random) : null);
    }
}
