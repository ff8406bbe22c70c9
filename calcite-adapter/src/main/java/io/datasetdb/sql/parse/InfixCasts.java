// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.parse;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlCharStringLiteral;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.parser.SqlParserUtil;

/**
 * The cast {@code x::type}, and {@code x AT TIME ZONE z}, which binds alike. It becomes an ordinary CAST (a call of TIMEZONE)
 * while the parser still has a flat list of operands and operators, and takes the last operand together with what reaches into it: {@code a + b[1]::int} is {@code a + CAST(b[1] AS int)}.
 */
public final class InfixCasts {
    private InfixCasts() {}

    /**
     * Replaces the end of the list by a cast.
     *
     * @param list operands and operators as the parser gathers them
     * @param type a type or the qualifier of an interval
     */
    public static void castLast(List<Object> list, SqlNode type) {
        SqlNode operand = removeLast(list);
        SqlParserPos pos = operand.getParserPosition().plus(type.getParserPosition());
        boolean interval = type instanceof SqlIntervalQualifier && operand instanceof SqlCharStringLiteral;
        list.add(
                interval
                        ? Intervals.parse(pos, 1, ((SqlLiteral) operand).getValueAs(String.class))
                        : SqlStdOperatorTable.CAST.createCall(pos, operand, type));
    }

    /**
     * Replaces the end of the list by {@code timezone(zone, end)}, which is what {@code AT TIME ZONE} stands for.
     *
     * @param list operands and operators as the parser gathers them
     */
    public static void shiftLast(List<Object> list, SqlNode zone) {
        SqlNode operand = removeLast(list);
        SqlParserPos pos = operand.getParserPosition().plus(zone.getParserPosition());
        list.add(Shorthands.call("TIMEZONE", pos, List.of(zone, operand)));
    }

    private static SqlNode removeLast(List<Object> list) {
        int start = list.size() - 1;
        while (start >= 2 && list.get(start - 1) instanceof SqlParserUtil.ToTreeListItem item && reachesIn(item)) {
            start -= 2;
        }
        if (list.get(start) instanceof SqlParserUtil.ToTreeListItem) {
            // A postfix operator such as IS NULL: all of it is the operand.
            start = 0;
        }
        List<Object> tail = list.subList(start, list.size());
        SqlNode operand = SqlParserUtil.toTree(new ArrayList<>(tail));
        tail.clear();
        return operand;
    }

    private static boolean reachesIn(SqlParserUtil.ToTreeListItem item) {
        SqlKind kind = item.getOperator().getKind();
        return kind == SqlKind.ITEM || kind == SqlKind.DOT;
    }
}
