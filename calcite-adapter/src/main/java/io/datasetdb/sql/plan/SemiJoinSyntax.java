// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.plan;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.sql.SqlError;
import java.util.List;
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
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * {@code a SEMI JOIN b ON c} and {@code a ANTI JOIN b ON c}, as DuckDB and Spark have them: a condition {@code [NOT] EXISTS
 * (SELECT 1 FROM b WHERE c)} on the rows of a.
 */
final class SemiJoinSyntax {
    private SemiJoinSyntax() {}

    /** Replaces those that are the last joins of a FROM clause by conditions of the query; changes it in place. */
    static void rewrite(SqlSelect select) {
        while (select.getFrom() instanceof SqlJoin join && isSemi(join)) {
            SqlNode condition = condition(join);
            SqlNode where = select.getWhere();
            select.setFrom(join.getLeft());
            select.setWhere(
                    where == null
                            ? condition
                            : SqlStdOperatorTable.AND.createCall(condition.getParserPosition(), condition, where));
        }
    }

    /** A semi join of one table that other tables are joined to, as a table of its own; anything else stays. */
    static SqlNode asTable(SqlNode item) {
        if (!(item instanceof SqlJoin join) || !isSemi(join)) {
            return item;
        }
        SqlParserPos position = join.getParserPosition();
        SqlSelect rows = select(SqlIdentifier.star(position), join.getLeft(), condition(join));
        return SqlStdOperatorTable.AS.createCall(position, rows, name(join));
    }

    private static boolean isSemi(SqlJoin join) {
        return join.getJoinType() == JoinType.LEFT_SEMI_JOIN || join.getJoinType() == JoinType.LEFT_ANTI_JOIN;
    }

    private static SqlNode condition(SqlJoin join) {
        SqlParserPos position = join.getParserPosition();
        SqlNode exists = SqlStdOperatorTable.EXISTS.createCall(
                position, select(SqlLiteral.createExactNumeric("1", position), join.getRight(), matches(join)));
        return join.getJoinType() == JoinType.LEFT_SEMI_JOIN
                ? exists
                : SqlStdOperatorTable.NOT.createCall(position, exists);
    }

    private static SqlSelect select(SqlNode item, SqlNode from, SqlNode where) {
        SqlParserPos position = from.getParserPosition();
        return new SqlSelect(
                position, null, SqlNodeList.of(item), from, where, null, null, null, null, null, null, null, null);
    }

    private static SqlNode matches(SqlJoin join) {
        SqlNode condition = join.getCondition();
        if (join.isNatural() || condition == null) {
            throw error("it takes ON or USING", join);
        }
        if (join.getConditionType() == JoinConditionType.ON) {
            return condition;
        }
        SqlNode result = null;
        for (SqlNode column : (SqlNodeList) condition) {
            SqlParserPos position = column.getParserPosition();
            String name = ((SqlIdentifier) column).getSimple();
            SqlNode left = new SqlIdentifier(List.of(name(join).getSimple(), name), position);
            SqlNode same = SqlStdOperatorTable.EQUALS.createCall(position, left, column);
            result = result == null ? same : SqlStdOperatorTable.AND.createCall(position, result, same);
        }
        if (result == null) {
            throw error("it takes ON or USING", join);
        }
        return result;
    }

    /** What the one table on the left is called. */
    private static SqlIdentifier name(SqlJoin join) {
        SqlNode table = join.getLeft();
        SqlNode name = table.getKind() == SqlKind.AS ? ((SqlCall) table).operand(1) : table;
        if (name instanceof SqlIdentifier identifier) {
            int last = identifier.names.size() - 1;
            return new SqlIdentifier(identifier.names.get(last), identifier.getParserPosition());
        }
        throw error("the table before it needs a name", join);
    }

    private static DatasetDbException error(String reason, SqlJoin join) {
        SqlParserPos position = join.getParserPosition();
        return new DatasetDbException(
                SqlError.INVALID_STATEMENT,
                "Cannot plan a SEMI or ANTI JOIN: " + reason + " (at line " + position.getLineNum() + ", column "
                        + position.getColumnNum() + ")");
    }
}
