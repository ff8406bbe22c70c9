// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.statement;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.sql.SqlError;
import io.datasetdb.sql.parse.SqlMergeClause;
import io.datasetdb.sql.parse.SqlMergeDataset;
import io.datasetdb.sql.plan.AssignedValues;
import io.datasetdb.vector.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/**
 * The {@link ChangeQuery} of a MERGE: the source joined with the dataset, to the left if rows without a match are inserted. A
 * CASE chooses the first clause that holds; the values of a clause are computed where no clause before it holds.
 */
final class MergeQuery {
    private static final SqlParserPos POS = SqlParserPos.ZERO;

    private final String action;
    private final Schema schema;
    private final SqlIdentifier alias;
    /** When each clause so far holds. */
    private final List<SqlNode> conditions = new ArrayList<>();

    private final List<SqlNode> values = new ArrayList<>();
    private final List<ChangeClause> clauses = new ArrayList<>();

    private MergeQuery(String action, Schema schema, SqlIdentifier alias) {
        this.action = action;
        this.schema = schema;
        this.alias = alias;
    }

    static ChangeQuery of(SqlMergeDataset merge, String action, Schema schema) {
        SqlIdentifier alias = ChangeQuery.alias(merge.target(), merge.alias());
        MergeQuery query = new MergeQuery(action, schema, alias);
        merge.clauses().forEach(query::add);
        boolean inserts = merge.clauses().stream().anyMatch(clause -> !clause.matched());
        SqlNode from = new SqlJoin(
                POS,
                merge.source(),
                SqlLiteral.createBoolean(false, POS),
                (inserts ? JoinType.LEFT : JoinType.INNER).symbol(POS),
                ChangeQuery.table(merge.target(), alias),
                JoinConditionType.ON.symbol(POS),
                merge.condition());
        List<SqlNode> items = new ArrayList<>();
        items.add(ChangeQuery.rowNumber(alias));
        items.add(query.choice());
        items.addAll(query.values);
        SqlNode node = ChangeQuery.query(items, from, query.anyHolds(), alias);
        return new ChangeQuery(node, ChangeQuery.assignment(action, schema, query.clauses), query.clauses);
    }

    private void add(SqlMergeClause clause) {
        SqlNodeList given = clause.values();
        int first = ChangeQuery.FIRST_VALUE + values.size();
        if (given == null) {
            clauses.add(new ChangeClause(ChangeClause.Kind.DELETE, List.of(), first));
        } else if (clause.matched()) {
            SetClause set = SetClause.of(action, schema, alias, Objects.requireNonNull(clause.columns()), given);
            clauses.add(new ChangeClause(ChangeClause.Kind.UPDATE, set.columns(), first));
            set.values().forEach(value -> values.add(whereChosen(clause, value)));
        } else {
            List<Integer> columns = Changes.insertColumns(action, schema, clause.columns());
            if (columns.size() != given.size()) {
                throw new DatasetDbException(
                        SqlError.INVALID_STATEMENT,
                        "Cannot " + action + ": " + Changes.counted(schema, columns, clause.columns()) + " and "
                                + given.size() + " values are given" + Changes.at(given));
            }
            clauses.add(new ChangeClause(ChangeClause.Kind.INSERT, columns, first));
            for (int i = 0; i < given.size(); i++) {
                SqlNode value = AssignedValues.value(
                        given.get(i), schema.field(columns.get(i)).type());
                values.add(whereChosen(clause, value));
            }
        }
        conditions.add(holds(clause));
    }

    private SqlNode holds(SqlMergeClause clause) {
        SqlNode row = ChangeQuery.rowNumber(alias);
        SqlNode matches = clause.matched()
                ? SqlStdOperatorTable.IS_NOT_NULL.createCall(POS, row)
                : SqlStdOperatorTable.IS_NULL.createCall(POS, row);
        SqlNode condition = clause.condition();
        return condition == null ? matches : SqlStdOperatorTable.AND.createCall(POS, matches, copy(condition));
    }

    /** The value where this clause holds and none before it; one that cannot fail may be there all the time. */
    private SqlNode whereChosen(SqlMergeClause clause, SqlNode value) {
        if (value instanceof SqlIdentifier || value instanceof SqlLiteral) {
            return value;
        }
        List<SqlNode> when = copies();
        List<SqlNode> then = new ArrayList<>();
        when.forEach(earlier -> then.add(SqlLiteral.createNull(POS)));
        when.add(holds(clause));
        then.add(value);
        return choice(when, then);
    }

    /** The number of the first clause that holds. */
    private SqlNode choice() {
        List<SqlNode> numbers = new ArrayList<>();
        for (int i = 0; i < conditions.size(); i++) {
            numbers.add(SqlLiteral.createExactNumeric(String.valueOf(i), POS));
        }
        return choice(copies(), numbers);
    }

    private static SqlNode choice(List<SqlNode> when, List<SqlNode> then) {
        return new SqlCase(
                POS, null, new SqlNodeList(when, POS), new SqlNodeList(then, POS), SqlLiteral.createNull(POS));
    }

    private SqlNode anyHolds() {
        return copies().stream()
                .reduce((left, right) -> SqlStdOperatorTable.OR.createCall(POS, left, right))
                .orElseThrow();
    }

    private List<SqlNode> copies() {
        List<SqlNode> result = new ArrayList<>();
        conditions.forEach(condition -> result.add(copy(condition)));
        return result;
    }

    /** Validation changes what it validates, so that no two places of a query can have the same node. */
    private static SqlNode copy(SqlNode node) {
        return Objects.requireNonNull(node.accept(new SqlShuttle() {
            @Override
            public @Nullable SqlNode visit(SqlCall call) {
                CallCopyingArgHandler copy = new CallCopyingArgHandler(call, true);
                call.getOperator().acceptCall(this, call, false, copy);
                return copy.result();
            }

            @Override
            public SqlNode visit(SqlNodeList list) {
                List<SqlNode> copies = new ArrayList<>();
                list.forEach(item -> copies.add(item.accept(this)));
                return new SqlNodeList(copies, list.getParserPosition());
            }
        }));
    }
}
