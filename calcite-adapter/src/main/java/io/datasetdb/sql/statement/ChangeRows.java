// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.statement;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.registry.DatasetName;
import io.datasetdb.registry.DatasetVersion;
import io.datasetdb.registry.DraftRequest;
import io.datasetdb.registry.Provenance;
import io.datasetdb.registry.RegistryError;
import io.datasetdb.registry.VersionDraft;
import io.datasetdb.sql.StatementResult;
import io.datasetdb.sql.kernel.ContentHash;
import io.datasetdb.sql.parse.SqlDeleteDataset;
import io.datasetdb.sql.plan.PlannedQuery;
import io.datasetdb.sql.schema.DatasetTable;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/**
 * UPDATE, DELETE and MERGE: a {@link ChangeQuery} finds the changed rows, then the files that hold any are written anew, each
 * row in its place, and all others are shared. A change that others make meanwhile wins: the statement runs again on their
 * version.
 */
final class ChangeRows implements ChangeStatement.Change {
    /** So many changes by others, one after the other, can a statement lose against. */
    private static final int ATTEMPTS = 100;

    private final StatementContext context;
    private final String sql;
    private final DatasetName name;
    private final String action;
    private final QueryPlans plans;

    private ChangeRows(StatementContext context, String sql, DatasetName name, String action, QueryPlans plans) {
        this.context = context;
        this.sql = sql;
        this.name = name;
        this.action = action;
        this.plans = plans;
    }

    /** Plans the statement {@code node} of a text, in which it may be what is explained. */
    static ChangeRows plan(StatementContext context, SqlNode node, SqlNode target, String sql) {
        DatasetName name = Changes.target(context, target);
        QueryPlans plans = new QueryPlans(context, sql, Changes.planning(sql, name));
        return new ChangeRows(context, sql, name, ChangeQuery.action(node, name), plans);
    }

    @Override
    public QueryPlans plans() {
        return plans;
    }

    @Override
    public StatementResult run(Deposit deposit, List<@Nullable Object> arguments) {
        for (int attempt = 1; ; attempt++) {
            try {
                SqlNode statement = Changes.parse(sql);
                return statement instanceof SqlDeleteDataset delete && delete.deletesAll()
                        ? deleteAll(deposit, plans.current(arguments), arguments)
                        : change(deposit, statement, plans.current(arguments), arguments);
            } catch (DatasetDbException e) {
                if (e.code() != RegistryError.CONFLICT || attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    /** The version that a plan changes. */
    private static DatasetVersion base(PlannedQuery plan) {
        return plan.sources().stream()
                .filter(source -> source instanceof DatasetTable table && table.isToChange())
                .flatMap(source -> source.version().stream())
                .findFirst()
                .orElseThrow();
    }

    /** Nothing has to be read to know what is left of nothing. */
    private StatementResult deleteAll(Deposit deposit, PlannedQuery plan, List<@Nullable Object> arguments) {
        DatasetVersion base = base(plan);
        if (base.rowCount() == 0) {
            return DepositResult.of(base, 0, 0, deposit.startedAt());
        }
        try (VersionDraft draft = deposit.begin(request(base, base.schema()))) {
            draft.buildOn(base);
            ContentHash none = new ContentHash(base.schema(), false);
            Provenance provenance = ChangeProvenance.of(deposit.provenance(plan, arguments), base, none)
                    .withContentHash(none.text());
            DatasetVersion version = deposit.commit(draft, provenance);
            return DepositResult.of(version, base.rowCount(), 0, deposit.startedAt());
        }
    }

    private StatementResult change(
            Deposit deposit, SqlNode statement, PlannedQuery plan, List<@Nullable Object> arguments) {
        DatasetVersion base = base(plan);
        ChangeQuery changed = ChangeQuery.of(statement, name, base.schema());
        List<ChangeClause> clauses = changed.clauses();
        try (VersionDraft draft = deposit.begin(request(base, base.schema()));
                RunningQuery query = deposit.query(plan, arguments)) {
            draft.buildOn(base);
            ChangeCursor changes = new ChangeCursor(query, clauses, changed.matches(), action);
            if (changes.isAtEnd()) {
                return DepositResult.of(base, 0, 0, deposit.startedAt());
            }
            NextVersion next = new NextVersion(
                    deposit,
                    draft,
                    new ChangeBase.OfVersion(base, context.store()),
                    values(base.schema(), clauses),
                    action);
            next.addFiles(changes);
            next.add(new InsertedRows(base.schema(), changes));
            draft.describe(next.columns());
            Provenance provenance = ChangeProvenance.of(deposit.provenance(plan, arguments), base, next.changes());
            DatasetVersion version = deposit.commit(draft, provenance);
            return DepositResult.of(version, changes.count(), next.bytesWritten(), deposit.startedAt());
        }
    }

    private DraftRequest request(DatasetVersion base, Schema schema) {
        return DraftRequest.replace(name, schema).withDeclaredNotNull(base.declaredNotNull());
    }

    /** The columns of new files: those that get values, or are left out by an INSERT, may get NULLs. */
    static Schema values(Schema schema, List<ChangeClause> clauses) {
        boolean inserts = clauses.stream().anyMatch(clause -> clause.kind() == ChangeClause.Kind.INSERT);
        List<Field> fields = new ArrayList<>();
        for (int i = 0; i < schema.size(); i++) {
            int column = i;
            boolean isSet = inserts
                    || clauses.stream().anyMatch(clause -> clause.columns().contains(column));
            fields.add(new Field(schema.field(i).name(), schema.field(i).type(), isSet));
        }
        return new Schema(fields);
    }
}
