// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.statement;

import io.datasetdb.registry.DatasetName;
import io.datasetdb.registry.DatasetVersion;
import io.datasetdb.registry.SemanticVersion;
import io.datasetdb.registry.VersionSelector;
import io.datasetdb.sql.Cancellation;
import io.datasetdb.sql.PreparedStatement;
import io.datasetdb.sql.StatementResult;
import io.datasetdb.sql.parse.SqlReproduceDataset;
import io.datasetdb.sql.parse.StatementParser;
import io.datasetdb.sql.plan.PlannedQuery;
import io.datasetdb.sql.plan.Repeatability;
import io.datasetdb.vector.BatchSource;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * REPRODUCE DATASET: runs the statement of a version on the inputs that it had and says whether the same rows come of it, each
 * as often, and in the same order if the statement says one. Deposits nothing.
 */
public final class ReproduceStatement implements PreparedStatement {
    private static final Schema RESULT = Schema.of(
            Field.required("dataset", DataType.VARCHAR),
            Field.required("version", DataType.VARCHAR),
            Field.required("identical", DataType.BOOLEAN),
            Field.required("rows", DataType.BIGINT),
            Field.required("reproduced", DataType.BIGINT),
            new Field("missing", DataType.BIGINT, true),
            new Field("added", DataType.BIGINT, true),
            Field.required("differences", DataType.array(DataType.VARCHAR)),
            new Field("reason", DataType.VARCHAR, true),
            Field.required("milliseconds", DataType.BIGINT));

    private final StatementContext context;
    private final String sql;
    private final DatasetName name;
    private final VersionSelector selector;
    private volatile List<String> inputs = List.of();

    public ReproduceStatement(StatementContext context, SqlReproduceDataset node, String sql) {
        this.context = context;
        this.sql = sql;
        this.name = context.name(node.name());
        String version = node.version();
        this.selector =
                version == null ? VersionSelector.LATEST : new VersionSelector.Exact(SemanticVersion.parse(version));
    }

    @Override
    public String sql() {
        return sql;
    }

    @Override
    public boolean isQuery() {
        return true;
    }

    @Override
    public Schema schema() {
        return RESULT;
    }

    @Override
    public List<Field> parameters() {
        return List.of();
    }

    /** Of the last execution. */
    @Override
    public List<String> inputs() {
        return inputs;
    }

    @Override
    public StatementResult execute(List<@Nullable Object> arguments, long timeoutNanos, Cancellation cancellation) {
        context.running().checkOpen();
        cancellation.check();
        Instant begin = Instant.now();
        DatasetVersion version = context.registry().resolve(name, selector);
        Rerun rerun = Rerun.of(context, "reproduce", version);
        inputs = ProvenanceCollector.inputs(rerun.provenance().dependencies());
        RecordedInputs recorded = new RecordedInputs(rerun);
        PlannedQuery again = recorded.plan();
        Optional<String> changed = recorded.changedFile(again);
        Schema columns = rerun.isChange() ? recorded.base().schema() : again.schema();
        if (!ChangedRows.sameColumns(version.schema(), columns)) {
            String reason = changed.orElse("the statement yields other columns now (" + columns + ")");
            throw rerun.error(reason);
        }
        PlannedQuery stored = stored(version);
        Supplier<RunningQuery> rows = () -> RunningQuery.start(
                again, rerun.arguments(again), rerun.context(), rerun.startedAt(), timeoutNanos, cancellation);
        RowsComparison.Result result = new RowsComparison(
                        () -> RunningQuery.start(stored, List.of(), context, timeoutNanos, cancellation),
                        rerun.isChange() ? changed(rerun, recorded.base(), rows, timeoutNanos, cancellation) : rows)
                .run();
        boolean identical = result.same() && (result.sameOrder() || !rerun.isOrdered());
        String reason = identical ? null : reason(result, changed, again);
        return new RowResult(RESULT, List.of(row(version, identical, result, reason, begin)), -1);
    }

    private Supplier<BatchSource> changed(
            Rerun rerun,
            DatasetVersion base,
            Supplier<RunningQuery> changes,
            long timeoutNanos,
            Cancellation cancellation) {
        PlannedQuery before = stored(base);
        return () -> rerun.changed(
                base, () -> RunningQuery.start(before, List.of(), context, timeoutNanos, cancellation), changes);
    }

    private static List<@Nullable Object> row(
            DatasetVersion version,
            boolean identical,
            RowsComparison.Result result,
            @Nullable String reason,
            Instant begin) {
        return Arrays.asList(
                version.name().toString(),
                version.version().toString(),
                identical,
                version.rowCount(),
                result.rows(),
                result.missing(),
                result.added(),
                result.differences(),
                reason,
                Duration.between(begin, Instant.now()).toMillis());
    }

    private static String reason(RowsComparison.Result result, Optional<String> changed, PlannedQuery plan) {
        if (result.same()) {
            return "the rows are the same, their order is not";
        }
        return changed.or(() -> Repeatability.of(plan)
                        .variable()
                        .map(call -> "the statement calls " + call + ", whose results differ"))
                .orElse("the rows differ");
    }

    /** A query of the version's rows. */
    private PlannedQuery stored(DatasetVersion version) {
        String from = "\"" + version.name().name().replace("\"", "\"\"") + "\"";
        StatementContext there = context.with(
                context.options()
                        .withProject(version.name().namespace(), version.name().project()),
                new SessionState(context.running().readers()));
        return QueryPlans.once(
                there,
                catalog -> catalog.fix(DatasetName.key(version.name().toString()), () -> version),
                StatementParser.parse("SELECT * FROM " + from),
                null);
    }
}
