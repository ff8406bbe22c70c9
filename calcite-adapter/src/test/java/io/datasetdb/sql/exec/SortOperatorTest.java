// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec;

import static org.assertj.core.api.Assertions.assertThat;

import io.datasetdb.sql.exec.rows.SortKey;
import io.datasetdb.sql.kernel.Expression;
import io.datasetdb.vector.DataType;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class SortOperatorTest {
    private static final DataType[] TYPES = {
        DataType.INTEGER,
        DataType.BIGINT,
        DataType.DOUBLE,
        DataType.REAL,
        DataType.VARCHAR,
        DataType.BOOLEAN,
        DataType.decimal(10, 2),
        DataType.decimal(30, 2),
        DataType.UUID,
        DataType.DATE,
        DataType.VARBINARY,
        DataType.array(DataType.INTEGER),
        DataType.NULL
    };

    @Test
    void everyTypeSortsStablyInEveryDirection() {
        for (int seed = 0; seed < 60; seed++) {
            Random random = new Random(seed);
            Table table = Table.random(random, random.nextInt(700), TYPES).numbered();
            List<SortKey> keys = keys(random);
            List<List<Object>> expected = new ArrayList<>(table.rows());
            expected.sort(NaiveAggregates.comparator(keys));
            var factory = new SortOperator.Factory(new TableSource(table, seed), keys);
            assertThat(Table.canonicalRows(Runs.rows(factory)))
                    .as("seed %s %s", seed, keys)
                    .isEqualTo(Table.canonicalRows(expected));
        }
    }

    @Test
    void topRowsAreTheFirstOfTheSort() {
        for (int seed = 0; seed < 40; seed++) {
            Random random = new Random(seed);
            Table table = Table.random(random, random.nextInt(700), TYPES).numbered();
            List<SortKey> keys = keys(random);
            int offset = random.nextInt(3) * 5;
            int fetch = random.nextInt(4) * 7;
            List<List<Object>> expected = new ArrayList<>(table.rows());
            expected.sort(NaiveAggregates.comparator(keys));
            expected = expected.stream().skip(offset).limit(fetch).toList();
            var factory =
                    new TopNOperator.Factory(new TableSource(table, seed), keys, constant(offset), constant(fetch));
            assertThat(Table.canonicalRows(Runs.rows(factory)))
                    .as("seed %s %s", seed, keys)
                    .isEqualTo(Table.canonicalRows(expected));
        }
    }

    @Test
    void topRowsOfManyAreKeptThroughSeveralCuts() {
        for (int seed = 0; seed < 18; seed++) {
            Random random = new Random(seed);
            List<List<Object>> rows = new ArrayList<>();
            for (int i = 0; i < 30_000; i++) {
                List<Object> row = new ArrayList<>();
                int number = seed % 3 == 0 ? 30_000 - i : seed % 3 == 1 ? random.nextInt(3000) : random.nextInt();
                row.add(random.nextInt(seed < 6 ? 4 : 5000) == 0 ? null : number);
                row.add("text " + random.nextInt(20_000));
                row.add((double) i);
                rows.add(row);
            }
            Table table = new Table(List.of(DataType.INTEGER, DataType.VARCHAR, DataType.DOUBLE), rows);
            List<SortKey> keys = new ArrayList<>();
            keys.add(new SortKey(seed % 2, random.nextBoolean(), random.nextBoolean()));
            if (seed % 4 == 0) {
                keys.add(SortKey.descending(1));
            }
            List<List<Object>> expected = new ArrayList<>(rows);
            expected.sort(NaiveAggregates.comparator(keys));
            var factory = new TopNOperator.Factory(new TableSource(table, seed, 2000), keys, null, constant(50));
            assertThat(Runs.rows(factory)).as("seed %s", seed).isEqualTo(expected.subList(0, 50));
        }
    }

    @Test
    void sortsOfManyRowsUseRadixAndPrefixes() {
        Random random = new Random(5);
        List<List<Object>> rows = new ArrayList<>();
        for (int i = 0; i < 20_000; i++) {
            rows.add(List.of(
                    random.nextLong(),
                    "a long common prefix " + random.nextInt(5000),
                    random.nextDouble() - 0.5,
                    BigDecimal.valueOf(random.nextLong(), 2)));
        }
        Table table =
                new Table(List.of(DataType.BIGINT, DataType.VARCHAR, DataType.DOUBLE, DataType.decimal(30, 2)), rows);
        for (int column = 0; column < 4; column++) {
            List<SortKey> keys = List.of(SortKey.descending(column));
            List<List<Object>> expected = new ArrayList<>(rows);
            expected.sort(NaiveAggregates.comparator(keys));
            assertThat(Runs.rows(new SortOperator.Factory(new TableSource(table, 1, 5000), keys)))
                    .isEqualTo(expected);
        }
    }

    @Test
    void textsSortByAllTheirBytesAndThenByTheirLength() {
        for (int seed = 0; seed < 12; seed++) {
            Random random = new Random(seed);
            String[] beginnings = {"", "a", "a\0", "12345678", "12345678\0", "12345678\0\0", "1234567890123456", "é"};
            List<List<Object>> rows = new ArrayList<>();
            for (int i = 0; i < 3_000; i++) {
                String text = beginnings[random.nextInt(beginnings.length)];
                text += switch (seed % 4) {
                    case 0 -> "";
                    case 1 -> "\0".repeat(random.nextInt(20));
                    case 2 -> "x".repeat(random.nextInt(3) * 150) + random.nextInt(30);
                    default -> String.valueOf(random.nextInt());
                };
                List<Object> row = new ArrayList<>(List.of((long) i));
                row.add(random.nextInt(50) == 0 ? null : text);
                row.add(random.nextInt(3));
                rows.add(row);
            }
            Table table = new Table(List.of(DataType.BIGINT, DataType.VARCHAR, DataType.INTEGER), rows);
            List<SortKey> keys = new ArrayList<>();
            if (seed % 3 == 0) {
                keys.add(SortKey.descending(2));
            }
            keys.add(new SortKey(1, random.nextBoolean(), random.nextBoolean()));
            List<List<Object>> expected = new ArrayList<>(rows);
            expected.sort(NaiveAggregates.comparator(keys));
            assertThat(Runs.rows(new SortOperator.Factory(new TableSource(table, seed, 2_000), keys)))
                    .as("seed %s %s", seed, keys)
                    .isEqualTo(expected);
        }
    }

    private static List<SortKey> keys(Random random) {
        List<SortKey> keys = new ArrayList<>();
        for (int i = 0; i <= random.nextInt(3); i++) {
            keys.add(new SortKey(1 + random.nextInt(TYPES.length), random.nextBoolean(), random.nextBoolean()));
        }
        return keys;
    }

    private static Expression constant(long value) {
        return Runs.constant(DataType.BIGINT, value);
    }
}
