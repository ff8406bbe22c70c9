// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.schema;

import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeSystemImpl;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeUtil;
import org.jspecify.annotations.Nullable;

/**
 * The limits and derivations of our SQL types: DECIMAL up to 38 digits, times to the microsecond, sums that do not overflow
 * their argument's type, averages that are not integers.
 */
public final class DatasetTypeSystem extends RelDataTypeSystemImpl {
    /** Digits after the second. */
    public static final int TIME_PRECISION = 6;

    /**
     * Fraction digits that a quotient has, also when its integer digits could fill a DECIMAL(38): a share of a total keeps 16
     * significant digits or more, as in PostgreSQL and as a DOUBLE would.
     */
    private static final int QUOTIENT_SCALE = 18;

    @Override
    public int getMaxPrecision(SqlTypeName typeName) {
        return switch (typeName) {
            case DECIMAL -> 38;
            case TIME, TIME_WITH_LOCAL_TIME_ZONE, TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> TIME_PRECISION;
            default -> super.getMaxPrecision(typeName);
        };
    }

    @Override
    public int getMaxScale(SqlTypeName typeName) {
        return typeName == SqlTypeName.DECIMAL ? 38 : super.getMaxScale(typeName);
    }

    @Override
    public int getDefaultPrecision(SqlTypeName typeName) {
        return switch (typeName) {
            case DECIMAL -> 38;
            case TIME, TIME_WITH_LOCAL_TIME_ZONE, TIMESTAMP, TIMESTAMP_WITH_LOCAL_TIME_ZONE -> TIME_PRECISION;
            default -> super.getDefaultPrecision(typeName);
        };
    }

    @Override
    public boolean shouldConvertRaggedUnionTypesToVarying() {
        return true;
    }

    @Override
    public RelDataType deriveSumType(RelDataTypeFactory typeFactory, RelDataType argumentType) {
        return switch (argumentType.getSqlTypeName()) {
            case TINYINT, SMALLINT, INTEGER, BIGINT -> nullable(typeFactory, SqlTypeName.BIGINT, argumentType);
            case REAL, FLOAT, DOUBLE -> nullable(typeFactory, SqlTypeName.DOUBLE, argumentType);
            case DECIMAL ->
                typeFactory.createTypeWithNullability(
                        typeFactory.createSqlType(SqlTypeName.DECIMAL, 38, argumentType.getScale()),
                        argumentType.isNullable());
            default -> argumentType;
        };
    }

    @Override
    public RelDataType deriveAvgAggType(RelDataTypeFactory typeFactory, RelDataType argumentType) {
        return SqlTypeUtil.isNumeric(argumentType)
                ? nullable(typeFactory, SqlTypeName.DOUBLE, argumentType)
                : argumentType;
    }

    @Override
    public RelDataType deriveCovarType(RelDataTypeFactory typeFactory, RelDataType type1, RelDataType type2) {
        return typeFactory.createTypeWithNullability(
                typeFactory.createSqlType(SqlTypeName.DOUBLE), type1.isNullable() || type2.isNullable());
    }

    @Override
    public @Nullable RelDataType deriveDecimalMultiplyType(
            RelDataTypeFactory typeFactory, RelDataType type1, RelDataType type2) {
        if (!SqlTypeUtil.isExactNumeric(type1)
                || !SqlTypeUtil.isExactNumeric(type2)
                || !(SqlTypeUtil.isDecimal(type1) || SqlTypeUtil.isDecimal(type2))) {
            return null;
        }
        RelDataType left = decimalOf(typeFactory, type1);
        RelDataType right = decimalOf(typeFactory, type2);
        int integerDigits = left.getPrecision() - left.getScale() + right.getPrecision() - right.getScale();
        int exact = left.getScale() + right.getScale();
        // Fraction digits give way before integer digits do, but not below what money needs.
        int scale = Math.min(exact, Math.max(38 - integerDigits, Math.min(exact, 6)));
        int precision = Math.min(38, integerDigits + scale);
        return typeFactory.createSqlType(SqlTypeName.DECIMAL, precision, Math.min(scale, precision));
    }

    @Override
    public @Nullable RelDataType deriveDecimalDivideType(
            RelDataTypeFactory typeFactory, RelDataType type1, RelDataType type2) {
        if (!SqlTypeUtil.isExactNumeric(type1)
                || !SqlTypeUtil.isExactNumeric(type2)
                || !(SqlTypeUtil.isDecimal(type1) || SqlTypeUtil.isDecimal(type2))) {
            return null;
        }
        RelDataType left = decimalOf(typeFactory, type1);
        RelDataType right = decimalOf(typeFactory, type2);
        int integerDigits = left.getPrecision() - left.getScale() + right.getScale();
        int scale = Math.max(QUOTIENT_SCALE, left.getScale() + right.getPrecision() + 1);
        if (integerDigits + scale > 38) {
            scale = Math.max(38 - integerDigits, QUOTIENT_SCALE);
        }
        int precision = Math.min(38, integerDigits + scale);
        return typeFactory.createSqlType(SqlTypeName.DECIMAL, precision, Math.min(scale, precision));
    }

    private static RelDataType decimalOf(RelDataTypeFactory typeFactory, RelDataType type) {
        return SqlTypeUtil.isDecimal(type) ? type : typeFactory.decimalOf(type);
    }

    private static RelDataType nullable(RelDataTypeFactory typeFactory, SqlTypeName name, RelDataType like) {
        return typeFactory.createTypeWithNullability(typeFactory.createSqlType(name), like.isNullable());
    }
}
