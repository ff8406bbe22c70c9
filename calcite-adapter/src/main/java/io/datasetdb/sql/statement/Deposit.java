// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.statement;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.registry.DatasetVersion;
import io.datasetdb.registry.DraftRequest;
import io.datasetdb.registry.Job;
import io.datasetdb.registry.JobRequest;
import io.datasetdb.registry.Provenance;
import io.datasetdb.registry.RegistryError;
import io.datasetdb.registry.VersionDraft;
import io.datasetdb.sql.Cancellation;
import io.datasetdb.sql.SessionOptions;
import io.datasetdb.sql.SqlError;
import io.datasetdb.sql.exec.RowsPassed;
import io.datasetdb.sql.kernel.KernelError;
import io.datasetdb.sql.plan.PlannedQuery;
import io.datasetdb.store.DataFile;
import io.datasetdb.store.DatasetWriter;
import io.datasetdb.store.StoreError;
import io.datasetdb.store.WriteOptions;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.BatchSource;
import io.datasetdb.vector.Schema;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * One execution that deposits, whoever asked for it: a job that others can watch, the files, and the one commit that makes
 * them a version. Until that commit nothing is visible, after it nothing is missing. For one thread.
 */
public final class Deposit {
    private final StatementContext context;
    private final @Nullable String statement;
    private final @Nullable Job job;
    private final Cancellation cancellation;
    private final long deadline;
    /** As exact as it is recorded, because the statement may ask for the time. */
    private final Instant startedAt = Instant.now().truncatedTo(ChronoUnit.MICROS);

    /** What it has read from so far. */
    private final List<RunningQuery> queries = new CopyOnWriteArrayList<>();

    /** Folders that a query has found removed before it could keep others from that. */
    private Set<String> missed = Set.of();

    private int attempts;

    private volatile long written;
    private @Nullable ResultMetrics metrics;
    private final VectorIndexing indexing;
    private int parts;
    private boolean ended;

    private Deposit(
            StatementContext context,
            @Nullable String statement,
            @Nullable Job job,
            long timeoutNanos,
            Cancellation cancellation) {
        this.context = context;
        this.statement = statement;
        this.job = job;
        this.cancellation = cancellation;
        this.deadline = timeoutNanos == 0 ? 0 : System.nanoTime() + timeoutNanos;
        this.indexing = new VectorIndexing(context, cancellation, deadline, () -> parts++);
    }

    /**
     * Does some work as a job. The job ends with the work: complete with the commit of a version, or when the work returns
     * without one; cancelled or failed when it throws.
     *
     * @param sql the statement, {@code null} if there is none
     * @param timeoutNanos how long the queries of the work may take, 0 for no limit
     */
    public static <T> T run(
            StatementContext context,
            @Nullable String sql,
            long timeoutNanos,
            Cancellation cancellation,
            Function<Deposit, T> work) {
        RunningDeposits running = context.running().beginDeposit();
        try {
            String statement = sql == null ? null : StatementText.of(sql);
            Job job = startJob(context, statement);
            try {
                cancellation.check();
                Deposit deposit = new Deposit(context, statement, job, timeoutNanos, cancellation);
                T result = deposit.followed(job, work);
                if (!deposit.ended) {
                    job.complete(deposit.written);
                }
                return result;
            } catch (RuntimeException | Error e) {
                end(job, e);
                throw e;
            }
        } finally {
            running.end();
        }
    }

    /** Does some work that leaves nothing in the registry, a job neither. */
    static <T> T runUnseen(
            StatementContext context,
            String sql,
            long timeoutNanos,
            Cancellation cancellation,
            Function<Deposit, T> work) {
        RunningDeposits running = context.running().beginDeposit();
        try {
            cancellation.check();
            return new Deposit(context, StatementText.of(sql), null, timeoutNanos, cancellation).applied(work);
        } finally {
            running.end();
        }
    }

    /** Makes a statement ready to deposit. If that fails it was a failed attempt like any other, and leaves a job. */
    public static <T> T prepare(StatementContext context, String sql, Supplier<T> preparation) {
        try {
            return preparation.get();
        } catch (RuntimeException | Error e) {
            if (!context.registry().readOnly()) {
                leaveFailedJob(context, sql, e);
            }
            throw e;
        }
    }

    private static void leaveFailedJob(StatementContext context, String sql, Throwable failure) {
        try {
            end(startJob(context, StatementText.of(sql)), failure);
        } catch (DatasetDbException e) {
            failure.addSuppressed(e);
        }
    }

    private static Job startJob(StatementContext context, @Nullable String statement) {
        SessionOptions options = context.options();
        return context.registry().startJob(new JobRequest(statement, options.author(), options.client()));
    }

    private static void end(Job job, Throwable failure) {
        try {
            if (failure instanceof DatasetDbException known && known.code() == KernelError.CANCELLED) {
                job.cancel();
            } else {
                String code =
                        failure instanceof DatasetDbException known ? known.sqlState() : SqlError.INTERNAL.sqlState();
                job.fail(code, String.valueOf(failure.getMessage()));
            }
        } catch (DatasetDbException e) {
            // What keeps the job from being ended, a full disk say, is not what the user has to hear about.
            failure.addSuppressed(e);
        }
    }

    private <T> T followed(Job job, Function<Deposit, T> work) {
        try (Job.Following following = job.follow(this::progress)) {
            Objects.requireNonNull(following);
            return applied(work);
        }
    }

    /** Nothing is committed before everything is read, so that work that comes too late to read can begin anew. */
    private <T> T applied(Function<Deposit, T> work) {
        while (true) {
            try {
                return work.apply(this);
            } catch (TooLate e) {
                queries.clear();
            }
        }
    }

    /** A version was given up after the plan was made: names mean others by now. */
    private static final class TooLate extends RuntimeException {
        private static final long serialVersionUID = 1;
    }

    /** In rows of the inputs; in rows that were written where an input cannot be counted, or there is none. */
    private Job.Progress progress() {
        long done = 0;
        long total = 0;
        for (RunningQuery query : queries) {
            for (RowsPassed scan : query.rowsPassed()) {
                if (scan.total() < 0) {
                    return new Job.Progress(written, null);
                }
                done += scan.passed();
                total += scan.total();
            }
        }
        return total == 0 ? new Job.Progress(written, null) : new Job.Progress(done, total);
    }

    /** When the statement began. */
    public Instant startedAt() {
        return startedAt;
    }

    /** What makes the files of vector indexes, for this execution. */
    VectorIndexing indexing() {
        return indexing;
    }

    /** Rows written so far. */
    public long written() {
        return written;
    }

    /**
     * The query's rows as a new version, with the provenance that the plan tells.
     *
     * @param ordered whether the order of the rows belongs to the content
     */
    DatasetVersion deposit(DraftRequest request, PlannedQuery plan, List<@Nullable Object> arguments, boolean ordered) {
        try (VersionDraft draft = begin(request);
                HashedRows rows = HashedRows.of(this, plan, arguments, request.schema(), ordered)) {
            write(draft, request.schema(), rows).forEach(draft::add);
            return commit(
                    draft,
                    provenance(plan, arguments).withContentHash(rows.hash().text()));
        }
    }

    /**
     * Rows from anywhere as a new version.
     *
     * @param provenance asked for when the rows are written
     */
    public DatasetVersion deposit(
            DraftRequest request, BatchSource rows, Function<? super Deposit, Provenance> provenance) {
        try (VersionDraft draft = begin(request)) {
            HashedRows hashed = HashedRows.of(rows, request.schema(), false);
            write(draft, request.schema(), hashed).forEach(draft::add);
            return commit(
                    draft, provenance.apply(this).withContentHash(hashed.hash().text()));
        }
    }

    /** Begins a version; whoever begins it closes it. */
    public VersionDraft begin(DraftRequest request) {
        return context.registry().begin(request);
    }

    /** Starts a query, which has the time that is left; whoever starts it closes it. */
    public RunningQuery query(PlannedQuery plan, List<@Nullable Object> arguments) {
        long left = deadline == 0 ? 0 : Math.max(1, deadline - System.nanoTime());
        RunningQuery query = RunningQuery.start(plan, arguments, context, startedAt, left, cancellation);
        Set<String> missing = query.missingFolders();
        if (!missing.isEmpty() && !missing.equals(missed) && ++attempts < QueryStatement.MOST_ATTEMPTS) {
            missed = missing;
            query.close();
            throw new TooLate();
        }
        queries.add(query);
        return query;
    }

    /**
     * Writes rows to new files in the draft's folder, to be added to the draft; no file if there are no rows. The job tells how
     * far it is.
     */
    public List<DataFile> write(VersionDraft draft, Schema schema, BatchSource rows) {
        Batch first = rows.next();
        if (first == null) {
            return List.of();
        }
        WriteOptions options = WriteOptions.DEFAULT.from(parts);
        try (DatasetWriter writer = context.store().writer(draft.folder(), schema, options)) {
            long before = written;
            for (Batch batch = first; batch != null; batch = rows.next()) {
                cancellation.check();
                writer.write(batch);
                written = before + writer.rowCount();
            }
            List<DataFile> files = writer.finish();
            parts += files.size();
            return files;
        } catch (DatasetDbException e) {
            throw e.code() instanceof StoreError ? draft.reason(e) : e;
        }
    }

    /** Who, when and by which statement, and from what as a plan tells it. */
    public Provenance provenance(PlannedQuery plan, List<@Nullable Object> arguments) {
        return ProvenanceCollector.of(context, plan, arguments, statement, startedAt, job == null ? null : job.id());
    }

    /** Fails if the deposit was cancelled. */
    void checkNotCancelled() {
        cancellation.check();
    }

    /** Has the version that will be committed measured. */
    void measure(ResultMetrics ofResult) {
        metrics = ofResult;
    }

    /** Records what the statement says, and measures, with the version that the draft builds on, which has the same rows. */
    void describeBase(VersionDraft draft, Provenance provenance) {
        if (metrics != null) {
            metrics.record(this, draft);
        }
        cancellation.check();
        draft.describeBase(provenance);
    }

    /** Makes the draft a version, unless the deposit was cancelled: the last moment at which nothing is visible. */
    public DatasetVersion commit(VersionDraft draft, Provenance provenance) {
        Provenance all = provenance;
        if (metrics != null) {
            PlannedQuery read;
            try {
                read = metrics.record(this, draft);
            } catch (DatasetDbException e) {
                throw e.code() instanceof StoreError ? draft.reason(e) : e;
            }
            all = ProvenanceCollector.both(
                    provenance, provenance(read, List.of()).withRecipe(metrics.recipe(read)));
        }
        DatasetVersion version = committed(draft, all);
        ended = true;
        return version;
    }

    /** With files for all vector indexes that the dataset has, and once more if others make one meanwhile. */
    private DatasetVersion committed(VersionDraft draft, Provenance provenance) {
        while (true) {
            try {
                indexing.cover(draft);
            } catch (DatasetDbException e) {
                throw e.code() instanceof StoreError ? draft.reason(e) : e;
            }
            cancellation.check();
            try {
                return draft.commit(provenance);
            } catch (DatasetDbException e) {
                if (e.code() != RegistryError.INDEX_ADDED) {
                    throw e;
                }
            }
        }
    }
}
