// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.statement;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.registry.DatasetName;
import io.datasetdb.registry.DatasetVersion;
import io.datasetdb.registry.DraftRequest;
import io.datasetdb.registry.Job;
import io.datasetdb.registry.JobRequest;
import io.datasetdb.registry.Provenance;
import io.datasetdb.registry.SemanticVersion;
import io.datasetdb.registry.VersionDraft;
import io.datasetdb.registry.VersionSelector;
import io.datasetdb.sql.Cancellation;
import io.datasetdb.sql.PreparedStatement;
import io.datasetdb.sql.SessionOptions;
import io.datasetdb.sql.SqlError;
import io.datasetdb.sql.StatementResult;
import io.datasetdb.sql.kernel.KernelError;
import io.datasetdb.sql.parse.SqlCreateDataset;
import io.datasetdb.sql.parse.StatementParser;
import io.datasetdb.sql.plan.PlannedQuery;
import io.datasetdb.store.DataFile;
import io.datasetdb.store.DatasetWriter;
import io.datasetdb.store.WriteOptions;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * CREATE [OR REPLACE] DATASET … AS query: runs the query into files of its own, then makes them a version in one
 * transaction of the registry. Until that commit nothing is visible, after it nothing is missing.
 */
public final class Deposit implements PreparedStatement {
    /** What a deposit answers. */
    static final Schema RESULT = Schema.of(
            Field.required("dataset", DataType.VARCHAR),
            Field.required("version", DataType.VARCHAR),
            Field.required("rows", DataType.BIGINT),
            Field.required("bytes", DataType.BIGINT),
            Field.required("milliseconds", DataType.BIGINT));

    private static final long PROGRESS_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final StatementContext context;
    private final SqlCreateDataset node;
    private final String sql;
    private final QueryPlans plans;
    private final DatasetName name;

    private Deposit(StatementContext context, SqlCreateDataset node, String sql) {
        this.context = context;
        this.node = node;
        this.sql = sql;
        this.name = context.name(node.name());
        refuseWhatIsMissing();
        this.plans = new QueryPlans(context, sql, () -> ((SqlCreateDataset) StatementParser.parse(sql)).query());
        schemaOf(plans.latest());
    }

    /** Plans a deposit. One that cannot be planned is a failed attempt like one that cannot be run, and leaves a job. */
    public static Deposit prepare(StatementContext context, SqlCreateDataset node, String sql) {
        try {
            return new Deposit(context, node, sql);
        } catch (RuntimeException | Error e) {
            leaveFailedJob(context, sql, e);
            throw e;
        }
    }

    private static void leaveFailedJob(StatementContext context, String sql, Throwable failure) {
        if (context.registry().readOnly()) {
            return;
        }
        try {
            end(startJob(context, sql), failure);
        } catch (DatasetDbException e) {
            failure.addSuppressed(e);
        }
    }

    private static Job startJob(StatementContext context, String sql) {
        SessionOptions options = context.options();
        return context.registry().startJob(new JobRequest(StatementText.of(sql), options.author(), options.client()));
    }

    private void refuseWhatIsMissing() {
        if (node.temporary()) {
            throw new DatasetDbException(
                    SqlError.UNSUPPORTED, "Cannot create dataset " + name + ": TEMPORARY is not supported yet");
        }
        if (node.ifChanged()) {
            throw new DatasetDbException(
                    SqlError.UNSUPPORTED, "Cannot create dataset " + name + ": IF CHANGED is not supported yet");
        }
    }

    @Override
    public String sql() {
        return sql;
    }

    @Override
    public boolean isQuery() {
        return false;
    }

    @Override
    public Schema schema() {
        return RESULT;
    }

    @Override
    public List<Field> parameters() {
        return plans.latest().parameters();
    }

    @Override
    public StatementResult execute(List<@Nullable Object> arguments, long timeoutNanos, Cancellation cancellation) {
        Instant startedAt = Instant.now();
        if (node.ifNotExists()) {
            Optional<DatasetVersion> existing = context.registry().find(name, VersionSelector.LATEST);
            if (existing.isPresent()) {
                return result(existing.get(), 0, 0, startedAt);
            }
        }
        RunningDeposits running = context.running().beginDeposit();
        try {
            DatasetVersion version = inJob(arguments, timeoutNanos, cancellation, startedAt);
            return result(version, version.rowCount(), version.byteSize(), startedAt);
        } finally {
            running.end();
        }
    }

    private DatasetVersion inJob(
            List<@Nullable Object> arguments, long timeoutNanos, Cancellation cancellation, Instant startedAt) {
        Job job = startJob(context, sql);
        try {
            cancellation.check();
            return deposit(plans.current(arguments), arguments, timeoutNanos, cancellation, startedAt, job);
        } catch (RuntimeException | Error e) {
            end(job, e);
            throw e;
        }
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

    private DatasetVersion deposit(
            PlannedQuery plan,
            List<@Nullable Object> arguments,
            long timeoutNanos,
            Cancellation cancellation,
            Instant startedAt,
            Job job) {
        Schema schema = schemaOf(plan);
        try (VersionDraft draft = context.registry().begin(request(schema));
                RunningQuery rows = RunningQuery.start(plan, arguments, context, timeoutNanos, cancellation);
                DatasetWriter writer = context.store().writer(draft.folder(), schema, WriteOptions.DEFAULT)) {
            long reported = System.nanoTime();
            for (Batch batch = rows.next(); batch != null; batch = rows.next()) {
                writer.write(batch);
                // Each report is a durable transaction.
                if (System.nanoTime() - reported > PROGRESS_NANOS) {
                    job.progress(writer.rowCount(), null);
                    reported = System.nanoTime();
                }
            }
            List<DataFile> files = writer.finish();
            files.forEach(draft::add);
            // The last moment at which nothing is visible.
            cancellation.check();
            Provenance provenance =
                    ProvenanceCollector.of(context, plan, arguments, StatementText.of(sql), startedAt, job.id());
            return draft.commit(provenance);
        }
    }

    private DraftRequest request(Schema schema) {
        DraftRequest request = node.ifNotExists()
                ? DraftRequest.createIfAbsent(name, schema)
                : node.replace() ? DraftRequest.replace(name, schema) : DraftRequest.create(name, schema);
        if (node.bump() != null) {
            request = request.withBump(SemanticVersion.Bump.valueOf(node.bump().name()));
        }
        String version = node.version();
        return request.withVersion(version == null ? null : SemanticVersion.parse(version))
                .withComment(node.comment())
                .withLabels(StatementContext.checked(name, node.labels()));
    }

    /** The stored columns: named, no name twice, every type with a stored form. */
    private Schema schemaOf(PlannedQuery plan) {
        Set<String> names = new HashSet<>();
        for (Field field : plan.schema().fields()) {
            if (!names.add(field.name().toLowerCase(Locale.ROOT))) {
                throw new DatasetDbException(
                        SqlError.DUPLICATE_COLUMN,
                        "Cannot create dataset " + name + ": two columns have the same name (" + field.name() + ")");
            }
            if (!isStored(field.type())) {
                throw new DatasetDbException(
                        SqlError.INVALID_DEFINITION,
                        "Cannot create dataset " + name + ": column " + field.name()
                                + " has a type that is not stored, cast it (" + field.type() + ")");
            }
        }
        return plan.schema();
    }

    private static boolean isStored(DataType type) {
        return switch (type.kind()) {
            case INTERVAL_MONTH, INTERVAL_DAY, NULL -> false;
            case ARRAY -> isStored(((DataType.Array) type).element());
            case MAP -> isStored(((DataType.Map) type).key()) && isStored(((DataType.Map) type).value());
            case ROW -> ((DataType.Row) type).fields().stream().allMatch(field -> isStored(field.type()));
            case BOOLEAN,
                    TINYINT,
                    SMALLINT,
                    INTEGER,
                    BIGINT,
                    REAL,
                    DOUBLE,
                    DECIMAL,
                    VARCHAR,
                    VARBINARY,
                    DATE,
                    TIME,
                    TIMESTAMP,
                    TIMESTAMP_LTZ,
                    UUID -> true;
        };
    }

    private StatementResult result(DatasetVersion version, long rows, long bytes, Instant startedAt) {
        long millis = java.time.Duration.between(startedAt, Instant.now()).toMillis();
        return new RowResult(
                RESULT,
                List.of(List.of(version.name().toString(), version.version().toString(), rows, bytes, millis)),
                rows);
    }
}
