// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.statement;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.registry.DatasetName;
import io.datasetdb.sql.SqlError;
import io.datasetdb.sql.parse.SqlDeleteDataset;
import io.datasetdb.sql.parse.SqlMergeDataset;
import io.datasetdb.sql.parse.SqlUpdateDataset;
import io.datasetdb.sql.parse.WithQueries;
import io.datasetdb.sql.plan.Assignment;
import io.datasetdb.sql.plan.PlannedQuery;
import io.datasetdb.sql.plan.QueryPlanner;
import io.datasetdb.sql.schema.DatasetTable;
import io.datasetdb.sql.schema.StatementCatalog;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/**
 * The query that finds out which rows a statement changes, and to what: its first column is the number of the row in the
 * version, NULL for one that is inserted; the second which clause speaks for it; then come the values that the clauses give.
 * Its rows are ordered by their numbers, inserted ones last.
 *
 * @param assignment makes the values those of the dataset's columns
 * @param matches whether a row may come up several times
 */
record ChangeQuery(SqlNode query, Assignment assignment, List<ChangeClause> clauses, Matches matches) {
    /** What holds if several rows of other tables come with one of the dataset. */
    enum Matches {
        /** Any of them may change it, as in PostgreSQL; it is the first. */
        FIRST,
        /** That is an error. */
        ONE
    }

    /** Columns before the first value. */
    static final int FIRST_VALUE = 2;

    ChangeQuery {
        clauses = List.copyOf(clauses);
    }

    /** What a sentence says after "Cannot" about a statement. */
    static String action(SqlNode statement, DatasetName name) {
        if (statement instanceof SqlUpdateDataset) {
            return "update dataset " + name;
        }
        return (statement instanceof SqlDeleteDataset ? "delete from dataset " : "merge into dataset ") + name;
    }

    /** The query of a statement's node, which becomes part of it. */
    static ChangeQuery of(SqlNode statement, DatasetName name, Schema schema) {
        String action = action(statement, name);
        if (statement instanceof SqlUpdateDataset update) {
            return update(update, action, schema);
        }
        if (statement instanceof SqlDeleteDataset delete) {
            return delete(delete, action);
        }
        return MergeQuery.of((SqlMergeDataset) statement, action, schema);
    }

    PlannedQuery plan(QueryPlanner planner, @Nullable List<@Nullable Object> arguments) {
        try {
            return planner.plan(query, arguments, assignment);
        } catch (DatasetDbException e) {
            // With an aggregate among the values the query would be one of groups; the row's number tells nobody that.
            if (e.code() == SqlError.GROUPING && String.valueOf(e.getMessage()).contains(DatasetTable.ROW_NUMBER)) {
                throw new DatasetDbException(
                        SqlError.GROUPING,
                        "Cannot " + assignment.action() + ": a value is an aggregate, which needs a query of its own",
                        e);
            }
            throw e;
        }
    }

    private static ChangeQuery update(SqlUpdateDataset update, String action, Schema schema) {
        SqlIdentifier alias = alias(update.target(), update.alias());
        SetClause set = SetClause.of(action, schema, alias, update.columns(), update.values());
        List<SqlNode> items = items(alias);
        items.addAll(set.values());
        ChangeClause clause = new ChangeClause(ChangeClause.Kind.UPDATE, set.columns(), FIRST_VALUE);
        SqlNode from = joined(table(update.target(), alias), update.source());
        return of(query(update.with(), items, from, update.condition(), alias), action, schema, clause);
    }

    private static ChangeQuery delete(SqlDeleteDataset delete, String action) {
        SqlIdentifier alias = alias(delete.target(), delete.alias());
        ChangeClause clause = new ChangeClause(ChangeClause.Kind.DELETE, List.of(), FIRST_VALUE);
        SqlNode from = joined(table(delete.target(), alias), delete.source());
        return of(
                query(delete.with(), items(alias), from, delete.condition(), alias),
                action,
                new Schema(List.of()),
                clause);
    }

    private static ChangeQuery of(SqlNode query, String action, Schema schema, ChangeClause clause) {
        List<ChangeClause> clauses = List.of(clause);
        return new ChangeQuery(query, assignment(action, schema, clauses), clauses, Matches.FIRST);
    }

    /** The dataset with the tables behind FROM or USING; the WHERE clause says which rows belong together. */
    private static SqlNode joined(SqlNode table, @Nullable SqlNode source) {
        SqlParserPos pos = SqlParserPos.ZERO;
        return source == null
                ? table
                : new SqlJoin(
                        pos,
                        table,
                        SqlLiteral.createBoolean(false, pos),
                        JoinType.CROSS.symbol(pos),
                        source,
                        JoinConditionType.NONE.symbol(pos),
                        null);
    }

    /** The row's number, and the number of the only clause. */
    private static List<SqlNode> items(SqlIdentifier alias) {
        List<SqlNode> items = new ArrayList<>();
        items.add(rowNumber(alias));
        items.add(SqlLiteral.createExactNumeric("0", SqlParserPos.ZERO));
        return items;
    }

    /** Makes the query's columns those of the clauses. */
    static Assignment assignment(String action, Schema schema, List<ChangeClause> clauses) {
        List<Field> columns = new ArrayList<>();
        columns.add(Field.of(DatasetTable.ROW_NUMBER, DataType.BIGINT));
        columns.add(Field.of("$clause", DataType.INTEGER));
        for (ChangeClause clause : clauses) {
            clause.columns().forEach(column -> columns.add(schema.field(column)));
        }
        return Assignment.all(action, columns);
    }

    static SqlNode query(
            @Nullable SqlNodeList with,
            List<SqlNode> items,
            SqlNode from,
            @Nullable SqlNode where,
            SqlIdentifier alias) {
        SqlParserPos pos = SqlParserPos.ZERO;
        SqlSelect select = new SqlSelect(
                pos, null, new SqlNodeList(items, pos), from, where, null, null, null, null, null, null, null, null);
        SqlNode query = WithQueries.before(with, select);
        return new SqlOrderBy(pos, query, SqlNodeList.of(rowNumber(alias)), null, null);
    }

    static SqlIdentifier rowNumber(SqlIdentifier alias) {
        return alias.plus(DatasetTable.ROW_NUMBER, SqlParserPos.ZERO);
    }

    /** What the statement calls the dataset. */
    static SqlIdentifier alias(SqlNode table, @Nullable SqlIdentifier alias) {
        SqlIdentifier name = (SqlIdentifier) table;
        return alias == null ? name.getComponent(name.names.size() - 1) : alias;
    }

    /** The dataset with its rows numbered. */
    static SqlNode table(SqlNode table, SqlIdentifier alias) {
        SqlIdentifier name = (SqlIdentifier) table;
        int last = name.names.size() - 1;
        SqlIdentifier numbered = name.setName(last, name.names.get(last) + StatementCatalog.TO_CHANGE);
        return SqlStdOperatorTable.AS.createCall(table.getParserPosition(), numbered, alias);
    }
}
