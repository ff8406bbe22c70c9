// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.sql.exec.aggregate.Accumulator;
import io.datasetdb.sql.exec.aggregate.AggregateCall;
import io.datasetdb.sql.exec.aggregate.BoundCall;
import io.datasetdb.sql.exec.aggregate.GroupingFunction;
import io.datasetdb.sql.exec.aggregate.StandardAggregate;
import io.datasetdb.sql.kernel.KernelError;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Vector;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;

class AggregateOperatorTest {
    @Test
    void allFunctionsAgreeWithRowByRowComputation() {
        for (int seed = 0; seed < 25; seed++) {
            Random random = new Random(seed);
            Table table = Calls.table(random, random.nextInt(200));
            int[] keys = seed % 3 == 0 ? new int[0] : seed % 3 == 1 ? new int[] {0} : new int[] {1, 0};
            List<AggregateCall> calls = Calls.all(2, random, false);
            compare(table, keys, List.of(keys), calls, seed);
        }
    }

    @Test
    void groupingSetsAreComputedSideBySide() {
        for (int seed = 0; seed < 10; seed++) {
            Random random = new Random(seed);
            Table table = Calls.table(random, random.nextInt(3) * 50);
            List<AggregateCall> calls = List.of(
                    AggregateCall.of(StandardAggregate.COUNT, DataType.BIGINT),
                    AggregateCall.of(StandardAggregate.SUM, DataType.BIGINT, 2));
            List<int[]> sets = List.of(new int[] {0, 1}, new int[] {1}, new int[] {0}, new int[0], new int[0]);
            compare(table, new int[] {0, 1}, sets, calls, seed);
        }
    }

    @Test
    void groupingFunctionsTellTheSet() {
        Table table = new Table(List.of(DataType.INTEGER, DataType.INTEGER), List.of(List.of(1, 2)));
        List<AggregateCall> calls = List.of(
                AggregateCall.of(GroupingFunction.GROUPING, DataType.BIGINT, 0),
                AggregateCall.of(GroupingFunction.GROUPING_ID, DataType.BIGINT, 0, 1),
                AggregateCall.of(GroupingFunction.GROUP_ID, DataType.BIGINT));
        var factory = new AggregateOperator.Factory(
                new TableSource(table, 1),
                new int[] {0, 1},
                List.of(new int[] {0, 1}, new int[] {1}, new int[0], new int[] {1}),
                calls);
        assertThat(Table.canonicalRows(Runs.rows(factory)))
                .containsExactly(
                        "[1, 2, 0, 0, 0]", "[null, 2, 1, 2, 0]", "[null, null, 1, 3, 0]", "[null, 2, 1, 2, 1]");
    }

    @Test
    void keysOfEveryTypeGroupByValue() {
        DataType row = DataType.row(Field.of("a", DataType.INTEGER), Field.of("b", DataType.DOUBLE));
        List<DataType> types = List.of(
                DataType.BOOLEAN,
                DataType.TINYINT,
                DataType.SMALLINT,
                DataType.INTEGER,
                DataType.BIGINT,
                DataType.REAL,
                DataType.DOUBLE,
                DataType.decimal(10, 2),
                DataType.decimal(25, 2),
                DataType.VARCHAR,
                DataType.VARBINARY,
                DataType.DATE,
                DataType.TIME,
                DataType.TIMESTAMP,
                DataType.TIMESTAMP_LTZ,
                DataType.UUID,
                DataType.INTERVAL_MONTH,
                DataType.INTERVAL_DAY,
                DataType.array(DataType.VARCHAR),
                DataType.map(DataType.INTEGER, DataType.VARCHAR),
                row,
                DataType.NULL);
        List<AggregateCall> calls = List.of(AggregateCall.of(StandardAggregate.COUNT, DataType.BIGINT));
        for (int seed = 0; seed < types.size(); seed++) {
            Random random = new Random(seed);
            DataType other = types.get(random.nextInt(types.size()));
            Table table = Table.random(random, 400, types.get(seed), other, DataType.VARCHAR);
            compare(table, new int[] {0}, List.of(new int[] {0}), calls, seed);
            compare(table, new int[] {0, 1}, List.of(new int[] {0, 1}), calls, seed);
            compare(table, new int[] {2, 0, 1}, List.of(new int[] {2, 0, 1}), calls, seed);
        }
    }

    @Test
    void manyGroupsSurviveTheGrowthOfTheTable() {
        List<List<Object>> rows = new ArrayList<>();
        Random random = new Random(3);
        for (int i = 0; i < 12_000; i++) {
            long key = random.nextInt(6_000) * 0x1_0000_0001L;
            rows.add(List.of(key, "key " + key, BigDecimal.valueOf(key, 2), 1));
        }
        Table table =
                new Table(List.of(DataType.BIGINT, DataType.VARCHAR, DataType.decimal(30, 2), DataType.INTEGER), rows);
        List<AggregateCall> calls = List.of(AggregateCall.of(StandardAggregate.SUM, DataType.BIGINT, 3));
        for (int[] keys : new int[][] {{0}, {1}, {2}, {1, 0}, {2, 1, 0}}) {
            compare(table, keys, List.of(keys), calls, 3);
        }
    }

    @Test
    void sumsOverflowOnlyWhenTheResultDoesNotFit() {
        List<List<Object>> rows = new ArrayList<>();
        rows.add(List.of(Long.MAX_VALUE));
        rows.add(List.of(1L));
        Table table = new Table(List.of(DataType.BIGINT), rows);
        var factory = new AggregateOperator.Factory(
                new TableSource(table, 1),
                new int[0],
                List.of(AggregateCall.of(StandardAggregate.SUM, DataType.BIGINT, 0)));
        assertThatThrownBy(() -> Runs.rows(factory))
                .isInstanceOf(DatasetDbException.class)
                .hasMessage("Cannot compute SUM: the result does not fit BIGINT")
                .extracting(failure -> ((DatasetDbException) failure).code())
                .isEqualTo(KernelError.NUMERIC_OVERFLOW);
        rows.add(List.of(-1L));
        assertThat(Runs.rows(factory)).containsExactly(List.of(Long.MAX_VALUE));
    }

    @Test
    void singleValueRefusesASecondRow() {
        Table table = new Table(List.of(DataType.BIGINT), List.of(List.of(1L), List.of(1L)));
        var factory = new AggregateOperator.Factory(
                new TableSource(table, 1),
                new int[0],
                List.of(AggregateCall.of(StandardAggregate.SINGLE_VALUE, DataType.BIGINT, 0)));
        assertThatThrownBy(() -> Runs.rows(factory))
                .isInstanceOf(DatasetDbException.class)
                .extracting(failure -> ((DatasetDbException) failure).sqlState())
                .isEqualTo("21000");
    }

    @Test
    void mergedStatesEqualStatesOfAllRows() {
        for (int seed = 0; seed < 10; seed++) {
            Random random = new Random(seed);
            Table table = Calls.table(random, 60);
            for (AggregateCall call : Calls.all(2, random, false)) {
                List<Object> expected = new ArrayList<>();
                List<Object> actual = merged(table, call);
                for (int group = 0; group < 3; group++) {
                    List<List<Object>> rows = new ArrayList<>();
                    for (int half = 0; half < 2; half++) {
                        for (int i = half * 30; i < half * 30 + 30; i++) {
                            if ((half == 0 ? i % 3 : 2 - i % 3) == group) {
                                rows.add(table.rows().get(i));
                            }
                        }
                    }
                    expected.add(NaiveAggregates.compute(call, rows));
                }
                for (int group = 0; group < 3; group++) {
                    assertThat(NaiveAggregates.close(actual.get(group), expected.get(group)))
                            .as("seed %s %s: %s for %s", seed, call, actual, expected)
                            .isTrue();
                }
            }
        }
    }

    /** Rows 0–29 by number modulo 3 in one state, the others in another with groups numbered the other way round. */
    private static List<Object> merged(Table table, AggregateCall call) {
        List<Accumulator> halves = new ArrayList<>();
        for (int half = 0; half < 2; half++) {
            Table rows = new Table(table.types(), table.rows().subList(half * 30, half * 30 + 30));
            BoundCall bound = new BoundCall(call, table.types());
            bound.accumulator().resize(3);
            int row = 0;
            try (Operator source = new TableSource(rows, 5).create(Runs.run())) {
                for (Batch batch = source.next(); batch != null; batch = source.next()) {
                    int[] groups = new int[batch.size()];
                    for (int i = 0; i < groups.length; i++) {
                        groups[i] = row++ % 3;
                    }
                    bound.add(groups, batch.selection().positions(), groups.length, batch::column);
                }
            }
            halves.add(bound.accumulator());
        }
        halves.get(0).merge(halves.get(1), new int[] {0, 1, 2}, new int[] {2, 1, 0}, 3);
        Vector result = halves.get(0).result(0, 3);
        return Arrays.asList(result.getObject(0), result.getObject(1), result.getObject(2));
    }

    private static void compare(Table table, int[] keys, List<int[]> sets, List<AggregateCall> calls, long seed) {
        for (boolean fast : new boolean[] {true, false}) {
            compare(new AggregateOperator.Factory(new TableSource(table, seed), keys, sets, calls, fast), table, seed);
        }
    }

    private static void compare(AggregateOperator.Factory factory, Table table, long seed) {
        int[] keys = factory.groupKeys();
        List<int[]> sets = factory.groupingSets();
        List<AggregateCall> calls = factory.calls();
        List<List<Object>> expected = new ArrayList<>();
        for (int[] set : sets) {
            Map<String, List<List<Object>>> groups = new LinkedHashMap<>();
            if (set.length == 0) {
                groups.put("all", new ArrayList<>());
            }
            for (List<Object> row : table.rows()) {
                String key = set.length == 0
                        ? "all"
                        : Table.canonical(Arrays.stream(set).mapToObj(row::get).toList());
                groups.computeIfAbsent(key, ignored -> new ArrayList<>()).add(row);
            }
            for (List<List<Object>> group : groups.values()) {
                List<Object> row = new ArrayList<>();
                for (int key : keys) {
                    boolean inSet = Arrays.stream(set).anyMatch(ordinal -> ordinal == key);
                    row.add(inSet ? group.get(0).get(key) : null);
                }
                calls.forEach(call -> row.add(NaiveAggregates.compute(call, group)));
                expected.add(row);
            }
        }
        List<List<Object>> actual = Runs.rows(factory);
        assertThat(actual.size()).as("rows, seed %s", seed).isEqualTo(expected.size());
        for (int i = 0; i < actual.size(); i++) {
            for (int column = 0; column < actual.get(i).size(); column++) {
                Object is = actual.get(i).get(column);
                Object should = expected.get(i).get(column);
                int ordinal = column;
                assertThat(NaiveAggregates.close(is, should))
                        .as(() -> "seed " + seed + ": " + is + " for " + should + " in "
                                + (ordinal < keys.length
                                        ? "key " + ordinal
                                        : describe(calls.get(ordinal - keys.length))))
                        .isTrue();
            }
        }
    }

    private static String describe(AggregateCall call) {
        return call + " of " + Arrays.toString(call.arguments());
    }
}
