// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.parse;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.parser.SqlParserUtil;

/**
 * Turns the flat list of operands and operators that the parser gathers into a tree, in which long chains of one
 * associative operator are balanced. Programs write statements with thousands of ORs: every later stage recurses and must
 * not do so once for each of them, and Calcite's own way of building the tree takes time quadratic in their number.
 */
public final class BalancedTrees {
    /** Shorter chains keep the shape in which they were written. */
    private static final int MIN_OPERANDS = 16;

    private BalancedTrees() {}

    /** As {@link SqlParserUtil#toTree}, which means the same. */
    public static SqlNode toTree(List<Object> list) {
        if (list.size() < 2 * MIN_OPERANDS) {
            return SqlParserUtil.toTree(list);
        }
        for (SqlOperator operator : List.of(SqlStdOperatorTable.UNION_ALL, SqlStdOperatorTable.CONCAT)) {
            if (isChainOf(operator, list)) {
                return build(operator, operands(list));
            }
        }
        List<SqlNode> alternatives = new ArrayList<>();
        for (List<Object> part : split(list, SqlKind.OR)) {
            List<SqlNode> conditions = new ArrayList<>();
            for (List<Object> condition : split(part, SqlKind.AND)) {
                conditions.add(SqlParserUtil.toTree(condition));
            }
            alternatives.add(build(SqlStdOperatorTable.AND, conditions));
        }
        return build(SqlStdOperatorTable.OR, alternatives);
    }

    /** Splits at the operators of a kind, but for the AND that belongs to a BETWEEN. Nothing binds less than AND and OR. */
    private static List<List<Object>> split(List<Object> list, SqlKind kind) {
        List<List<Object>> parts = new ArrayList<>();
        List<Object> part = new ArrayList<>();
        int openBetweens = 0;
        for (Object item : list) {
            SqlKind found = kind(item);
            if (found == SqlKind.AND && openBetweens > 0) {
                openBetweens--;
            } else if (found == kind) {
                parts.add(part);
                part = new ArrayList<>();
                continue;
            }
            openBetweens += found == SqlKind.BETWEEN ? 1 : 0;
            part.add(item);
        }
        parts.add(part);
        return parts;
    }

    private static boolean isChainOf(SqlOperator operator, List<Object> list) {
        for (int i = 0; i < list.size(); i++) {
            boolean isOperator = list.get(i) instanceof SqlParserUtil.ToTreeListItem item
                    && item.getOperator().equals(operator);
            if (isOperator != (i % 2 == 1) || !(isOperator || list.get(i) instanceof SqlNode)) {
                return false;
            }
        }
        return list.size() % 2 == 1;
    }

    private static List<SqlNode> operands(List<Object> chain) {
        List<SqlNode> operands = new ArrayList<>();
        for (int i = 0; i < chain.size(); i += 2) {
            operands.add((SqlNode) chain.get(i));
        }
        return operands;
    }

    /** OTHER for an operand. */
    private static SqlKind kind(Object item) {
        return item instanceof SqlParserUtil.ToTreeListItem operator
                ? operator.getOperator().getKind()
                : SqlKind.OTHER;
    }

    private static SqlNode build(SqlOperator operator, List<SqlNode> operands) {
        int size = operands.size();
        if (size == 1) {
            return operands.get(0);
        }
        int middle = size < MIN_OPERANDS ? size - 1 : size / 2;
        SqlNode left = build(operator, operands.subList(0, middle));
        SqlNode right = build(operator, operands.subList(middle, size));
        SqlParserPos pos = left.getParserPosition().plus(right.getParserPosition());
        return operator.createCall(pos, left, right);
    }
}
