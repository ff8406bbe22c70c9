// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datasetdb.sql.kernel.Bindings;
import io.datasetdb.vector.DataType;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A shared step is computed once a run, and each of its readers sees all its rows. */
class SharedOperatorTest {
    private static final long SEED = 7;
    private static final Table TABLE =
            Table.random(new Random(SEED), 5000, DataType.INTEGER, DataType.VARCHAR, DataType.decimal(30, 2));

    private final Scheduler scheduler = new Scheduler(3);
    private final TableSource source = new TableSource(TABLE, SEED);
    private final OperatorFactory step = new SharedOperator.Factory(source, "key");

    @AfterEach
    void endThreads() {
        scheduler.close();
    }

    private Run run(MemoryBudget memory, boolean divided) {
        return new Run(Bindings.none(Instant.EPOCH), 0, memory, () -> false, divided ? scheduler : null);
    }

    /** All rows twice. */
    private void checkTwice(Run run, OperatorFactory plan) {
        List<List<Object>> rows;
        try (run;
                Operator operator = plan.create(run)) {
            rows = Runs.drained(operator, TABLE.types());
        }
        List<List<Object>> expected = new ArrayList<>(TABLE.rows());
        expected.addAll(TABLE.rows());
        assertThat(Table.canonicalSorted(rows)).isEqualTo(Table.canonicalSorted(expected));
        assertThat(run.memory().used()).as("all memory given back").isZero();
        assertThat(source.closed).isEqualTo(source.opened);
    }

    private static OperatorFactory twice(OperatorFactory step) {
        return new UnionOperator.Factory(List.of(step, step));
    }

    @Test
    void twoReadersComputeOnce() {
        checkTwice(run(MemoryBudget.ofHeap(), false), twice(step));
        assertThat(source.opened).isEqualTo(1);
    }

    @Test
    void eachRunComputesAnew() {
        checkTwice(run(MemoryBudget.ofHeap(), false), twice(step));
        checkTwice(run(MemoryBudget.ofHeap(), false), twice(step));
        assertThat(source.opened).isEqualTo(2);
    }

    @Test
    void readersInSeveralThreadsDivideTheRows() {
        Run run = run(MemoryBudget.ofHeap(), true);
        try (run) {
            List<Operator> parts = step.split(run, 3);
            List<List<Object>> rows = new ArrayList<>();
            parts.forEach(part -> rows.addAll(Runs.drained(part, TABLE.types())));
            Operators.close(parts);
            assertThat(parts).hasSize(3);
            assertThat(Table.canonicalSorted(rows)).isEqualTo(Table.canonicalSorted(TABLE.rows()));
        }
        assertThat(source.opened).isEqualTo(1);
        assertThat(run.memory().used()).isZero();
    }

    @Test
    void rowsThatDoNotFitAreComputedByEachReader() {
        checkTwice(run(new MemoryBudget(20_000), false), twice(step));
        assertThat(source.opened).isEqualTo(3);
    }

    @Test
    void aFailureReachesTheReaderAndGivesAllBack() {
        source.failAfter = 3;
        Run run = run(MemoryBudget.ofHeap(), false);
        assertThatThrownBy(() -> twice(step).create(run)).hasMessage("source failed");
        run.close();
        assertThat(run.memory().used()).isZero();
        assertThat(source.closed).isEqualTo(source.opened);
    }

    @Test
    void aReaderThatStopsEarlyLeavesNothing() {
        Run run = run(MemoryBudget.ofHeap(), false);
        try (run;
                Operator operator = twice(step).create(run)) {
            assertThat(operator.next()).isNotNull();
        }
        assertThat(run.memory().used()).isZero();
    }

    @Test
    void noRowsAreSharedToo() {
        OperatorFactory none =
                new SharedOperator.Factory(new TableSource(new Table(TABLE.types(), List.of()), SEED), "none");
        Run run = run(MemoryBudget.ofHeap(), false);
        try (run;
                Operator operator = twice(none).create(run)) {
            assertThat(operator.next()).isNull();
        }
    }

    @Test
    void whatStepsShareIsFoundByTheStepItselfAndNotByItsEqual() {
        try (Run run = run(MemoryBudget.ofHeap(), false)) {
            List<Integer> key = List.of(1, 2);
            List<Integer> equal = new ArrayList<>(key);
            Object shared = run.shared(key, Object::new);
            assertThat(run.shared(key, Object::new)).isSameAs(shared);
            assertThat(run.shared(equal, Object::new)).isNotSameAs(shared);
        }
    }
}
