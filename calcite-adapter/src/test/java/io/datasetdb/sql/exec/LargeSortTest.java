// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datasetdb.sql.exec.rows.SortKey;
import io.datasetdb.sql.kernel.Bindings;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.LongVector;
import io.datasetdb.vector.Vector;
import io.datasetdb.vector.VectorBuilder;
import java.time.Instant;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Sorts of more rows than the budget allows to keep, and by several threads. */
class LargeSortTest {
    private static final int ROWS = Batch.SIZE;
    private static final List<DataType> TYPES = List.of(DataType.BIGINT, DataType.VARCHAR, DataType.BIGINT);

    private final Scheduler scheduler = new Scheduler(3);

    @AfterEach
    void endThreads() {
        scheduler.close();
    }

    private Run run(long budget, boolean divided) {
        MemoryBudget memory = new MemoryBudget(budget).child(Long.MAX_VALUE);
        return new Run(Bindings.none(Instant.EPOCH), 0, memory, () -> false, divided ? scheduler : null);
    }

    /** A key of few or many values, a text that belongs to it, and the number of the row in stored order. */
    private static Pieces source(int pieces, int keys) {
        return new Pieces(TYPES, pieces, 8, batch -> {
            Random random = new Random(batch);
            VectorBuilder key = VectorBuilder.of(DataType.BIGINT, ROWS);
            VectorBuilder text = VectorBuilder.of(DataType.VARCHAR, ROWS);
            long[] numbers = new long[ROWS];
            for (int i = 0; i < ROWS; i++) {
                int value = random.nextInt(keys);
                key.append(value == 0 ? null : (Long) (long) value);
                text.append(value == 0 ? null : "a text with a common prefix " + value);
                numbers[i] = (long) batch * ROWS + i;
            }
            Vector number = new LongVector(DataType.BIGINT, ROWS, numbers, null);
            return Batch.of(List.of(key.build(), text.build(), number), ROWS);
        });
    }

    /** Checks the order, that no row is lost or doubled, and that rows with equal keys kept their order. */
    private static void check(Operator sorted, int rows, boolean byText, boolean ascending) {
        long count = 0;
        long sum = 0;
        Comparable<Object> before = null;
        boolean first = true;
        long numberBefore = -1;
        for (Batch batch = sorted.next(); batch != null; batch = sorted.next()) {
            for (int i = 0; i < batch.size(); i++) {
                int position = batch.selection().position(i);
                @SuppressWarnings("unchecked")
                Comparable<Object> key =
                        (Comparable<Object>) batch.column(byText ? 1 : 0).getObject(position);
                long number = ((LongVector) batch.column(2)).values()[position];
                Object text = batch.column(1).getObject(position);
                Object value = batch.column(0).getObject(position);
                assertThat(text == null ? null : text.toString())
                        .isEqualTo(value == null ? null : "a text with a common prefix " + value);
                if (!first) {
                    // NULLs first
                    int order = before == null
                            ? key == null ? 0 : -1
                            : key == null ? 1 : ascending ? before.compareTo(key) : key.compareTo(before);
                    assertThat(order).isLessThanOrEqualTo(0);
                    if (order == 0) {
                        assertThat(number).isGreaterThan(numberBefore);
                    }
                }
                first = false;
                before = key;
                numberBefore = number;
                count++;
                sum += number;
            }
        }
        assertThat(count).isEqualTo(rows);
        assertThat(sum).isEqualTo((long) rows * (rows - 1) / 2);
    }

    @ParameterizedTest
    @CsvSource({
        "false, 7, false, true, 1000",
        "false, 1000000, false, false, 20",
        "false, 1000000, true, true, 20",
        "true, 7, false, true, 1000",
        "true, 1000000, false, false, 1000",
        "true, 1000000, true, true, 1000",
        "true, 7, true, false, 24",
        "true, 1000000, false, true, 24",
        "true, 3000, true, false, 24"
    })
    void rowsAreSortedStablyInWhateverMemory(
            boolean divided, int keys, boolean byText, boolean ascending, int megabytes) {
        Pieces source = source(20, keys);
        Run run = run((long) megabytes << 20, divided);
        var factory = new SortOperator.Factory(source, List.of(new SortKey(byText ? 1 : 0, ascending, true)));
        try (Operator sorted = factory.create(run)) {
            check(sorted, 20 * 8 * ROWS, byText, ascending);
            assertThat(run.spill().bytesWritten() > 0).isEqualTo(megabytes < 100);
            assertThat(run.memory().used()).isLessThanOrEqualTo(run.memory().limit());
        }
        assertThat(run.memory().used()).isZero();
        assertThat(source.open).hasValue(0);
        run.close();
    }

    @Test
    void manyRunsAreMergedInSeveralPasses() {
        Pieces source = source(60, 1_000_000);
        for (boolean divided : new boolean[] {false, true}) {
            Run run = run(12 << 20, divided);
            var factory = new SortOperator.Factory(source, List.of(new SortKey(0, true, true)));
            try (Operator sorted = factory.create(run)) {
                check(sorted, 60 * 8 * ROWS, false, true);
            }
            // every row once into a run and at least once more into a longer one
            assertThat(run.spill().bytesWritten()).isGreaterThan(60L * 8 * ROWS * 70);
            assertThat(run.memory().used()).isZero();
            run.close();
        }
    }

    @Test
    void firstRowsThatAreTooManyForMemoryAreSortedInFiles() {
        Run run = run(12 << 20, true);
        int rows = 20 * 8 * ROWS;
        var top = new TopNOperator.Factory(
                source(20, 1_000_000),
                List.of(SortKey.descending(2)),
                Runs.constant(DataType.BIGINT, 3L),
                Runs.constant(DataType.BIGINT, rows - 10L));
        long expected = rows - 4;
        try (Operator first = top.create(run)) {
            for (Batch batch = first.next(); batch != null; batch = first.next()) {
                for (int i = 0; i < batch.size(); i++) {
                    assertThat(((LongVector) batch.column(2))
                                    .values()[batch.selection().position(i)])
                            .isEqualTo(expected--);
                }
            }
        }
        assertThat(expected).isEqualTo(6);
        assertThat(run.spill().bytesWritten()).isPositive();
        assertThat(run.memory().used()).isZero();
        run.close();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void anUnorderedStepDividedAmongThreadsKeepsTheStoredOrder(boolean measured) {
        Pieces source = source(40, 100);
        Run run = run(1 << 30, true);
        OperatorFactory filter = new FilterOperator.Factory(
                measured ? new MeasuredFactory(source) : source,
                Runs.condition(row -> row.get(0) != null && (Long) row.get(0) % 2 == 0));
        long before = -1;
        int rows = 0;
        try (Operator gather = new GatherOperator.Factory(filter).create(run)) {
            assertThat(gather).isInstanceOf(GatherOperator.class);
            for (Batch batch = gather.next(); batch != null; batch = gather.next()) {
                for (int i = 0; i < batch.size(); i++) {
                    long number = ((LongVector) batch.column(2))
                            .values()[batch.selection().position(i)];
                    assertThat(number).isGreaterThan(before);
                    before = number;
                    rows++;
                }
            }
        }
        assertThat(rows).isBetween(40 * 8 * ROWS * 2 / 5, 40 * 8 * ROWS * 3 / 5);
        assertThat(source.open).hasValue(0);
        assertThat(run.memory().used()).isZero();
    }

    @Test
    void theInputsOfAUnionStayInOrderAndStepsWithoutAnOrderLoseNothing() {
        Pieces one = source(3, 100);
        Pieces other = source(5, 100);
        Run run = run(1 << 30, true);
        var union = new UnionOperator.Factory(List.of(one, other));
        long rows = 0;
        try (Operator gather = new GatherOperator.Factory(union).create(run)) {
            for (Batch batch = gather.next(); batch != null; batch = gather.next()) {
                for (int i = 0; i < batch.size(); i++) {
                    long number = ((LongVector) batch.column(2))
                            .values()[batch.selection().position(i)];
                    assertThat(number).isEqualTo(rows < 3 * 8 * ROWS ? rows : rows - 3 * 8 * ROWS);
                    rows++;
                }
            }
        }
        assertThat(rows).isEqualTo(8 * 8 * ROWS);
        Pieces unordered =
                new Pieces(TYPES, 700, 1, batch -> source(1, 10).create(run).next()) {
                    @Override
                    long piece(int number) {
                        return 0;
                    }
                };
        rows = 0;
        try (Operator gather = new GatherOperator.Factory(unordered).create(run)) {
            for (Batch batch = gather.next(); batch != null; batch = gather.next()) {
                rows += batch.size();
            }
        }
        assertThat(rows).isEqualTo(700L * ROWS);
        assertThat(run.memory().used()).isZero();
    }

    @Test
    void whoWantsFewRowsOfManyDoesNotHaveAllRead() {
        Pieces source = source(1_000, 10);
        try (Operator gather = new GatherOperator.Factory(source).create(run(1 << 30, true))) {
            assertThat(gather.next()).isNotNull();
            assertThat(source.made.get()).isLessThan(10);
        }
        assertThat(source.open).hasValue(0);
    }

    @Test
    void failureWhileSortingInFilesLeavesNothing() {
        Run run = run(16 << 20, true);
        Pieces source = new Pieces(TYPES, 100, 8, batch -> {
            if (batch == 150) {
                throw new IllegalArgumentException("source failed");
            }
            return source(100, 1_000).create(run).next();
        });
        try (Operator sorted = new SortOperator.Factory(source, List.of(SortKey.ascending(0))).create(run)) {
            assertThatThrownBy(sorted::next).hasMessage("source failed");
        }
        assertThat(run.spill().bytesWritten()).isPositive();
        assertThat(run.memory().used()).isZero();
        run.close();
    }
}
