// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datasetdb.sql.exec.aggregate.AggregateCall;
import io.datasetdb.sql.exec.aggregate.StandardAggregate;
import io.datasetdb.sql.exec.rows.SortKey;
import io.datasetdb.sql.kernel.Bindings;
import io.datasetdb.sql.kernel.Expression;
import io.datasetdb.vector.DataType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Plans divided among threads yield the rows that one thread yields. */
class DividedRunTest {
    private static final DataType[] TYPES = {
        DataType.INTEGER, DataType.VARCHAR, DataType.BIGINT, DataType.decimal(30, 2)
    };

    private final Scheduler scheduler = new Scheduler(3);

    @AfterEach
    void endThreads() {
        scheduler.close();
    }

    /** A table in parts, read by as many operators as are wanted. */
    record Divided(List<TableSource> parts) implements OperatorFactory {
        static Divided of(Table table, long seed, int count) {
            List<TableSource> parts = new ArrayList<>();
            int size = table.rows().size();
            for (int i = 0; i < count; i++) {
                List<List<Object>> rows = table.rows().subList(size * i / count, size * (i + 1) / count);
                parts.add(new TableSource(new Table(table.types(), rows), seed + i));
            }
            return new Divided(parts);
        }

        @Override
        public List<DataType> types() {
            return parts.get(0).types();
        }

        @Override
        public Operator create(Run run) {
            return new UnionOperator.Factory(List.copyOf(parts)).create(run);
        }

        @Override
        public List<Operator> split(Run run, int count) {
            return parts.stream().map(part -> part.create(run)).toList();
        }

        boolean isClosedOnce() {
            return parts.stream().allMatch(part -> part.opened == part.closed);
        }
    }

    private Run run() {
        return new Run(Bindings.none(Instant.EPOCH), 0, MemoryBudget.ofHeap(), () -> false, scheduler);
    }

    private void check(OperatorFactory plan, String seed) {
        assertThat(Table.canonicalSorted(Runs.rows(plan, run())))
                .as(seed)
                .isEqualTo(Table.canonicalSorted(Runs.rows(plan)));
    }

    /** Every different row and how often it comes: a pipeline's end that takes all parts. */
    private static OperatorFactory counted(OperatorFactory input) {
        int[] all = new int[input.types().size()];
        java.util.Arrays.setAll(all, i -> i);
        return new AggregateOperator.Factory(
                input, all, List.of(AggregateCall.of(StandardAggregate.COUNT, DataType.BIGINT)));
    }

    @ParameterizedTest
    @EnumSource(JoinKind.class)
    void joinsAgree(JoinKind kind) {
        for (int seed = 0; seed < 10; seed++) {
            Random random = new Random(seed);
            Divided left = Divided.of(Table.random(random, 400, TYPES), seed, 3);
            Divided right = Divided.of(Table.random(random, seed % 3 == 0 ? 4 : 150, TYPES), seed + 10, 4);
            int[] keys =
                    random.ints(0, TYPES.length).distinct().limit(1 + seed % 2).toArray();
            var join = new HashJoinOperator.Factory(left, right, keys, keys, new boolean[keys.length], kind, null);
            check(counted(join), "seed " + seed);
            check(join, "at the root, seed " + seed);
            assertThat(left.isClosedOnce() && right.isClosedOnce()).isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void semiJoinsThatKeepTheLeftSideAgreeWithThoseThatKeepTheRight(boolean anti) {
        for (int seed = 0; seed < 20; seed++) {
            Random random = new Random(seed);
            Divided left = Divided.of(Table.random(random, seed % 5 == 0 ? 0 : 60, TYPES), seed, 2);
            Divided right = Divided.of(Table.random(random, random.nextInt(400), TYPES), seed + 10, 3);
            int[] keys =
                    random.ints(0, TYPES.length).distinct().limit(1 + seed % 2).toArray();
            boolean[] nullSafe = new boolean[keys.length];
            nullSafe[0] = seed % 3 == 0;
            Expression residual = seed % 2 == 0
                    ? null
                    : Runs.condition(row -> row.get(0) == null || row.get(4) == null
                            ? null
                            : (Boolean) !row.get(0).equals(row.get(4)));
            JoinKind kind = anti ? JoinKind.ANTI : JoinKind.SEMI;
            var keepsRight = new HashJoinOperator.Factory(left, right, keys, keys, nullSafe, kind, residual);
            var keepsLeft = new HashSemiJoinOperator.Factory(left, right, keys, keys, nullSafe, anti, residual);
            List<String> expected = Table.canonicalSorted(Runs.rows(keepsRight));
            assertThat(Table.canonicalSorted(Runs.rows(keepsLeft)))
                    .as("seed %s", seed)
                    .isEqualTo(expected);
            assertThat(Table.canonicalSorted(Runs.rows(keepsLeft, run())))
                    .as("divided, seed %s", seed)
                    .isEqualTo(expected);
            assertThat(left.isClosedOnce() && right.isClosedOnce()).isTrue();
        }
    }

    @Test
    void groupsAgreeFewAndMany() {
        for (int size : new int[] {0, 50, 60_000}) {
            Random random = new Random(size);
            Table table = Table.random(random, size, TYPES);
            for (int i = 0; i < table.rows().size() && size > 1000; i++) {
                table.rows().get(i).set(2, (long) random.nextInt(40_000));
            }
            Divided source = Divided.of(table, size, 3);
            List<AggregateCall> calls = List.of(
                    AggregateCall.of(StandardAggregate.COUNT, DataType.BIGINT),
                    AggregateCall.of(StandardAggregate.SUM, DataType.decimal(38, 2), 3),
                    AggregateCall.of(StandardAggregate.MIN, DataType.VARCHAR, 1),
                    new AggregateCall(
                            StandardAggregate.COUNT,
                            new int[] {0},
                            true,
                            AggregateCall.NO_FILTER,
                            List.of(),
                            DataType.BIGINT));
            check(new AggregateOperator.Factory(source, new int[] {2, 1}, calls), "by two keys, " + size + " rows");
            check(new AggregateOperator.Factory(source, new int[] {2}, calls), "by one key, " + size + " rows");
            check(new AggregateOperator.Factory(source, new int[0], calls), "without keys, " + size + " rows");
            var sets = List.of(new int[] {1, 2}, new int[] {2}, new int[0]);
            check(new AggregateOperator.Factory(source, new int[] {1, 2}, sets, calls), "sets, " + size + " rows");
        }
    }

    @Test
    void topRowsAgree() {
        Random random = new Random(3);
        Divided source = Divided.of(Table.random(random, 30_000, TYPES), 3, 3);
        List<SortKey> keys = new ArrayList<>();
        for (int i = 0; i < TYPES.length; i++) {
            keys.add(new SortKey(i, i % 2 == 0, i % 3 == 0));
        }
        var top = new TopNOperator.Factory(
                source, keys, Runs.constant(DataType.BIGINT, 5L), Runs.constant(DataType.BIGINT, 500L));
        assertThat(Table.canonical(Runs.rows(top, run()))).isEqualTo(Table.canonical(Runs.rows(top)));
    }

    @Test
    void failureOfOnePartEndsAllAndGivesEverythingBack() {
        Divided source = Divided.of(Table.random(new Random(1), 3_000, TYPES), 1, 3);
        source.parts.get(1).failAfter = 2;
        Run run = run();
        try (Operator operator = counted(source).create(run)) {
            assertThatThrownBy(operator::next).hasMessage("source failed");
        }
        assertThat(source.isClosedOnce()).isTrue();
        assertThat(run.memory().used()).isZero();
    }

    @Test
    void whatRunsWhenThePoolIsClosedGoesOnToItsEnd() {
        int[] steps = new int[3];
        List<Scheduler.Task> tasks = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            int task = i;
            tasks.add(() -> {
                scheduler.close();
                return ++steps[task] < 1_000;
            });
        }
        scheduler.run(tasks);
        scheduler.run(tasks);
        assertThat(steps).containsExactly(1_001, 1_001, 1_001);
    }

    @Test
    void taskStartedFromTaskStaysOnItsThread() {
        List<Thread> threads = new ArrayList<>();
        Scheduler.Task outer = () -> {
            Thread here = Thread.currentThread();
            Scheduler.Task inner = () -> {
                synchronized (threads) {
                    threads.add(Thread.currentThread().equals(here) ? here : new Thread());
                }
                return false;
            };
            scheduler.run(List.of(inner, inner));
            return false;
        };
        scheduler.run(List.of(outer, outer, outer, outer));
        assertThat(threads).hasSize(8).allMatch(thread -> thread.getName().startsWith("datasetdb-worker"));
    }
}
