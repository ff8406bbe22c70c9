// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec;

import static org.assertj.core.api.Assertions.assertThat;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.sql.exec.aggregate.AggregateCall;
import io.datasetdb.sql.exec.aggregate.StandardAggregate;
import io.datasetdb.sql.exec.rows.SortKey;
import io.datasetdb.sql.kernel.Bindings;
import io.datasetdb.sql.kernel.KernelError;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.DataType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What ends one of several threads at whatever batch ends the whole: one failure is told, every source is closed once, and the
 * memory is given back.
 */
class DividedFaultTest {
    private static final DataType[] TYPES = {DataType.INTEGER, DataType.VARCHAR, DataType.BIGINT};
    private static final int THREADS = 3;

    /** What happens at a batch. */
    private static final class Fault {
        private final int at;
        private final Runnable action;
        private final AtomicInteger batches = new AtomicInteger();
        private final AtomicInteger open = new AtomicInteger();

        Fault(int at, Runnable action) {
            this.at = at;
            this.action = action;
        }

        void batch() {
            if (batches.incrementAndGet() == at) {
                action.run();
            }
        }
    }

    /** A table whose parts count their batches together. */
    private record Source(Table table, Fault fault) implements OperatorFactory {
        @Override
        public List<DataType> types() {
            return table.types();
        }

        @Override
        public Operator create(Run run) {
            return part(run, 0, table.rows().size());
        }

        @Override
        public List<Operator> split(Run run, int count) {
            List<Operator> parts = new ArrayList<>();
            int size = table.rows().size();
            for (int i = 0; i < count; i++) {
                parts.add(part(run, size * i / count, size * (i + 1) / count));
            }
            return parts;
        }

        private Operator part(Run run, int from, int to) {
            Operator rows =
                    new TableSource(new Table(table.types(), table.rows().subList(from, to)), from, 20).create(run);
            fault.open.incrementAndGet();
            return new Operator() {
                @Override
                public Batch next() {
                    fault.batch();
                    run.checkCancelled();
                    return rows.next();
                }

                @Override
                public void close() {
                    fault.open.decrementAndGet();
                    rows.close();
                }
            };
        }
    }

    private final Scheduler scheduler = new Scheduler(THREADS);

    @AfterEach
    void endThreads() {
        scheduler.close();
    }

    /** Plans whose pipelines are divided, over two tables. */
    private static Map<String, OperatorFactory> plans(Fault fault) {
        Random random = new Random(5);
        Source left = new Source(Table.random(random, 400, TYPES), fault);
        Source right = new Source(Table.random(random, 300, TYPES), fault);
        int[] key = {0};
        boolean[] plain = {false};
        List<SortKey> order = List.of(new SortKey(0, false, false), new SortKey(1, true, false));
        Map<String, OperatorFactory> plans = new LinkedHashMap<>();
        for (JoinKind kind : JoinKind.values()) {
            var join = new HashJoinOperator.Factory(left, right, key, key, plain, kind, null);
            plans.put("hash join " + kind, join);
            plans.put("groups over hash join " + kind, grouped(join));
            plans.put("nested loop " + kind, new NestedLoopJoinOperator.Factory(left, right, kind, null));
        }
        var semi = new HashSemiJoinOperator.Factory(left, right, key, key, plain, false, null);
        plans.put("semi join", semi);
        plans.put("semi join twice", new HashSemiJoinOperator.Factory(right, semi, key, key, plain, true, null));
        plans.put("groups", grouped(left));
        plans.put("groups of groups", grouped(grouped(left)));
        plans.put("sort", new SortOperator.Factory(left, order));
        plans.put(
                "top rows",
                new TopNOperator.Factory(
                        grouped(left), order, Runs.constant(DataType.BIGINT, 0L), Runs.constant(DataType.BIGINT, 30L)));
        plans.put(
                "union of joins",
                new UnionOperator.Factory(List.of(
                        new HashJoinOperator.Factory(left, right, key, key, plain, JoinKind.SEMI, null),
                        new FilterOperator.Factory(right, Runs.condition(row -> row.get(2) != null)))));
        plans.put("except", new SetOperator.Factory(List.of(left, right), SetOperator.Kind.EXCEPT, true));
        return plans;
    }

    private static OperatorFactory grouped(OperatorFactory input) {
        return new AggregateOperator.Factory(
                input,
                new int[] {0, 1},
                List.of(
                        AggregateCall.of(StandardAggregate.COUNT, DataType.BIGINT),
                        AggregateCall.of(StandardAggregate.MIN, DataType.VARCHAR, 1)));
    }

    static Stream<String> names() {
        return plans(new Fault(0, () -> {})).keySet().stream();
    }

    private Run run(MemoryBudget memory) {
        return new Run(Bindings.none(Instant.EPOCH), 0, memory, () -> false, scheduler);
    }

    /** Pulls a plan dry; returns what it threw. */
    private static Throwable pull(OperatorFactory plan, Run run) {
        try (Operator operator = plan.create(run)) {
            Batch batch = operator.next();
            while (batch != null) {
                batch = operator.next();
            }
            return null;
        } catch (RuntimeException | Error e) {
            return e;
        }
    }

    /** Makes the fault happen at every batch in turn, until there are no more. */
    private void atEveryBatch(String name, String what, Supplier<Runnable> action, Class<?> expected) {
        boolean reached = true;
        for (int at = 1; reached; at++) {
            Runnable happening = action.get();
            Fault fault = new Fault(at, happening);
            Run run = run(MemoryBudget.ofHeap());
            Throwable thrown = pull(plans(fault).get(name), run);
            reached = fault.batches.get() >= at;
            assertThat(fault.open.get())
                    .as("%s: open sources after %s at %d", name, what, at)
                    .isZero();
            assertThat(run.memory().used())
                    .as("%s: memory after %s at %d", name, what, at)
                    .isZero();
            if (reached) {
                assertThat(thrown).as("%s: %s at %d", name, what, at).isInstanceOf(expected);
            } else {
                assertThat(thrown).as("%s: no %s before %d", name, what, at).isNull();
            }
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void failureOfOneThreadEndsAll(String name) {
        atEveryBatch(
                name,
                "failure",
                () -> () -> {
                    throw new IllegalStateException("failed");
                },
                IllegalStateException.class);
    }

    @ParameterizedTest
    @MethodSource("names")
    void errorOfTheVirtualMachineInOneThreadEndsAll(String name) {
        atEveryBatch(
                name,
                "error",
                () -> () -> {
                    throw new OutOfMemoryError("no heap");
                },
                OutOfMemoryError.class);
    }

    /** Cancelled from within a thread of the pool, as from any other. */
    @ParameterizedTest
    @MethodSource("names")
    void cancellingEndsAll(String name) {
        for (int at = 1; at < 20; at += 3) {
            Run[] run = new Run[1];
            Fault fault = new Fault(at, () -> run[0].cancel());
            run[0] = run(MemoryBudget.ofHeap());
            Throwable thrown = pull(plans(fault).get(name), run[0]);
            assertThat(thrown)
                    .as("%s: cancelled at %d", name, at)
                    .isInstanceOfSatisfying(
                            DatasetDbException.class, e -> assertThat(e.code()).isEqualTo(KernelError.CANCELLED));
            assertThat(fault.open.get()).as("%s: open sources", name).isZero();
            assertThat(run[0].memory().used()).as("%s: memory", name).isZero();
        }
    }

    @ParameterizedTest
    @MethodSource("names")
    void budgetThatIsUsedUpInOneThreadEndsAll(String name) {
        int refused = 0;
        for (long limit = 1L << 10; limit < 1L << 20; limit *= 2) {
            Fault fault = new Fault(0, () -> {});
            Run run = run(new MemoryBudget(limit));
            Throwable thrown = pull(plans(fault).get(name), run);
            assertThat(fault.open.get())
                    .as("%s: open sources, limit %d", name, limit)
                    .isZero();
            assertThat(run.memory().used())
                    .as("%s: memory, limit %d", name, limit)
                    .isZero();
            if (thrown != null) {
                refused++;
                assertThat(thrown)
                        .as("%s, limit %d", name, limit)
                        .isInstanceOfSatisfying(
                                DatasetDbException.class,
                                e -> assertThat(e.code()).isEqualTo(KernelError.OUT_OF_MEMORY));
            }
        }
        assertThat(refused).as("%s: budgets that did not suffice", name).isLessThan(10);
    }

    @ParameterizedTest
    @MethodSource("names")
    void resultThatNobodyWantsAnyMoreGivesEverythingBack(String name) {
        for (int wanted = 0; wanted < 3; wanted++) {
            Fault fault = new Fault(0, () -> {});
            Run run = run(MemoryBudget.ofHeap());
            try (Operator operator = plans(fault).get(name).create(run)) {
                for (int i = 0; i < wanted; i++) {
                    operator.next();
                }
            }
            assertThat(fault.open.get()).as("%s: open sources", name).isZero();
            assertThat(run.memory().used()).as("%s: memory", name).isZero();
        }
    }
}
