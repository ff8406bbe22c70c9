// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.statement;

import io.datasetdb.registry.DatasetName;
import io.datasetdb.registry.DatasetVersion;
import io.datasetdb.registry.DraftRequest;
import io.datasetdb.registry.SemanticVersion;
import io.datasetdb.registry.VersionSelector;
import io.datasetdb.sql.Cancellation;
import io.datasetdb.sql.PreparedStatement;
import io.datasetdb.sql.StatementResult;
import io.datasetdb.sql.parse.SqlCreateDataset;
import io.datasetdb.sql.parse.StatementParser;
import io.datasetdb.sql.plan.PlannedQuery;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.calcite.sql.SqlOrderBy;
import org.jspecify.annotations.Nullable;

/** CREATE [OR REPLACE] DATASET … AS query: runs the query into files of its own and makes them a version. */
public final class CreateDatasetStatement implements PreparedStatement {
    private final StatementContext context;
    private final SqlCreateDataset node;
    private final String sql;
    private final QueryPlans plans;
    private final DatasetName name;

    private CreateDatasetStatement(StatementContext context, SqlCreateDataset node, String sql) {
        this.context = context;
        this.node = node;
        this.sql = sql;
        this.name = context.name(node.name());
        this.plans = new QueryPlans(context, sql, () -> ((SqlCreateDataset) StatementParser.parse(sql)).query());
        metrics(StoredColumns.checked(name, plans.latest().schema()));
    }

    private Optional<ResultMetrics> metrics(Schema schema) {
        return node.metrics().isEmpty()
                ? Optional.empty()
                : Optional.of(ResultMetrics.of(
                        context,
                        name,
                        () -> ((SqlCreateDataset) StatementParser.parse(sql)).metrics(),
                        schema,
                        names -> {}));
    }

    /** Plans the query of the statement. */
    public static CreateDatasetStatement prepare(StatementContext context, SqlCreateDataset node, String sql) {
        return Deposit.prepare(context, sql, () -> new CreateDatasetStatement(context, node, sql));
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
    public List<UUID> inputVersions() {
        return plans.latest().sources().stream()
                .flatMap(source -> source.uuids().stream())
                .sorted()
                .toList();
    }

    @Override
    public StatementResult execute(List<@Nullable Object> arguments, long timeoutNanos, Cancellation cancellation) {
        Instant startedAt = Instant.now();
        if (node.ifNotExists()) {
            Optional<DatasetVersion> existing = context.registry().find(name, VersionSelector.LATEST);
            if (existing.isPresent()) {
                return DepositResult.of(existing.get(), 0, 0, startedAt);
            }
        }
        return Deposit.run(context, sql, timeoutNanos, cancellation, deposit -> {
            PlannedQuery plan = plans.current(arguments);
            Schema schema = node.declared(StoredColumns.checked(name, plan.schema()));
            metrics(schema).ifPresent(deposit::measure);
            if (node.ifChanged()) {
                return new ChangedContent(context, request(schema), isOrdered()).run(deposit, plan, arguments);
            }
            DatasetVersion version = deposit.deposit(request(schema), plan, arguments, isOrdered());
            return DepositResult.of(version, version.rowCount(), version.byteSize(), startedAt);
        });
    }

    private boolean isOrdered() {
        return node.query() instanceof SqlOrderBy query && !query.orderList.isEmpty();
    }

    private DraftRequest request(Schema schema) {
        DraftRequest request = node.ifNotExists()
                ? DraftRequest.createIfAbsent(name, schema)
                : node.replace() ? DraftRequest.replace(name, schema) : DraftRequest.create(name, schema);
        if (node.bump() != null) {
            request = request.withBump(SemanticVersion.Bump.valueOf(node.bump().name()));
        }
        String version = node.version();
        return request.withDeclaredNotNull(node.declaredNotNull())
                .withVersion(version == null ? null : SemanticVersion.parse(version))
                .withComment(node.comment())
                .withLabels(StatementContext.checked(name, node.labels()));
    }
}
