// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.function;

import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlBasicFunction;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeTransforms;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.jspecify.annotations.Nullable;

/** Scalar functions that take the place of Calcite's of the same name, whose result types lose digits or overflow. */
public final class ScalarOperators {
    /** {@code MOD(a, b)} and {@code a % b}; DOUBLE if a side is not exact, where Calcite makes a DECIMAL of it. */
    public static final SqlFunction MOD = SqlBasicFunction.create(
            "MOD",
            SqlKind.MOD,
            ReturnTypes.chain(ScalarOperators::floatingRemainder, ReturnTypes.NULLABLE_MOD),
            OperandTypes.NUMERIC_NUMERIC);

    private static final int MAX_PRECISION = 38;

    private ScalarOperators() {}

    /** All of them. */
    public static List<SqlOperator> all() {
        return List.of(
                MOD,
                rounding("ROUND", true),
                rounding("TRUNCATE", false),
                rounding("TRUNC", false),
                length(),
                typeOf());
    }

    private static SqlFunction rounding(String name, boolean mayGrow) {
        return SqlBasicFunction.create(
                name,
                binding -> rounded(binding, mayGrow),
                OperandTypes.NUMERIC.or(OperandTypes.NUMERIC_INTEGER),
                SqlFunctionCategory.NUMERIC);
    }

    /** LENGTH, which in Calcite makes a text of bytes first. */
    private static SqlFunction length() {
        return SqlBasicFunction.create(
                "LENGTH", ReturnTypes.INTEGER_NULLABLE, OperandTypes.CHARACTER.or(OperandTypes.BINARY));
    }

    /** TYPEOF, which in Calcite is only for VARIANT; its kernel is a literal. */
    private static SqlFunction typeOf() {
        return SqlBasicFunction.create("TYPEOF", ReturnTypes.VARCHAR, OperandTypes.ANY, SqlFunctionCategory.SYSTEM);
    }

    /**
     * A DECIMAL with as many fraction digits as are asked for, if that is known, and with room for the carry: 9.5 has two
     * digits, and so has 10.
     */
    private static RelDataType rounded(SqlOperatorBinding binding, boolean mayGrow) {
        RelDataTypeFactory factory = binding.getTypeFactory();
        RelDataType operand = binding.getOperandType(0);
        RelDataType result = operand;
        if (SqlTypeUtil.isDecimal(operand)) {
            Integer digits = digits(binding);
            int scale = digits == null ? operand.getScale() : Math.max(0, Math.min(digits, operand.getScale()));
            boolean carries = mayGrow && (digits == null || digits < operand.getScale());
            int precision = operand.getPrecision() - operand.getScale() + scale + (carries ? 1 : 0);
            result = factory.createSqlType(SqlTypeName.DECIMAL, Math.min(MAX_PRECISION, Math.max(1, precision)), scale);
        }
        return SqlTypeTransforms.TO_NULLABLE.transformType(binding, result);
    }

    private static @Nullable Integer digits(SqlOperatorBinding binding) {
        if (binding.getOperandCount() < 2) {
            return 0;
        }
        return binding.isOperandLiteral(1, false) ? binding.getOperandLiteralValue(1, Integer.class) : null;
    }

    private static @Nullable RelDataType floatingRemainder(SqlOperatorBinding binding) {
        boolean floating = SqlTypeUtil.isApproximateNumeric(binding.getOperandType(0))
                || SqlTypeUtil.isApproximateNumeric(binding.getOperandType(1));
        return floating
                ? SqlTypeTransforms.TO_NULLABLE.transformType(
                        binding, binding.getTypeFactory().createSqlType(SqlTypeName.DOUBLE))
                : null;
    }
}
