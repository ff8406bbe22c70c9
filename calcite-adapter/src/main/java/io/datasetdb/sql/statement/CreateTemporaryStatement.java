// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.statement;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.registry.DatasetName;
import io.datasetdb.registry.DraftRequest;
import io.datasetdb.registry.Provenance;
import io.datasetdb.registry.RegistryError;
import io.datasetdb.registry.VersionDraft;
import io.datasetdb.sql.Cancellation;
import io.datasetdb.sql.PreparedStatement;
import io.datasetdb.sql.SqlError;
import io.datasetdb.sql.StatementResult;
import io.datasetdb.sql.parse.SqlCreateDataset;
import io.datasetdb.sql.parse.StatementParser;
import io.datasetdb.sql.plan.PlannedQuery;
import io.datasetdb.sql.schema.TemporaryTable;
import io.datasetdb.store.DataFile;
import io.datasetdb.store.DatasetWriter;
import io.datasetdb.store.WriteOptions;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * CREATE [OR REPLACE] TEMPORARY DATASET … AS query: files of a draft that is never committed, so that the registry shows
 * nothing and collects them like any other draft's if the process dies. The session gives the draft up when it ends.
 */
public final class CreateTemporaryStatement implements PreparedStatement {
    private final StatementContext context;
    private final SqlCreateDataset node;
    private final String sql;
    private final String name;
    private final QueryPlans plans;

    /** Plans the query of the statement. */
    public CreateTemporaryStatement(StatementContext context, SqlCreateDataset node, String sql) {
        this.context = context;
        this.node = node;
        this.sql = sql;
        this.name = node.name().names.get(node.name().names.size() - 1);
        if (!node.name().isSimple()) {
            throw refused("it belongs to the session and to no project (" + node.name() + ")");
        }
        if (node.comment() != null || node.labels() != null || !node.metrics().isEmpty() || node.ifChanged()) {
            throw refused("only datasets of the registry have comments, labels, metrics and versions (" + name + ")");
        }
        DatasetName.checkPart("dataset", name);
        this.plans = new QueryPlans(context, sql, () -> ((SqlCreateDataset) StatementParser.parse(sql)).query());
        StoredColumns.checked(context.name(node.name()), plans.latest().schema());
    }

    private static DatasetDbException refused(String reason) {
        return new DatasetDbException(SqlError.INVALID_DEFINITION, "Cannot create the temporary dataset: " + reason);
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
        return DepositResult.SCHEMA;
    }

    @Override
    public List<Field> parameters() {
        return plans.latest().parameters();
    }

    @Override
    public List<String> inputs() {
        return ProvenanceCollector.inputs(plans.latest());
    }

    @Override
    public StatementResult execute(List<@Nullable Object> arguments, long timeoutNanos, Cancellation cancellation) {
        Instant startedAt = Instant.now();
        Optional<TemporaryTable> existing = context.session().objects().temporary(name);
        if (existing.isPresent() && node.ifNotExists()) {
            return DepositResult.ofTemporary(existing.get(), 0, 0, startedAt);
        }
        if (existing.isPresent() && !node.replace()) {
            throw new DatasetDbException(
                    RegistryError.DUPLICATE_DATASET,
                    "Cannot create the temporary dataset: it exists already (" + name + ")");
        }
        PlannedQuery plan = plans.current(arguments);
        Schema schema = node.declared(StoredColumns.checked(context.name(node.name()), plan.schema()));
        DraftRequest request = DraftRequest.replace(TemporaryTable.draftName(name), schema);
        VersionDraft draft = context.registry().begin(request);
        boolean kept = false;
        try (RunningQuery rows = RunningQuery.start(plan, arguments, context, timeoutNanos, cancellation)) {
            List<DataFile> files = write(draft, schema, rows);
            cancellation.check();
            Provenance made = ProvenanceCollector.of(
                    context,
                    plan,
                    arguments,
                    StatementText.of(sql),
                    startedAt,
                    draft.uuid().toString());
            TemporaryTable table =
                    TemporaryTable.of(name, draft.uuid(), schema, node.declaredNotNull(), files, made, context.store());
            context.session().put(table, draft);
            kept = true;
            long bytes = files.stream().mapToLong(DataFile::byteSize).sum();
            return DepositResult.ofTemporary(table, table.rowCount(), bytes, startedAt);
        } finally {
            if (!kept) {
                draft.close();
            }
        }
    }

    private List<DataFile> write(VersionDraft draft, Schema schema, RunningQuery rows) {
        try (DatasetWriter writer = context.store().writer(draft.folder(), schema, WriteOptions.DEFAULT)) {
            for (Batch batch = rows.next(); batch != null; batch = rows.next()) {
                writer.write(batch);
            }
            return writer.finish();
        }
    }
}
