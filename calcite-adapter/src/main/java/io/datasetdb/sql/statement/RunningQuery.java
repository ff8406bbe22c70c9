// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.statement;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.sql.SqlError;
import io.datasetdb.sql.StatementResult;
import io.datasetdb.sql.exec.MemoryBudget;
import io.datasetdb.sql.exec.Operator;
import io.datasetdb.sql.exec.Run;
import io.datasetdb.sql.kernel.Bindings;
import io.datasetdb.sql.kernel.KernelError;
import io.datasetdb.sql.plan.PlannedQuery;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.Schema;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A query while it runs: the root operator's batches, and the flag that ends it. */
public final class RunningQuery implements StatementResult {
    private final PlannedQuery plan;
    private final Run run;
    private final RunningQueries session;
    private @Nullable Operator root;
    private boolean closed;

    private RunningQuery(PlannedQuery plan, Run run, RunningQueries session) {
        this.plan = plan;
        this.run = run;
        this.session = session;
    }

    /** Starts a run; nothing is read before the first batch is asked for. */
    public static RunningQuery start(
            PlannedQuery plan, List<@Nullable Object> arguments, StatementContext context, long timeoutNanos) {
        if (arguments.size() != plan.parameters().size()) {
            throw new DatasetDbException(
                    SqlError.WRONG_PARAMETERS,
                    "Cannot run the statement: it has " + plan.parameters().size() + " parameters and got "
                            + arguments.size() + " values");
        }
        Bindings bindings =
                new Bindings(arguments, Instant.now(), context.options().user(), new Object[plan.correlationSlots()]);
        RunningQuery query = new RunningQuery(plan, new Run(bindings, timeoutNanos, MemoryBudget.ofHeap(), context.scheduler()), context.running());
        context.running().add(query);
        return query;
    }

    @Override
    public Schema schema() {
        return plan.schema();
    }

    @Override
    public long updateCount() {
        return -1;
    }

    @Override
    public @Nullable Batch next() {
        if (closed) {
            return null;
        }
        try {
            run.checkCancelled();
            if (root == null) {
                root = plan.root().create(run);
            }
            return root.next();
        } catch (DatasetDbException e) {
            throw e;
        } catch (OutOfMemoryError e) {
            throw new DatasetDbException(
                    KernelError.OUT_OF_MEMORY, "Cannot finish the statement: the process is out of memory", e);
        } catch (RuntimeException | StackOverflowError e) {
            throw new DatasetDbException(
                    KernelError.INTERNAL, "Cannot finish the statement: an internal error occurred (" + e + ")", e);
        }
    }

    @Override
    public void cancel() {
        run.cancel();
    }

    @Override
    public void close() {
        closed = true;
        session.remove(this);
        if (root != null) {
            root.close();
        }
    }
}
