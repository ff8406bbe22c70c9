// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.statement;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.sql.Cancellation;
import io.datasetdb.sql.SqlError;
import io.datasetdb.sql.StatementResult;
import io.datasetdb.sql.exec.GatherOperator;
import io.datasetdb.sql.exec.MemoryBudget;
import io.datasetdb.sql.exec.Operator;
import io.datasetdb.sql.exec.RowsPassed;
import io.datasetdb.sql.exec.Run;
import io.datasetdb.sql.exec.Settings;
import io.datasetdb.sql.kernel.Bindings;
import io.datasetdb.sql.kernel.KernelError;
import io.datasetdb.sql.plan.PlannedQuery;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.Schema;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** A query while it runs: the root operator's batches, and the flag that ends it. */
public final class RunningQuery implements StatementResult {
    private final PlannedQuery plan;
    private final Run run;
    private final Cancellation cancellation;
    private final RunningQueries session;
    private final Path warehouse;
    private @Nullable Operator root;
    private boolean closed;
    private volatile @Nullable List<RowsPassed> passed;

    private RunningQuery(
            PlannedQuery plan, Run run, Cancellation cancellation, RunningQueries session, Path warehouse) {
        this.plan = plan;
        this.run = run;
        this.cancellation = cancellation;
        this.session = session;
        this.warehouse = warehouse;
    }

    /** Starts a run; nothing is read before the first batch is asked for. */
    public static RunningQuery start(
            PlannedQuery plan,
            List<@Nullable Object> arguments,
            StatementContext context,
            long timeoutNanos,
            Cancellation cancellation) {
        return start(plan, arguments, context, Instant.now(), timeoutNanos, cancellation);
    }

    /** As the other, for a statement that began, or is to pretend that it began, at {@code now}. */
    static RunningQuery start(
            PlannedQuery plan,
            List<@Nullable Object> arguments,
            StatementContext context,
            Instant now,
            long timeoutNanos,
            Cancellation cancellation) {
        if (arguments.size() != plan.parameters().size()) {
            throw new DatasetDbException(
                    SqlError.WRONG_PARAMETERS,
                    "Cannot run the statement: it has " + plan.parameters().size() + " parameters and got "
                            + arguments.size() + " values");
        }
        Bindings bindings = new Bindings(arguments, now, context.options().user(), new Object[plan.correlationSlots()]);
        Settings settings = context.settings().get();
        MemoryBudget memory = context.memory().child(settings.memoryLimit());
        Run run = new Run(bindings, timeoutNanos, settings, memory, cancellation::isRequested, context.scheduler());
        RunningQuery query = new RunningQuery(
                plan, run, cancellation, context.running(), context.registry().root());
        context.running().add(query);
        try {
            query.session.readers().begin(query, versions(plan), folders(plan));
        } catch (RuntimeException | Error e) {
            query.close();
            throw e;
        }
        return query;
    }

    /** What its operators share. */
    Run run() {
        return run;
    }

    /** How far its scans are; may be asked by any thread. */
    List<RowsPassed> rowsPassed() {
        List<RowsPassed> atEnd = passed;
        return atEnd == null ? run.rowsPassed() : atEnd;
    }

    void checkNotCancelled() {
        cancellation.check();
    }

    /**
     * The folders that were removed before this query began to read, and thereby kept others from removing them. It is then as
     * if they had been before its names were looked up.
     */
    Set<String> missingFolders() {
        return folders(plan).stream()
                .filter(folder -> !Files.exists(warehouse.resolve(folder)))
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Set<UUID> versions(PlannedQuery plan) {
        return plan.sources().stream()
                .flatMap(source -> source.uuids().stream())
                .collect(Collectors.toUnmodifiableSet());
    }

    private static Set<String> folders(PlannedQuery plan) {
        return plan.sources().stream()
                .flatMap(source -> source.version().stream())
                .flatMap(version -> version.folders().stream())
                .collect(Collectors.toUnmodifiableSet());
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
        return closed ? null : cancellation.interruptibly(this::step);
    }

    private @Nullable Batch step() {
        try {
            run.checkCancelled();
            if (root == null) {
                root = new GatherOperator.Factory(plan.root()).create(run);
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
        cancellation.cancel();
    }

    @Override
    public void close() {
        passed = run.rowsPassed();
        closed = true;
        session.remove(this);
        try (run) {
            if (root != null) {
                root.close();
            }
        } finally {
            session.readers().end(this);
        }
    }
}
