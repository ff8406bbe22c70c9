// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.parse;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Set;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.parser.SqlParserUtil;

/**
 * Turns operands and operators into a tree in which a long chain of one associative operator is balanced. Programs write
 * statements with thousands of ORs; every later stage recurses, and must not do so once for each of them.
 */
public final class BalancedTrees {
    /** Shorter chains keep the shape in which they were written. */
    private static final int MIN_OPERANDS = 16;

    private static final Set<SqlOperator> ASSOCIATIVE = Set.of(
            SqlStdOperatorTable.AND,
            SqlStdOperatorTable.OR,
            SqlStdOperatorTable.CONCAT,
            SqlStdOperatorTable.UNION_ALL);

    private BalancedTrees() {}

    /** As {@link SqlParserUtil#toTree}, then balances the chain at the root and those right below it. */
    public static SqlNode toTree(List<Object> list) {
        SqlNode root = SqlParserUtil.toTree(list);
        return list.size() < 2 * MIN_OPERANDS ? root : balance(root);
    }

    private static SqlNode balance(SqlNode root) {
        if (!(root instanceof SqlBasicCall call) || !ASSOCIATIVE.contains(call.getOperator())) {
            return root;
        }
        List<SqlNode> operands = flatten(call);
        operands.replaceAll(BalancedTrees::balance);
        return operands.size() < MIN_OPERANDS ? root : build(call.getOperator(), operands);
    }

    /** The operands of the chain from left to right. */
    private static List<SqlNode> flatten(SqlBasicCall chain) {
        List<SqlNode> operands = new ArrayList<>();
        Deque<SqlNode> open = new ArrayDeque<>();
        open.push(chain);
        while (!open.isEmpty()) {
            SqlNode node = open.pop();
            if (node instanceof SqlBasicCall call && call.getOperator().equals(chain.getOperator())) {
                for (int i = call.operandCount() - 1; i >= 0; i--) {
                    open.push(call.operand(i));
                }
            } else {
                operands.add(node);
            }
        }
        return operands;
    }

    private static SqlNode build(SqlOperator operator, List<SqlNode> operands) {
        if (operands.size() == 1) {
            return operands.get(0);
        }
        int half = operands.size() / 2;
        SqlNode left = build(operator, operands.subList(0, half));
        SqlNode right = build(operator, operands.subList(half, operands.size()));
        SqlParserPos pos = left.getParserPosition().plus(right.getParserPosition());
        return operator.createCall(pos, left, right);
    }
}
