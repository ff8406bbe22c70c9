// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.statement;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.registry.DatasetName;
import io.datasetdb.registry.DraftRequest;
import io.datasetdb.registry.Provenance;
import io.datasetdb.registry.RegistryError;
import io.datasetdb.registry.VersionDraft;
import io.datasetdb.sql.StatementResult;
import io.datasetdb.sql.plan.PlannedQuery;
import io.datasetdb.sql.schema.TemporaryTable;
import java.util.List;
import org.apache.calcite.sql.SqlInsert;
import org.apache.calcite.sql.SqlNode;
import org.jspecify.annotations.Nullable;

/**
 * INSERT, UPDATE, DELETE and MERGE of a temporary dataset: as with those of the registry, files without changed rows are kept
 * and the others written anew, into a draft of their own that is never committed.
 */
final class TemporaryChange implements ChangeStatement.Change {
    private final StatementContext context;
    private final String sql;
    private final String name;
    private final DatasetName fullName;
    private final QueryPlans plans;

    private TemporaryChange(StatementContext context, String sql, String name, DatasetName fullName, QueryPlans plans) {
        this.context = context;
        this.sql = sql;
        this.name = name;
        this.fullName = fullName;
        this.plans = plans;
    }

    /** Plans the statement in a text, or that it explains. */
    static TemporaryChange plan(StatementContext context, String sql, String name) {
        // What sentences call it; a dataset of the registry that has this name is hidden.
        DatasetName fullName =
                new DatasetName(context.options().namespace(), context.options().project(), name);
        QueryPlans plans = new QueryPlans(context, sql, (names, planner, arguments) -> {
            SqlNode node = Changes.parse(sql);
            TemporaryTable table = table(context, name);
            if (node instanceof SqlInsert insert) {
                return InsertRows.plan(planner, arguments, insert, fullName, table.columns());
            }
            ChangeQuery query = ChangeQuery.of(node, fullName, table.columns());
            return query.plan(planner, arguments);
        });
        return new TemporaryChange(context, sql, name, fullName, plans);
    }

    private static TemporaryTable table(StatementContext context, String name) {
        return context.session()
                .objects()
                .temporary(name)
                .orElseThrow(() -> new DatasetDbException(
                        RegistryError.UNDEFINED_DATASET,
                        "Cannot change a temporary dataset: there is none of this name any more (" + name + ")"));
    }

    @Override
    public QueryPlans plans() {
        return plans;
    }

    @Override
    public boolean isTemporary() {
        return true;
    }

    /** Another statement of the session that was faster wins: this one runs again on what it made. */
    @Override
    public StatementResult run(Deposit deposit, List<@Nullable Object> arguments) {
        while (true) {
            TemporaryTable base = table(context, name);
            PlannedQuery plan = plans.current(arguments);
            if (base.equals(table(context, name))) {
                try {
                    StatementResult result = change(deposit, base, plan, arguments);
                    if (result != null) {
                        return result;
                    }
                } catch (DatasetDbException e) {
                    // The other statement may have taken the files away before this one began to read them.
                    if (base.equals(table(context, name))) {
                        throw e;
                    }
                }
            }
        }
    }

    /** Null if the dataset is another one meanwhile. */
    private @Nullable StatementResult change(
            Deposit deposit, TemporaryTable table, PlannedQuery plan, List<@Nullable Object> arguments) {
        ChangeBase base = new ChangeBase.OfTemporary(table, context.store());
        VersionDraft draft = deposit.begin(DraftRequest.replace(TemporaryTable.draftName(name), base.schema()));
        boolean kept = false;
        try (RunningQuery query = deposit.query(plan, arguments)) {
            SqlNode node = Changes.parse(sql);
            long rows;
            NextVersion next;
            if (node instanceof SqlInsert) {
                next = new NextVersion(deposit, draft, base, plan.schema(), "insert into dataset " + fullName);
                base.files().forEach(draft::share);
                next.add(query);
                rows = draft.rowCount() - table.rowCount();
            } else {
                ChangeQuery changed = ChangeQuery.of(node, fullName, base.schema());
                String action = ChangeQuery.action(node, fullName);
                ChangeCursor changes = new ChangeCursor(query, changed.clauses(), changed.matches(), action);
                next = new NextVersion(
                        deposit, draft, base, ChangeRows.values(base.schema(), changed.clauses()), action);
                next.addFiles(changes);
                next.add(new InsertedRows(base.schema(), changes));
                rows = changes.count();
            }
            if (rows == 0) {
                return DepositResult.ofTemporary(table, 0, 0, deposit.startedAt());
            }
            Provenance made = ChangeProvenance.of(deposit.provenance(plan, arguments), table);
            TemporaryTable changed = table.with(draft.uuid(), next.columns(), draft.files(), made);
            deposit.checkNotCancelled();
            kept = context.session().replace(table, changed, draft);
            return kept ? DepositResult.ofTemporary(changed, rows, next.bytesWritten(), deposit.startedAt()) : null;
        } finally {
            if (!kept) {
                draft.close();
            }
        }
    }
}
