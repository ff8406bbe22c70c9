// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec;

import static org.assertj.core.api.Assertions.assertThat;

import io.datasetdb.sql.exec.join.FilterSlot;
import io.datasetdb.sql.exec.rows.SortKey;
import io.datasetdb.sql.kernel.Bindings;
import io.datasetdb.store.ColumnPath;
import io.datasetdb.store.ScanCounters;
import io.datasetdb.store.ScanCounters.Figure;
import io.datasetdb.vector.DataType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Scans below a search for the first rows leave out rows and splits, but none that is among the first. */
class TopBoundTest {
    private static final DataType[] TYPES = {
        DataType.BIGINT, DataType.DOUBLE, DataType.VARCHAR, DataType.DATE, DataType.decimal(12, 2), DataType.INTEGER
    };

    private static Table table(Random random, int rows, int domain) {
        List<List<Object>> result = new ArrayList<>();
        int nulls = 1 + random.nextInt(200);
        for (int i = 0; i < rows; i++) {
            List<Object> row = new ArrayList<>();
            for (DataType type : TYPES) {
                row.add(random.nextInt(nulls) == 0 ? null : Table.some(type, random, domain));
            }
            result.add(row);
        }
        return new Table(List.of(TYPES), result);
    }

    private static OperatorFactory top(
            ScanOperator.Factory scan, FilterSlot slot, List<SortKey> keys, long offset, long fetch) {
        return new TopNOperator.Factory(
                scan, keys, Runs.constant(DataType.BIGINT, offset), Runs.constant(DataType.BIGINT, fetch), slot);
    }

    private static ScanOperator.Factory scan(Table table, FilterSlot slot, int column) {
        return new ScanOperator.Factory(
                new TableScan(table, 7),
                List.of(new SlotScanFilter(slot, column, ColumnPath.of("c" + column), TYPES[column])));
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 3})
    void theFirstRowsAreThoseOfTheSort(int threads) {
        try (Scheduler scheduler = new Scheduler(threads)) {
            for (int seed = 0; seed < 36; seed++) {
                Random random = new Random(seed);
                Table table = table(random, 12_000, seed % 3 == 0 ? 5 : 100_000);
                int first = seed % TYPES.length;
                List<SortKey> keys = new ArrayList<>();
                keys.add(new SortKey(first, random.nextBoolean(), random.nextBoolean()));
                boolean single = random.nextBoolean();
                for (int i = 0; i < TYPES.length && !single; i++) {
                    keys.add(SortKey.ascending(i));
                }
                FilterSlot slot = new FilterSlot();
                int offset = random.nextInt(20);
                int fetch = 1 + random.nextInt(60);
                OperatorFactory top = top(scan(table, slot, first), slot, keys, offset, fetch);
                Run run = new Run(
                        Bindings.none(Instant.EPOCH),
                        0,
                        MemoryBudget.ofHeap(),
                        () -> false,
                        threads == 1 ? null : scheduler);
                List<List<Object>> rows = Runs.rows(top, run);
                List<List<Object>> sorted = new ArrayList<>(table.rows());
                sorted.sort(NaiveAggregates.comparator(keys));
                sorted = sorted.subList(offset, offset + fetch);
                // threads that meet equal keys may keep either
                boolean ambiguous = single && threads > 1;
                assertThat(ambiguous ? column(rows, first) : rows)
                        .as("seed %s %s", seed, keys)
                        .isEqualTo(ambiguous ? column(sorted, first) : sorted);
            }
        }
    }

    private static List<Object> column(List<List<Object>> rows, int column) {
        return new ArrayList<>(rows.stream().map(row -> row.get(column)).toList());
    }

    private static ScanCounters read(List<List<Object>> rows, SortKey key) {
        FilterSlot slot = new FilterSlot();
        ScanOperator.Factory scan = scan(new Table(List.of(TYPES), rows), slot, key.ordinal());
        try (Run run = Runs.run();
                Operator top = top(scan, slot, List.of(key), 0, 10).create(run)) {
            assertThat(Runs.drained(top, List.of(TYPES))).hasSize(10);
            return scan.counters(run);
        }
    }

    @Test
    void splitsAndRowsThatComeTooLateAreLeftOut() {
        Random random = new Random(7);
        List<List<Object>> rows =
                new ArrayList<>(table(random, 30_000, 1_000_000).rows());
        for (SortKey key : List.of(SortKey.ascending(0), SortKey.descending(4), SortKey.ascending(3))) {
            rows.sort(NaiveAggregates.comparator(List.of(key)));
            assertThat(read(rows, key).get(Figure.SPLITS_PRUNED)).isEqualTo(6);
            java.util.Collections.shuffle(rows, random);
            ScanCounters shuffled = read(rows, key);
            assertThat(shuffled.get(Figure.ROWS_DROPPED)).isGreaterThan(20_000);
        }
    }

    @Test
    void manyEqualRowsAreNotPassedOnAgainAndAgain() {
        List<List<Object>> rows = new ArrayList<>();
        for (Object value : table(new Random(3), 20_000, 100).rows()) {
            List<Object> row = new ArrayList<>((List<?>) value);
            row.set(0, 5L);
            rows.add(row);
        }
        assertThat(read(rows, SortKey.ascending(0)).get(Figure.SPLITS_PRUNED)).isEqualTo(6);
    }
}
