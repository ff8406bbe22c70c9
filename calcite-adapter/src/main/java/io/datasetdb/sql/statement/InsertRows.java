// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.statement;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.registry.DatasetName;
import io.datasetdb.registry.DatasetVersion;
import io.datasetdb.registry.DraftRequest;
import io.datasetdb.registry.Provenance;
import io.datasetdb.registry.RegistryError;
import io.datasetdb.registry.VersionDraft;
import io.datasetdb.registry.VersionSelector;
import io.datasetdb.sql.SqlError;
import io.datasetdb.sql.StatementResult;
import io.datasetdb.sql.kernel.ContentHash;
import io.datasetdb.sql.parse.Shorthands;
import io.datasetdb.sql.plan.Assignment;
import io.datasetdb.sql.plan.PlannedQuery;
import io.datasetdb.sql.plan.QueryPlanner;
import io.datasetdb.store.DataFile;
import io.datasetdb.vector.Schema;
import java.util.Collections;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlInsert;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlUtil;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/**
 * INSERT: the next version has all files of the last one, which are neither read nor copied, and behind them those with the
 * new rows. Rows that others insert meanwhile are kept: the draft is put upon their version and committed again.
 */
final class InsertRows implements ChangeStatement.Change {
    /** How often the rows are computed anew because others gave the dataset other columns meanwhile. */
    private static final int ATTEMPTS = 5;

    private final StatementContext context;
    private final DatasetName name;
    private final QueryPlans plans;

    private InsertRows(StatementContext context, DatasetName name, QueryPlans plans) {
        this.context = context;
        this.name = name;
        this.plans = plans;
    }

    /** Plans the statement {@code node} of a text, in which it may be what is explained. */
    static InsertRows plan(StatementContext context, SqlInsert node, String sql) {
        DatasetName name = Changes.target(context, node.getTargetTable());
        return new InsertRows(context, name, new QueryPlans(context, sql, Changes.planning(sql, name)));
    }

    /** The plan of the rows, with the columns of the dataset that they go to. */
    static PlannedQuery plan(
            QueryPlanner planner,
            @Nullable List<@Nullable Object> arguments,
            SqlInsert insert,
            DatasetName name,
            Schema schema) {
        return planner.plan(source(insert, schema), arguments, assignment(name, schema, insert));
    }

    /** The rows to insert; DEFAULT VALUES is a row with DEFAULT for each column. */
    private static SqlNode source(SqlInsert insert, Schema schema) {
        SqlNode source = insert.getSource();
        if (is(source, Shorthands.BY_NAME)) {
            return ((SqlCall) source).operand(0);
        }
        if (!is(source, Shorthands.DEFAULT_VALUES)) {
            return source;
        }
        SqlParserPos pos = source.getParserPosition();
        List<SqlNode> defaults = Collections.nCopies(schema.size(), SqlStdOperatorTable.DEFAULT.createCall(pos));
        return SqlStdOperatorTable.VALUES.createCall(pos, SqlStdOperatorTable.ROW.createCall(pos, defaults));
    }

    private static boolean is(SqlNode source, SqlOperator shorthand) {
        return source instanceof SqlCall call && call.getOperator().equals(shorthand);
    }

    private static Assignment assignment(DatasetName name, Schema schema, SqlInsert insert) {
        String action = "insert into dataset " + name;
        if (is(insert.getSource(), Shorthands.BY_NAME)) {
            SqlParserPos pos = insert.getSource().getParserPosition();
            return new Assignment(
                    action,
                    schema.fields(),
                    new Assignment.ByName(names -> Changes.insertColumns(action, schema, named(action, names, pos))));
        }
        SqlNodeList list = insert.getTargetColumnList();
        List<Integer> targets = Changes.insertColumns(action, schema, list);
        String counted = Changes.counted(schema, targets, list);
        return new Assignment(
                action, schema.fields(), new Assignment.ByPosition(targets, counted, Changes.at(insert.getSource())));
    }

    private static SqlNodeList named(String action, List<String> names, SqlParserPos pos) {
        SqlNodeList columns = new SqlNodeList(pos);
        for (String column : names) {
            columns.add(new SqlIdentifier(column, pos));
            if (column.startsWith(SqlUtil.GENERATED_EXPR_ALIAS_PREFIX)) {
                throw new DatasetDbException(
                        SqlError.UNDEFINED_COLUMN,
                        "Cannot " + action + ": column " + columns.size() + " of the query has no name"
                                + Changes.at(columns));
            }
        }
        return columns;
    }

    @Override
    public QueryPlans plans() {
        return plans;
    }

    @Override
    public StatementResult run(Deposit deposit, List<@Nullable Object> arguments) {
        for (int attempt = 1; ; attempt++) {
            try {
                return insert(deposit, plans.current(arguments), arguments);
            } catch (DatasetDbException e) {
                if (e.code() != RegistryError.CONFLICT || attempt == ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private StatementResult insert(Deposit deposit, PlannedQuery plan, List<@Nullable Object> arguments) {
        DatasetVersion base = context.registry().resolve(name, VersionSelector.LATEST);
        if (!ChangedRows.sameColumns(base.schema(), plan.schema())) {
            throw conflict();
        }
        try (VersionDraft draft = deposit.begin(request(base));
                HashedRows hashed = HashedRows.of(deposit, plan, arguments, base.schema(), false)) {
            ChangedRows rows =
                    new ChangedRows(hashed, "insert into dataset " + name, base.schema(), base.declaredNotNull());
            List<DataFile> files = deposit.write(draft, rows.writable(plan.schema()), rows);
            if (rows.count() == 0) {
                return DepositResult.of(base, 0, 0, deposit.startedAt());
            }
            draft.shareFiles(base);
            files.forEach(draft::add);
            Provenance provenance = deposit.provenance(plan, arguments);
            DatasetVersion version = commit(deposit, draft, base, rows, provenance, hashed.hash());
            long bytes = files.stream().mapToLong(DataFile::byteSize).sum();
            return DepositResult.of(version, rows.count(), bytes, deposit.startedAt());
        }
    }

    private DraftRequest request(DatasetVersion base) {
        return DraftRequest.replace(name, base.schema()).withDeclaredNotNull(base.declaredNotNull());
    }

    /** Each failed attempt means that somebody else's succeeded, so that the loop ends. */
    private DatasetVersion commit(
            Deposit deposit,
            VersionDraft draft,
            DatasetVersion first,
            ChangedRows rows,
            Provenance provenance,
            ContentHash added) {
        DatasetVersion base = first;
        while (true) {
            draft.describe(rows.columns(base.schema()));
            try {
                return deposit.commit(draft, ChangeProvenance.of(provenance, base, added));
            } catch (DatasetDbException e) {
                if (e.code() != RegistryError.CONFLICT) {
                    throw e;
                }
            }
            base = context.registry().resolve(name, VersionSelector.LATEST);
            if (!ChangedRows.sameColumns(base.schema(), first.schema())) {
                throw conflict();
            }
            rows.check(base.declaredNotNull());
            draft.rebase(base);
        }
    }

    private DatasetDbException conflict() {
        return new DatasetDbException(
                RegistryError.CONFLICT, "Cannot insert into dataset " + name + ": others keep changing its columns");
    }
}
