// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.plan;

import io.datasetdb.sql.parse.NamedRow;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexBuilder;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql2rel.SqlRexContext;
import org.apache.calcite.sql2rel.SqlRexConvertlet;
import org.apache.calcite.sql2rel.SqlRexConvertletTable;
import org.apache.calcite.sql2rel.StandardConvertletTable;
import org.jspecify.annotations.Nullable;

/**
 * Calcite's conversion of calls to row expressions, except for functions of which we have the thing itself and not only the
 * formula: averages and deviations of windows lose digits as sums of squares, a square root as a power.
 */
final class DatasetConvertlets implements SqlRexConvertletTable {
    static final DatasetConvertlets INSTANCE = new DatasetConvertlets();

    private static final Set<SqlKind> KEPT = Set.of(
            SqlKind.AVG,
            SqlKind.STDDEV_POP,
            SqlKind.STDDEV_SAMP,
            SqlKind.VAR_POP,
            SqlKind.VAR_SAMP,
            SqlKind.COVAR_POP,
            SqlKind.COVAR_SAMP,
            SqlKind.REGR_SXX,
            SqlKind.REGR_SYY);

    private DatasetConvertlets() {}

    @Override
    public @Nullable SqlRexConvertlet get(SqlCall call) {
        if (KEPT.contains(call.getKind()) && call.getOperator() instanceof SqlAggFunction function) {
            return (context, kept) ->
                    StandardConvertletTable.INSTANCE.convertAggregateFunction(context, function, kept);
        }
        if ((call.getKind() == SqlKind.LAG || call.getKind() == SqlKind.LEAD) && call.operandCount() == 3) {
            return DatasetConvertlets::shifted;
        }
        if (call.getOperator().equals(SqlStdOperatorTable.SQRT)) {
            return (context, kept) -> context.getRexBuilder()
                    .makeCall(
                            kept.getParserPosition(),
                            context.getValidator().getValidatedNodeType(kept),
                            SqlStdOperatorTable.SQRT,
                            List.of(context.convertExpression(kept.operand(0))));
        }
        if (call.getKind() == SqlKind.IS_DISTINCT_FROM || call.getKind() == SqlKind.IS_NOT_DISTINCT_FROM) {
            return DatasetConvertlets::distinct;
        }
        if (call.getOperator() instanceof NamedRow) {
            return (context, row) -> context.getRexBuilder()
                    .makeCall(
                            row.getParserPosition(),
                            context.getValidator().getValidatedNodeType(row),
                            SqlStdOperatorTable.ROW,
                            row.getOperandList().stream()
                                    .map(context::convertExpression)
                                    .toList());
        }
        if (call.getOperator() instanceof TextCast) {
            return TextCast::convert;
        }
        SqlRexConvertlet time = TimeConvertlets.of(call);
        return time == null ? StandardConvertletTable.INSTANCE.get(call) : time;
    }

    /** Calcite takes rows for distinct only if all of their fields are. */
    private static RexNode distinct(SqlRexContext context, SqlCall call) {
        RexNode left = context.convertExpression(call.operand(0));
        RexNode right = context.convertExpression(call.operand(1));
        return left.getType().isStruct() && right.getType().isStruct()
                ? context.getRexBuilder().makeCall(call.getParserPosition(), call.getOperator(), left, right)
                : Objects.requireNonNull(StandardConvertletTable.INSTANCE.get(call))
                        .convertCall(context, call);
    }

    /** LAG and LEAD yield what the values and their stand-in have in common, so both become that. */
    private static RexNode shifted(SqlRexContext context, SqlCall call) {
        RelDataType type = context.getValidator().getValidatedNodeType(call);
        return context.getRexBuilder()
                .makeCall(
                        call.getParserPosition(),
                        type,
                        call.getOperator(),
                        List.of(
                                as(type, context, call.operand(0)),
                                context.convertExpression(call.operand(1)),
                                as(type, context, call.operand(2))));
    }

    private static RexNode as(RelDataType type, SqlRexContext context, SqlNode operand) {
        RexNode value = context.convertExpression(operand);
        RexBuilder builder = context.getRexBuilder();
        RelDataType target = builder.getTypeFactory()
                .createTypeWithNullability(type, value.getType().isNullable());
        return builder.ensureType(operand.getParserPosition(), target, value, true);
    }
}
