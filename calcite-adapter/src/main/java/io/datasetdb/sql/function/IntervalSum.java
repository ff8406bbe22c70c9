// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.function;

import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.fun.SqlSumAggFunction;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;

/** SUM, of intervals as well. */
final class IntervalSum extends SqlSumAggFunction {
    static final SqlOperandTypeChecker OPERANDS = OperandTypes.NUMERIC.or(OperandTypes.INTERVAL);

    IntervalSum() {
        // As Calcite's own: the type is derived from the operand of each call.
        super(null);
    }

    @Override
    public SqlOperandTypeChecker getOperandTypeChecker() {
        return OPERANDS;
    }

    @Override
    public boolean checkOperandTypes(SqlCallBinding binding, boolean throwOnFailure) {
        return OPERANDS.checkOperandTypes(binding, throwOnFailure);
    }
}
