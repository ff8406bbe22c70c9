// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.function;

import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.fun.SqlAvgAggFunction;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;

/** AVG, of intervals as well. */
final class IntervalAverage extends SqlAvgAggFunction {
    IntervalAverage() {
        super(SqlKind.AVG);
    }

    @Override
    public SqlOperandTypeChecker getOperandTypeChecker() {
        return IntervalSum.OPERANDS;
    }

    @Override
    public boolean checkOperandTypes(SqlCallBinding binding, boolean throwOnFailure) {
        return IntervalSum.OPERANDS.checkOperandTypes(binding, throwOnFailure);
    }
}
