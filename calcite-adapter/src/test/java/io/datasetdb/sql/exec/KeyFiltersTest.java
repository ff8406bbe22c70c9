// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec;

import static org.assertj.core.api.Assertions.assertThat;

import io.datasetdb.sql.exec.join.FilterSlot;
import io.datasetdb.sql.exec.join.JoinLevel;
import io.datasetdb.sql.kernel.Bindings;
import io.datasetdb.store.ColumnPath;
import io.datasetdb.store.Scan;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.DataType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Scans leave out rows that find no match in a join above, and no other. */
class KeyFiltersTest {
    private static final DataType[] TYPES = {
        DataType.INTEGER,
        DataType.BIGINT,
        DataType.DATE,
        DataType.DOUBLE,
        DataType.VARCHAR,
        DataType.decimal(12, 2),
        DataType.decimal(30, 2),
        DataType.UUID
    };

    private final Scheduler scheduler = new Scheduler(3);

    @AfterEach
    void endThreads() {
        scheduler.close();
    }

    private Run divided() {
        return new Run(Bindings.none(Instant.EPOCH), 0, MemoryBudget.ofHeap(), () -> false, scheduler);
    }

    private static ScanFilter filter(FilterSlot slot, int column) {
        return new SlotScanFilter(slot, column, ColumnPath.of("c" + column), TYPES[column]);
    }

    private static Scan scan(Table table) {
        return new TableScan(table, 3);
    }

    /** Counts the rows that another step yields. */
    private record Counted(OperatorFactory input, AtomicLong rows) implements OperatorFactory {
        @Override
        public List<DataType> types() {
            return input.types();
        }

        @Override
        public Operator create(Run run) {
            return counted(input.create(run));
        }

        @Override
        public List<Operator> split(Run run, int count) {
            return input.split(run, count).stream().map(this::counted).toList();
        }

        private Operator counted(Operator operator) {
            return new Operator() {
                @Override
                public Batch next() {
                    Batch batch = operator.next();
                    rows.addAndGet(batch == null ? 0 : batch.size());
                    return batch;
                }

                @Override
                public void close() {
                    operator.close();
                }
            };
        }
    }

    private static Table table(Random random, int rows, int domain) {
        List<List<Object>> result = new ArrayList<>();
        for (int i = 0; i < rows; i++) {
            List<Object> row = new ArrayList<>();
            for (DataType type : TYPES) {
                row.add(random.nextInt(20) == 0 ? null : Table.some(type, random, domain));
            }
            result.add(row);
        }
        return new Table(List.of(TYPES), result);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2})
    void joinsWithFiltersYieldWhatTheyYieldWithoutFromFewerRows(int keyCount) {
        for (int seed = 0; seed < 24; seed++) {
            Random random = new Random(seed);
            Table left = table(random, 4_000, 9);
            Table right = table(random, seed % 6 == 0 ? 0 : 3, 9);
            int first = seed % TYPES.length;
            int[] keys = keyCount == 1 ? new int[] {first} : new int[] {first, (first + 3) % TYPES.length};
            JoinKind kind =
                    List.of(JoinKind.INNER, JoinKind.SEMI, JoinKind.RIGHT).get(seed % 3);
            List<FilterSlot> slots = new ArrayList<>();
            List<ScanFilter> filtered = new ArrayList<>();
            for (int key : keys) {
                FilterSlot slot = new FilterSlot();
                slots.add(slot);
                filtered.add(filter(slot, key));
            }
            AtomicLong rows = new AtomicLong();
            OperatorFactory filteredLeft = new Counted(new ScanOperator.Factory(scan(left), filtered), rows);
            OperatorFactory rightSource = new TableSource(right, seed);
            boolean[] read = JoinOutput.all(2 * TYPES.length);
            boolean[] nullSafe = new boolean[keyCount];
            var plain = new HashJoinOperator.Factory(
                    new ScanOperator.Factory(scan(left), List.of()), rightSource, keys, keys, nullSafe, kind, null);
            var join = new HashJoinOperator.Factory(
                    filteredLeft, rightSource, keys, keys, nullSafe, kind, null, read, slots, JoinLevel.TOP);
            List<String> expected = Table.canonicalSorted(Runs.rows(plain));
            String what = kind + " by " + Arrays.toString(keys) + ", seed " + seed;
            assertThat(Table.canonicalSorted(Runs.rows(join))).as(what).isEqualTo(expected);
            assertThat(rows.get()).as(what).isLessThan(3_000);
            assertThat(Table.canonicalSorted(Runs.rows(join, divided())))
                    .as("divided, %s", what)
                    .isEqualTo(expected);
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void semiJoinsThatKeepTheLeftSideFilterTheRightOne(boolean anti) {
        for (int seed = 0; seed < 8; seed++) {
            Random random = new Random(seed);
            Table left = table(random, 4, 9);
            Table right = table(random, 4_000, 9);
            int[] keys = {seed % TYPES.length};
            FilterSlot slot = new FilterSlot();
            AtomicLong rows = new AtomicLong();
            OperatorFactory filteredRight =
                    new Counted(new ScanOperator.Factory(scan(right), List.of(filter(slot, keys[0]))), rows);
            JoinKind kind = anti ? JoinKind.ANTI : JoinKind.SEMI;
            var plain = new HashJoinOperator.Factory(
                    new TableSource(left, 1), new TableSource(right, 2), keys, keys, new boolean[1], kind, null);
            var join = new HashSemiJoinOperator.Factory(
                    new TableSource(left, 1),
                    filteredRight,
                    keys,
                    keys,
                    new boolean[1],
                    anti,
                    null,
                    List.of(slot),
                    JoinLevel.TOP);
            assertThat(Table.canonicalSorted(Runs.rows(join, divided())))
                    .as("seed %s", seed)
                    .isEqualTo(Table.canonicalSorted(Runs.rows(plain)));
            assertThat(rows.get()).as("seed %s", seed).isLessThan(3_000);
        }
    }

    @Test
    void filterThatLetsNearlyAllRowsPassIsNotAskedForLong() {
        int count = 100_000;
        List<List<Object>> leftRows = new ArrayList<>();
        List<List<Object>> rightRows = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            leftRows.add(List.of(i % 1_000));
            if (i < 950) {
                rightRows.add(List.of(i));
            }
        }
        FilterSlot slot = new FilterSlot();
        AtomicLong rows = new AtomicLong();
        Table left = new Table(List.of(DataType.INTEGER), leftRows);
        var join = new HashJoinOperator.Factory(
                new Counted(
                        new ScanOperator.Factory(
                                scan(left),
                                List.of(new SlotScanFilter(slot, 0, ColumnPath.of("c0"), DataType.INTEGER))),
                        rows),
                new TableSource(new Table(List.of(DataType.INTEGER), rightRows), 1),
                new int[1],
                new int[1],
                new boolean[1],
                JoinKind.INNER,
                null,
                JoinOutput.all(2),
                List.of(slot),
                JoinLevel.TOP);
        assertThat(Runs.rows(join)).hasSize(95_000);
        assertThat(rows.get()).isGreaterThan(98_000).isLessThan(count);
    }
}
