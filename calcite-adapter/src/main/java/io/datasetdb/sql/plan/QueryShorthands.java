// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.plan;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.sql.SqlError;
import io.datasetdb.sql.parse.Shorthands;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.ToIntFunction;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlNumericLiteral;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlSyntax;
import org.apache.calcite.sql.SqlUtil;
import org.apache.calcite.sql.SqlWindow;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.validate.SqlNameMatchers;
import org.jspecify.annotations.Nullable;

/**
 * Replaces the markers that {@link Shorthands} leaves in a query.
 *
 * <ul>
 *   <li>GROUP BY ALL: by every column that has no aggregate function;
 *   <li>ORDER BY ALL: by every column, from left to right;
 *   <li>DISTINCT ON (k): the row that is numbered 1 in its partition by k in the order of the query.
 * </ul>
 */
final class QueryShorthands {
    private final SqlOperatorTable functions;
    private final ToIntFunction<SqlNode> columnCount;

    /** @param columnCount tells how many columns a query has that does not list them */
    QueryShorthands(SqlOperatorTable functions, ToIntFunction<SqlNode> columnCount) {
        this.functions = functions;
        this.columnCount = columnCount;
    }

    /** Replaces those of a query in place, but for what concerns its order. */
    void expand(SqlSelect select) {
        SqlNodeList group = select.getGroup();
        if (group != null && group.size() == 1 && isAll(group.get(0))) {
            List<SqlNode> keys = new ArrayList<>();
            for (SqlNode item : select.getSelectList()) {
                SqlNode value = SqlUtil.stripAs(item);
                if (value instanceof SqlIdentifier star && star.isStar()) {
                    throw error("Cannot group by all columns: the query has a star", star);
                }
                if (!aggregates(value) && !SqlUtil.isLiteral(value)) {
                    keys.add(value);
                }
            }
            select.setGroupBy(new SqlNodeList(keys, group.getParserPosition()));
        }
    }

    /** The query with its order, without markers. */
    SqlCall expand(SqlOrderBy ordered) {
        SqlNodeList order = orderBy(ordered);
        SqlNode query = ordered.query;
        if (query instanceof SqlSelect select) {
            distinctOn(select, order);
        }
        return new SqlOrderBy(ordered.getParserPosition(), query, order, ordered.offset, ordered.fetch);
    }

    /** Replaces DISTINCT ON in place. */
    static void distinctOn(SqlSelect select, SqlNodeList order) {
        SqlNode qualify = select.getQualify();
        if (!(qualify instanceof SqlCall marker) || !marker.getOperator().equals(Shorthands.DISTINCT_ON)) {
            return;
        }
        SqlParserPos position = marker.getParserPosition();
        List<SqlNode> keys = new ArrayList<>();
        marker.getOperandList().forEach(key -> keys.add(column(select, key)));
        List<SqlNode> sorts = new ArrayList<>();
        order.forEach(sort -> sorts.add(sortKey(select, Objects.requireNonNull(sort))));
        SqlWindow window = SqlWindow.create(
                null,
                null,
                new SqlNodeList(keys, position),
                new SqlNodeList(sorts, position),
                SqlLiteral.createBoolean(true, position),
                null,
                null,
                null,
                SqlWindow.createExcludeNoOthers(position),
                position);
        SqlNode number = SqlStdOperatorTable.OVER.createCall(
                position, SqlStdOperatorTable.ROW_NUMBER.createCall(position), window);
        select.setQualify(
                SqlStdOperatorTable.EQUALS.createCall(position, number, SqlLiteral.createExactNumeric("1", position)));
    }

    private static SqlNode sortKey(SqlSelect select, SqlNode sort) {
        if (sort instanceof SqlCall call
                && (call.getKind() == SqlKind.DESCENDING
                        || call.getKind() == SqlKind.NULLS_FIRST
                        || call.getKind() == SqlKind.NULLS_LAST)) {
            return call.getOperator().createCall(call.getParserPosition(), sortKey(select, call.operand(0)));
        }
        return column(select, sort);
    }

    /** What an alias or a number stands for. */
    private static SqlNode column(SqlSelect select, SqlNode key) {
        if (key instanceof SqlNumericLiteral number && number.isInteger()) {
            int ordinal = number.intValue(true);
            if (ordinal >= 1 && ordinal <= select.getSelectList().size()) {
                return SqlUtil.stripAs(select.getSelectList().get(ordinal - 1));
            }
        }
        if (key instanceof SqlIdentifier name && name.isSimple()) {
            for (SqlNode item : select.getSelectList()) {
                if (item.getKind() == SqlKind.AS
                        && ((SqlIdentifier) ((SqlCall) item).operand(1))
                                .getSimple()
                                .equalsIgnoreCase(name.getSimple())) {
                    return SqlUtil.stripAs(item);
                }
            }
        }
        return key;
    }

    private SqlNodeList orderBy(SqlOrderBy ordered) {
        SqlNodeList order = ordered.orderList;
        if (order.size() != 1 || !isAll(innermost(order.get(0)))) {
            return order;
        }
        boolean isList = ordered.query instanceof SqlSelect select
                && select.getSelectList().stream()
                        .noneMatch(item ->
                                item instanceof SqlIdentifier name && name.isStar() || item.getKind() == SqlKind.OTHER);
        int count = isList ? ((SqlSelect) ordered.query).getSelectList().size() : columnCount.applyAsInt(ordered.query);
        List<SqlNode> sorts = new ArrayList<>();
        for (int i = 1; i <= count; i++) {
            SqlNode ordinal = SqlLiteral.createExactNumeric(Integer.toString(i), order.getParserPosition());
            sorts.add(replaceInnermost(order.get(0), ordinal));
        }
        return new SqlNodeList(sorts, order.getParserPosition());
    }

    private static SqlNode innermost(SqlNode sort) {
        SqlNode node = sort;
        while (node instanceof SqlBasicCall call && call.operandCount() == 1) {
            node = call.operand(0);
        }
        return node;
    }

    private static SqlNode replaceInnermost(SqlNode sort, SqlNode key) {
        return sort instanceof SqlBasicCall call && call.operandCount() == 1
                ? call.getOperator().createCall(call.getParserPosition(), replaceInnermost(call.operand(0), key))
                : key;
    }

    private static boolean isAll(@Nullable SqlNode node) {
        return node instanceof SqlCall call && call.getOperator().equals(Shorthands.ALL);
    }

    /** Whether a value has an aggregate function of its own query, which one with a window is not. */
    private boolean aggregates(@Nullable SqlNode node) {
        if (node instanceof SqlNodeList list) {
            return list.stream().anyMatch(this::aggregates);
        }
        if (!(node instanceof SqlCall call) || call.isA(SqlKind.QUERY)) {
            return false;
        }
        if (call.getKind() == SqlKind.OVER) {
            return call.<SqlCall>operand(0).getOperandList().stream().anyMatch(this::aggregates);
        }
        return isAggregate(call.getOperator()) || call.getOperandList().stream().anyMatch(this::aggregates);
    }

    private boolean isAggregate(SqlOperator operator) {
        if (operator.isAggregator()) {
            return true;
        }
        if (operator.getSyntax() != SqlSyntax.FUNCTION || operator.getNameAsId() == null) {
            return false;
        }
        List<SqlOperator> found = new ArrayList<>();
        functions.lookupOperatorOverloads(
                operator.getNameAsId(), null, SqlSyntax.FUNCTION, found, SqlNameMatchers.withCaseSensitive(false));
        return found.stream().anyMatch(SqlOperator::isAggregator);
    }

    private static DatasetDbException error(String sentence, SqlNode node) {
        SqlParserPos position = node.getParserPosition();
        return new DatasetDbException(
                SqlError.INVALID_STATEMENT,
                sentence + " (at line " + position.getLineNum() + ", column " + position.getColumnNum() + ")");
    }
}
