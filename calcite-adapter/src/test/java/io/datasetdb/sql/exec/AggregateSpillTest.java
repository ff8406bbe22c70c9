// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.sql.exec.aggregate.AggregateCall;
import io.datasetdb.sql.exec.aggregate.GroupingFunction;
import io.datasetdb.sql.exec.aggregate.StandardAggregate;
import io.datasetdb.sql.kernel.Bindings;
import io.datasetdb.sql.kernel.KernelError;
import io.datasetdb.vector.DataType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Aggregations that do not fit in memory yield what those that do yield. */
class AggregateSpillTest {
    private static final MemoryBudget PLENTY = new MemoryBudget(1L << 40);

    private final Scheduler scheduler = new Scheduler(4);

    @AfterEach
    void endThreads() {
        scheduler.close();
    }

    private Run run(int workers, long bytes) {
        MemoryBudget budget = bytes == 0 ? PLENTY.child(Long.MAX_VALUE) : new MemoryBudget(bytes);
        return new Run(Bindings.none(Instant.EPOCH), 0, budget, () -> false, workers == 1 ? null : scheduler);
    }

    /** A table for {@link Calls} with many groups, some of them large. */
    private static Table table(Random random, int rows) {
        Table few = Calls.table(random, rows);
        List<List<Object>> many = new ArrayList<>();
        for (List<Object> row : few.rows()) {
            List<Object> changed = new ArrayList<>(row);
            int key = random.nextInt(4) == 0 ? random.nextInt(3) : random.nextInt(400);
            changed.set(0, key % 17 == 5 ? null : "key " + key);
            changed.set(1, key % 7);
            many.add(changed);
        }
        return new Table(few.types(), many);
    }

    @ParameterizedTest
    @CsvSource({"1,false", "1,true", "4,false", "4,true"})
    void allFunctionsAgreeWithThoseInMemory(int workers, boolean keepsRows) {
        for (int seed = 0; seed < 4; seed++) {
            Random random = new Random(seed);
            Table table = table(random, 3000);
            List<AggregateCall> calls = Calls.all(2, random, false).stream()
                    .filter(call -> workers == 1 || !call.function().orderSensitive())
                    .filter(call -> call.keepsRows() == keepsRows)
                    .toList();
            check(
                    table,
                    new int[] {0, 1},
                    List.of(new int[] {0, 1}),
                    calls,
                    workers,
                    keepsRows ? 3 << 20 : workers * (600 << 10),
                    seed);
        }
    }

    @ParameterizedTest
    @CsvSource({"1", "4"})
    void groupingSetsAgree(int workers) {
        for (int seed = 0; seed < 4; seed++) {
            Table table = table(new Random(seed), 8000);
            List<AggregateCall> calls = List.of(
                    AggregateCall.of(GroupingFunction.GROUPING_ID, DataType.BIGINT, 0, 1),
                    AggregateCall.of(StandardAggregate.COUNT, DataType.BIGINT),
                    AggregateCall.of(StandardAggregate.SUM, DataType.BIGINT, 2));
            List<int[]> sets = List.of(new int[] {0, 1}, new int[] {0}, new int[] {1}, new int[0]);
            check(table, new int[] {0, 1}, sets, calls, workers, workers * (150 << 10), seed);
        }
    }

    @ParameterizedTest
    @CsvSource({"1", "4"})
    void distinctRowsOfManyKeysArePartitionedMoreThanOnce(int workers) {
        for (int seed = 0; seed < 3; seed++) {
            Random random = new Random(seed);
            List<List<Object>> rows = new ArrayList<>();
            for (int i = 0; i < 60_000; i++) {
                long key = random.nextInt(40_000);
                rows.add(List.of(key * 1_000_000_007L, "text of key " + key));
            }
            Table table = new Table(List.of(DataType.BIGINT, DataType.VARCHAR), rows);
            check(table, new int[] {0, 1}, List.of(new int[] {0, 1}), List.of(), workers, 700 << 10, seed);
            check(table, new int[] {0}, List.of(new int[] {0}), List.of(), workers, 700 << 10, seed);
        }
    }

    @Test
    void oneGroupThatIsTooLargeIsAnError() {
        Table table = table(new Random(1), 60_000);
        List<AggregateCall> calls =
                List.of(AggregateCall.of(StandardAggregate.ARRAY_AGG, DataType.array(DataType.VARCHAR), 0));
        var factory = new AggregateOperator.Factory(new TableSource(table, 1), new int[0], calls);
        try (Run run = run(1, 200 << 10)) {
            assertThatThrownBy(() -> Runs.rows(factory, run))
                    .isInstanceOf(DatasetDbException.class)
                    .extracting(failure -> ((DatasetDbException) failure).code())
                    .isEqualTo(KernelError.OUT_OF_MEMORY);
            assertThat(run.memory().used()).isZero();
        }
    }

    private void check(
            Table table, int[] keys, List<int[]> sets, List<AggregateCall> calls, int workers, long bytes, int seed) {
        var factory = new AggregateOperator.Factory(DividedRunTest.Divided.of(table, seed, workers), keys, sets, calls);
        // the first call tells the sets apart
        int columns = keys.length + (sets.size() > 1 ? 1 : 0);
        Map<String, List<Object>> expected = byKey(Runs.rows(factory, run(workers, 0)), columns);
        try (Run run = run(workers, bytes)) {
            Map<String, List<Object>> actual = byKey(Runs.rows(factory, run), columns);
            assertThat(run.spill().bytesWritten()).as("spilled, seed " + seed).isPositive();
            assertThat(actual.keySet()).as("seed " + seed).isEqualTo(expected.keySet());
            expected.forEach((key, row) -> {
                for (int i = 0; i < row.size(); i++) {
                    Object is = actual.get(key).get(i);
                    Object should = row.get(i);
                    assertThat(NaiveAggregates.close(is, should))
                            .as("seed %s, group %s, column %s: %s for %s", seed, key, i, is, should)
                            .isTrue();
                }
            });
        }
    }

    private static Map<String, List<Object>> byKey(List<List<Object>> rows, int columns) {
        Map<String, List<Object>> result = new HashMap<>();
        for (List<Object> row : rows) {
            String key = Table.canonical(row.subList(0, columns));
            assertThat(result.put(key, row)).as("group %s comes once", key).isNull();
        }
        return result;
    }
}
