// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.plan;

import java.util.Set;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
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
        if (call.getOperator().equals(SqlStdOperatorTable.SQRT)) {
            return (context, kept) -> context.getRexBuilder()
                    .makeCall(
                            kept.getParserPosition(),
                            context.getValidator().getValidatedNodeType(kept),
                            SqlStdOperatorTable.SQRT,
                            java.util.List.of(context.convertExpression(kept.operand(0))));
        }
        return StandardConvertletTable.INSTANCE.get(call);
    }
}
