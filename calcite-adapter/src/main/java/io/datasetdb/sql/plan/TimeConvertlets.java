// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.plan;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.avatica.util.TimeUnitRange;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql2rel.SqlRexContext;
import org.apache.calcite.sql2rel.SqlRexConvertlet;
import org.apache.calcite.sql2rel.StandardConvertletTable;
import org.jspecify.annotations.Nullable;

/** Calls of {@link TimeOperators} as row expressions. */
final class TimeConvertlets {
    private TimeConvertlets() {}

    /** How to convert a call; {@code null} if it is none of these. */
    static @Nullable SqlRexConvertlet of(SqlCall call) {
        if (call.getOperator() instanceof TimeArithmeticOperator operator) {
            return (context, sum) -> arithmetic(context, sum, operator);
        }
        if (call.getOperator().equals(TimeOperators.TIMESTAMPDIFF)
                || call.getOperator().equals(TimeOperators.DATE_DIFF)) {
            return TimeConvertlets::difference;
        }
        return null;
    }

    private static RexNode arithmetic(SqlRexContext context, SqlCall call, TimeArithmeticOperator operator) {
        boolean adds = operator.adds();
        RelDataType left = context.getValidator().getValidatedNodeType(call.operand(0));
        RelDataType right = context.getValidator().getValidatedNodeType(call.operand(1));
        if (!TimeArithmeticOperator.isOwn(adds, left, right, context.getTypeFactory())) {
            SqlCall standard = operator.standard().createCall(call.getParserPosition(), call.getOperandList());
            context.getValidator()
                    .setValidatedNodeType(standard, context.getValidator().getValidatedNodeType(call));
            return java.util.Objects.requireNonNull(StandardConvertletTable.INSTANCE.get(standard))
                    .convertCall(context, standard);
        }
        List<RexNode> operands = new ArrayList<>(
                List.of(context.convertExpression(call.operand(0)), context.convertExpression(call.operand(1))));
        if (adds && operands.get(0).getType().getSqlTypeName() != SqlTypeName.DATE) {
            java.util.Collections.swap(operands, 0, 1);
        }
        return context.getRexBuilder()
                .makeCall(
                        call.getParserPosition(),
                        context.getValidator().getValidatedNodeType(call),
                        adds ? SqlStdOperatorTable.DATETIME_PLUS : SqlStdOperatorTable.MINUS_DATE,
                        operands);
    }

    private static RexNode difference(SqlRexContext context, SqlCall call) {
        RexBuilder rexBuilder = context.getRexBuilder();
        TimeUnitRange unit = ((SqlIntervalQualifier) call.operand(0)).timeUnitRange;
        return rexBuilder.makeCall(
                call.getParserPosition(),
                context.getValidator().getValidatedNodeType(call),
                call.getOperator(),
                List.of(
                        rexBuilder.makeFlag(unit),
                        context.convertExpression(call.operand(1)),
                        context.convertExpression(call.operand(2))));
    }
}
