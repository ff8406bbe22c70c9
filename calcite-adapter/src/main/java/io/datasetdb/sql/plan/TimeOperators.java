// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.plan;

import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.SqlOperatorTable;
import org.apache.calcite.sql.fun.SqlExtractFunction;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeTransforms;
import org.apache.calcite.sql.util.SqlOperatorTables;
import org.apache.calcite.sql.validate.SqlValidator;
import org.apache.calcite.sql.validate.SqlValidatorScope;

/** Operators of dates and times that take the place of Calcite's: more operands, and types that hold every result. */
final class TimeOperators {
    static final SqlOperator PLUS = new TimeArithmeticOperator(true);
    static final SqlOperator MINUS = new TimeArithmeticOperator(false);

    /** Whole units from the second operand to the third. */
    static final SqlFunction TIMESTAMPDIFF = new Difference("TIMESTAMPDIFF");

    /** Starts of units between the second operand and the third. */
    static final SqlFunction DATE_DIFF = new Difference("DATE_DIFF");

    /** As Calcite's, but the seconds since 1970 have a fraction. */
    static final SqlFunction EXTRACT = new SqlExtractFunction("EXTRACT", false) {
        @Override
        public RelDataType inferReturnType(SqlOperatorBinding binding) {
            SqlIntervalQualifier unit = binding instanceof org.apache.calcite.sql.SqlCallBinding call
                            && call.operand(0) instanceof SqlIntervalQualifier qualifier
                    ? qualifier
                    : null;
            boolean epoch =
                    unit != null && unit.timeUnitRange != null && unit.timeUnitRange.startUnit == TimeUnit.EPOCH;
            return epoch
                    ? binding.getTypeFactory()
                            .createTypeWithNullability(
                                    binding.getTypeFactory().createSqlType(SqlTypeName.DOUBLE),
                                    binding.getOperandType(1).isNullable())
                    : super.inferReturnType(binding);
        }
    };

    static final SqlOperatorTable TABLE = SqlOperatorTables.of(
            PLUS, MINUS, TIMESTAMPDIFF, DATE_DIFF, EXTRACT, NestedOperators.EMPTY_ARRAY, NestedOperators.PADDED);

    private TimeOperators() {}

    private static final class Difference extends SqlFunction {
        Difference(String name) {
            super(
                    name,
                    SqlKind.OTHER_FUNCTION,
                    ReturnTypes.BIGINT.andThen(SqlTypeTransforms.TO_NULLABLE),
                    null,
                    OperandTypes.family(SqlTypeFamily.ANY, SqlTypeFamily.DATETIME, SqlTypeFamily.DATETIME),
                    SqlFunctionCategory.TIMEDATE);
        }

        @Override
        public void validateCall(
                SqlCall call, SqlValidator validator, SqlValidatorScope scope, SqlValidatorScope operandScope) {
            super.validateCall(call, validator, scope, operandScope);
            if (call.operand(0) instanceof SqlIntervalQualifier unit) {
                validator.validateTimeFrame(unit);
            }
        }
    }
}
