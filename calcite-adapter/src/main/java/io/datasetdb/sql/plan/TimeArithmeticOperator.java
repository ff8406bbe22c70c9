// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.plan;

import io.datasetdb.sql.schema.DatasetTypeSystem;
import org.apache.calcite.avatica.util.TimeUnit;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlBinaryOperator;
import org.apache.calcite.sql.SqlCallBinding;
import org.apache.calcite.sql.SqlIntervalQualifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperandCountRange;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.apache.calcite.sql.validate.SqlMonotonicity;
import org.jspecify.annotations.Nullable;

/**
 * {@code +} and {@code -} of the standard and of PostgreSQL: beside numbers and intervals,
 *
 * <ul>
 *   <li>DATE ± integer is DATE, DATE − DATE is INTEGER, the number of days;
 *   <li>TIMESTAMP − TIMESTAMP, also with a DATE on one side, and TIME − TIME are intervals of days to seconds;
 *   <li>DATE + TIME is TIMESTAMP, and so is DATE ± an interval with hours or less.
 * </ul>
 */
final class TimeArithmeticOperator extends SqlBinaryOperator {
    private final boolean adds;

    TimeArithmeticOperator(boolean adds) {
        super(
                adds ? "+" : "-",
                adds ? SqlKind.PLUS : SqlKind.MINUS,
                40,
                true,
                null,
                adds
                        ? SqlStdOperatorTable.PLUS.getOperandTypeInference()
                        : SqlStdOperatorTable.MINUS.getOperandTypeInference(),
                new Checker(adds));
        this.adds = adds;
    }

    /** Whether it is + and not -. */
    boolean adds() {
        return adds;
    }

    /** Calcite's own operator, for everything that is not about points in time. */
    SqlOperator standard() {
        return adds ? SqlStdOperatorTable.PLUS : SqlStdOperatorTable.MINUS;
    }

    @Override
    public RelDataType inferReturnType(SqlOperatorBinding binding) {
        RelDataType type = result(adds, binding);
        return type == null ? standard().inferReturnType(binding) : type;
    }

    @Override
    public SqlMonotonicity getMonotonicity(SqlOperatorBinding call) {
        return standard().getMonotonicity(call);
    }

    /** Whether Calcite's own operator does not know these operands. */
    static boolean isOwn(boolean adds, RelDataType left, RelDataType right, RelDataTypeFactory factory) {
        return result(adds, left, right, factory) != null;
    }

    private static @Nullable RelDataType result(boolean adds, SqlOperatorBinding binding) {
        return binding.getOperandCount() != 2
                ? null
                : result(adds, binding.getOperandType(0), binding.getOperandType(1), binding.getTypeFactory());
    }

    private static @Nullable RelDataType result(
            boolean adds, RelDataType left, RelDataType right, RelDataTypeFactory factory) {
        RelDataType type = adds ? sum(left, right, factory) : difference(left, right, factory);
        if (type == null && adds) {
            type = sum(right, left, factory);
        }
        return type == null ? null : factory.createTypeWithNullability(type, left.isNullable() || right.isNullable());
    }

    private static @Nullable RelDataType sum(RelDataType left, RelDataType right, RelDataTypeFactory factory) {
        if (left.getSqlTypeName() != SqlTypeName.DATE) {
            return null;
        }
        if (SqlTypeName.INT_TYPES.contains(right.getSqlTypeName())) {
            return factory.createSqlType(SqlTypeName.DATE);
        }
        boolean timed = right.getSqlTypeName() == SqlTypeName.TIME || hasTime(right);
        return timed ? timestamp(factory) : null;
    }

    private static @Nullable RelDataType difference(RelDataType left, RelDataType right, RelDataTypeFactory factory) {
        SqlTypeName l = left.getSqlTypeName();
        SqlTypeName r = right.getSqlTypeName();
        if (l == SqlTypeName.DATE && r == SqlTypeName.DATE) {
            return factory.createSqlType(SqlTypeName.INTEGER);
        }
        if (l == SqlTypeName.TIME && r == SqlTypeName.TIME || isDay(l) && isDay(r)) {
            return factory.createSqlIntervalType(
                    new SqlIntervalQualifier(TimeUnit.DAY, TimeUnit.SECOND, SqlParserPos.ZERO));
        }
        return r == SqlTypeName.TIME ? null : sum(left, right, factory);
    }

    private static boolean isDay(SqlTypeName type) {
        return type == SqlTypeName.DATE
                || type == SqlTypeName.TIMESTAMP
                || type == SqlTypeName.TIMESTAMP_WITH_LOCAL_TIME_ZONE;
    }

    /** Whether an interval can hold less than days. */
    private static boolean hasTime(RelDataType type) {
        if (!SqlTypeUtil.isInterval(type) || type.getSqlTypeName().isYearMonth()) {
            return false;
        }
        SqlIntervalQualifier qualifier = type.getIntervalQualifier();
        return qualifier == null
                || qualifier.timeUnitRange == null
                || qualifier.getUnit() != TimeUnit.DAY && qualifier.getUnit() != TimeUnit.WEEK;
    }

    private static RelDataType timestamp(RelDataTypeFactory factory) {
        return factory.createSqlType(SqlTypeName.TIMESTAMP, DatasetTypeSystem.TIME_PRECISION);
    }

    /** Operands that have a result, or that Calcite's own operator takes. */
    private record Checker(boolean adds) implements SqlOperandTypeChecker {
        @Override
        public boolean checkOperandTypes(SqlCallBinding binding, boolean throwOnFailure) {
            return result(adds, binding) != null || standard().checkOperandTypes(binding, throwOnFailure);
        }

        @Override
        public SqlOperandCountRange getOperandCountRange() {
            return standard().getOperandCountRange();
        }

        @Override
        public String getAllowedSignatures(SqlOperator op, String opName) {
            return standard().getAllowedSignatures(op, opName);
        }

        private SqlOperandTypeChecker standard() {
            return java.util.Objects.requireNonNull(
                    (adds ? SqlStdOperatorTable.PLUS : SqlStdOperatorTable.MINUS).getOperandTypeChecker());
        }
    }
}
