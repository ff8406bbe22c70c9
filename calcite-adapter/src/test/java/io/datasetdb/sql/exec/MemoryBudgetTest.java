// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.sql.kernel.KernelError;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;

class MemoryBudgetTest {
    @Test
    void statementsShareTheBudgetOfTheProcess() {
        MemoryBudget process = new MemoryBudget(1_000);
        MemoryBudget.Account one = process.child(Long.MAX_VALUE).account("the rows of one");
        MemoryBudget.Account other = process.child(Long.MAX_VALUE).account("the rows of the other");
        one.hold(600);
        other.hold(400);
        assertThat(process.used()).isEqualTo(1_000);
        assertThatThrownBy(() -> other.hold(401))
                .isInstanceOf(DatasetDbException.class)
                .hasMessage(
                        "Cannot keep the rows of the other in memory: the budget of 1000 bytes for all statements is "
                                + "used up (401 bytes)")
                .extracting(failure -> ((DatasetDbException) failure).code())
                .isEqualTo(KernelError.OUT_OF_MEMORY);
        assertThat(other.held()).isEqualTo(400);
        one.close();
        other.hold(1_000);
        other.close();
        other.close();
        assertThat(process.used()).isZero();
    }

    @Test
    void aStatementMayHaveALimitOfItsOwn() {
        MemoryBudget process = new MemoryBudget(1_000);
        MemoryBudget statement = process.child(100);
        MemoryBudget.Account rows = statement.account("rows");
        rows.hold(100);
        assertThatThrownBy(() -> rows.hold(101))
                .hasMessage("Cannot keep rows in memory: the budget of 100 bytes for this statement is used up (101"
                        + " bytes)");
        assertThat(statement.used()).isEqualTo(100);
        assertThat(process.used()).isEqualTo(100);
        assertThat(process.child(5_000).limit()).isEqualTo(1_000);
    }

    @Test
    void whoCanSpillLeavesAQuarterToWhoCannot() {
        MemoryBudget process = new MemoryBudget(1_000);
        MemoryBudget.Account spills = process.child(Long.MAX_VALUE).account("rows");
        MemoryBudget.Account keeps = process.child(Long.MAX_VALUE).account("rows");
        assertThat(spills.tryHold(750)).isTrue();
        assertThat(spills.tryHold(751)).isFalse();
        assertThat(spills.held()).isEqualTo(750);
        keeps.hold(250);
        assertThat(spills.tryHold(740)).as("less is always granted").isTrue();
        assertThat(spills.tryHold(741)).isFalse();
        spills.close();
        keeps.close();
        assertThat(process.used()).isZero();
    }

    @Test
    void threadsNeverHoldMoreThanTheLimitTogether() throws Exception {
        MemoryBudget process = new MemoryBudget(100);
        ExecutorService threads = Executors.newFixedThreadPool(4);
        List<Callable<Long>> tasks = new ArrayList<>();
        for (int i = 0; i < 4; i++) {
            MemoryBudget.Account account = process.child(Long.MAX_VALUE).account("rows");
            tasks.add(() -> {
                long most = 0;
                for (int round = 0; round < 20_000; round++) {
                    if (!account.tryHold(round % 60)) {
                        account.hold(0);
                    }
                    most = Math.max(most, process.used());
                }
                account.close();
                return most;
            });
        }
        for (Future<Long> most : threads.invokeAll(tasks)) {
            assertThat(most.get()).isLessThanOrEqualTo(100);
        }
        threads.shutdown();
        assertThat(process.used()).isZero();
    }
}
