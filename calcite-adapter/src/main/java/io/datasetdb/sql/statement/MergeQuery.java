// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.statement;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.sql.SqlError;
import io.datasetdb.sql.parse.Assignments;
import io.datasetdb.sql.parse.MergeRows;
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
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.fun.SqlCase;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.apache.calcite.sql.validate.SqlValidatorUtil;
import org.jspecify.annotations.Nullable;

/**
 * The {@link ChangeQuery} of a MERGE: the source joined with the dataset, to the side or sides on which rows without a match
 * matter. A CASE chooses the first clause that holds; the values of a clause are computed where no clause before it holds.
 */
final class MergeQuery {
    private static final SqlParserPos POS = SqlParserPos.ZERO;

    /** A column of the source that is NULL only where there is no row of it. */
    private static final String SOURCE = "$source";

    /** Stands for the clauses that do nothing. */
    private static final int NOTHING = -1;

    private final String action;
    private final Schema schema;
    private final SqlIdentifier alias;
    private final @Nullable String source;
    private final boolean isMarked;
    /** When each clause so far holds. */
    private final List<SqlNode> conditions = new ArrayList<>();

    /** The number of each clause so far, by its place among those that do something. */
    private final List<Integer> numbers = new ArrayList<>();

    private final List<SqlNode> values = new ArrayList<>();
    private final List<ChangeClause> clauses = new ArrayList<>();

    private MergeQuery(String action, Schema schema, SqlIdentifier alias, @Nullable String source, boolean isMarked) {
        this.action = action;
        this.schema = schema;
        this.alias = alias;
        this.source = source;
        this.isMarked = isMarked;
    }

    static ChangeQuery of(SqlMergeDataset merge, String action, Schema schema) {
        SqlIdentifier alias = ChangeQuery.alias(merge.target(), merge.alias());
        boolean keepsSource = speaksFor(merge, MergeRows.NOT_MATCHED);
        boolean keepsTarget = speaksFor(merge, MergeRows.NOT_MATCHED_BY_SOURCE);
        MergeQuery query = new MergeQuery(action, schema, alias, SqlValidatorUtil.alias(merge.source()), keepsTarget);
        merge.clauses().forEach(query::add);
        JoinType join = keepsSource
                ? keepsTarget ? JoinType.FULL : JoinType.LEFT
                : keepsTarget ? JoinType.RIGHT : JoinType.INNER;
        SqlNode from = new SqlJoin(
                POS,
                keepsTarget ? marked(merge.source()) : merge.source(),
                SqlLiteral.createBoolean(false, POS),
                join.symbol(POS),
                ChangeQuery.table(merge.target(), alias),
                JoinConditionType.ON.symbol(POS),
                merge.condition());
        List<SqlNode> items = new ArrayList<>();
        items.add(ChangeQuery.rowNumber(alias));
        items.add(query.choice());
        items.addAll(query.values);
        SqlNode node = ChangeQuery.query(merge.with(), items, from, query.anyHolds(), alias);
        return new ChangeQuery(
                node, ChangeQuery.assignment(action, schema, query.clauses), query.clauses, ChangeQuery.Matches.ONE);
    }

    private static boolean speaksFor(SqlMergeDataset merge, MergeRows rows) {
        return merge.clauses().stream().anyMatch(clause -> clause.rows() == rows);
    }

    /** {@code (SELECT *, TRUE AS $source FROM source) AS source}. */
    private static SqlNode marked(SqlNode source) {
        SqlNode mark = SqlStdOperatorTable.AS.createCall(
                POS, SqlLiteral.createBoolean(true, POS), new SqlIdentifier(SOURCE, POS));
        SqlNodeList items = SqlNodeList.of(SqlIdentifier.star(POS), mark);
        SqlNode select = new SqlSelect(POS, null, items, source, null, null, null, null, null, null, null, null, null);
        String name = SqlValidatorUtil.alias(source);
        return name == null ? select : SqlStdOperatorTable.AS.createCall(POS, select, new SqlIdentifier(name, POS));
    }

    private void add(SqlMergeClause clause) {
        int first = ChangeQuery.FIRST_VALUE + values.size();
        numbers.add(clause.action() == SqlMergeClause.Action.NOTHING ? NOTHING : clauses.size());
        switch (clause.action()) {
            case NOTHING -> {}
            case DELETE -> clauses.add(new ChangeClause(ChangeClause.Kind.DELETE, List.of(), first));
            case UPDATE -> {
                SetClause set =
                        SetClause.of(action, schema, alias, Objects.requireNonNull(clause.columns()), clause.values());
                clauses.add(new ChangeClause(ChangeClause.Kind.UPDATE, set.columns(), first));
                set.values().forEach(value -> values.add(whereChosen(clause, visible(clause, value))));
            }
            case INSERT -> insert(clause, first);
        }
        conditions.add(holds(clause));
    }

    private void insert(SqlMergeClause clause, int first) {
        SqlNodeList given = clause.values();
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
            values.add(whereChosen(clause, visible(clause, value)));
        }
    }

    /**
     * An expression of a clause for rows that only one side has: what might be a column of either side is one of that side,
     * because the other is not seen there.
     */
    private SqlNode visible(SqlMergeClause clause, SqlNode expression) {
        String side = switch (clause.rows()) {
            case MATCHED -> null;
            case NOT_MATCHED -> source;
            case NOT_MATCHED_BY_SOURCE -> alias.getSimple();
        };
        return side == null
                ? expression
                : Objects.requireNonNull(expression.accept(new SqlShuttle() {
                    @Override
                    public SqlNode visit(SqlIdentifier name) {
                        return name.isSimple() && schema.indexOf(name.getSimple()) >= 0
                                ? new SqlIdentifier(List.of(side, name.getSimple()), name.getParserPosition())
                                : name;
                    }

                    @Override
                    public @Nullable SqlNode visit(SqlCall call) {
                        return call.isA(SqlKind.QUERY) ? call : super.visit(call);
                    }
                }));
    }

    private SqlNode holds(SqlMergeClause clause) {
        SqlNode rows = switch (clause.rows()) {
            case MATCHED -> isMarked ? and(hasRow(), hasSource()) : hasRow();
            case NOT_MATCHED -> SqlStdOperatorTable.IS_NULL.createCall(POS, ChangeQuery.rowNumber(alias));
            case NOT_MATCHED_BY_SOURCE -> SqlStdOperatorTable.IS_NULL.createCall(POS, new SqlIdentifier(SOURCE, POS));
        };
        SqlNode condition = clause.condition();
        return condition == null ? rows : and(rows, visible(clause, Assignments.copy(condition)));
    }

    private SqlNode hasRow() {
        return SqlStdOperatorTable.IS_NOT_NULL.createCall(POS, ChangeQuery.rowNumber(alias));
    }

    private static SqlNode hasSource() {
        return SqlStdOperatorTable.IS_NOT_NULL.createCall(POS, new SqlIdentifier(SOURCE, POS));
    }

    private static SqlNode and(SqlNode left, SqlNode right) {
        return SqlStdOperatorTable.AND.createCall(POS, left, right);
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
        List<SqlNode> then = new ArrayList<>();
        numbers.forEach(number -> then.add(number(number)));
        return choice(copies(), then);
    }

    private static SqlNode number(int value) {
        return SqlLiteral.createExactNumeric(String.valueOf(value), POS);
    }

    private static SqlNode choice(List<SqlNode> when, List<SqlNode> then) {
        return new SqlCase(
                POS, null, new SqlNodeList(when, POS), new SqlNodeList(then, POS), SqlLiteral.createNull(POS));
    }

    private SqlNode anyHolds() {
        if (numbers.contains(NOTHING)) {
            return SqlStdOperatorTable.GREATER_THAN.createCall(POS, choice(), number(NOTHING));
        }
        return copies().stream()
                .reduce((left, right) -> SqlStdOperatorTable.OR.createCall(POS, left, right))
                .orElseThrow();
    }

    private List<SqlNode> copies() {
        List<SqlNode> result = new ArrayList<>();
        conditions.forEach(condition -> result.add(Assignments.copy(condition)));
        return result;
    }
}
