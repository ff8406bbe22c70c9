// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.function;

import java.util.List;
import java.util.Objects;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlBasicFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.ReturnTypes;
import org.apache.calcite.sql.type.SqlOperandTypeChecker;
import org.apache.calcite.sql.type.SqlReturnTypeInference;
import org.apache.calcite.sql.type.SqlTypeFamily;
import org.apache.calcite.sql.type.SqlTypeName;
import org.apache.calcite.sql.type.SqlTypeTransforms;
import org.apache.calcite.sql.type.SqlTypeUtil;

/** Scalar functions that DuckDB, PostgreSQL or Trino have and Calcite lacks, whose types depend on those of their operands. */
public final class CollectionOperators {
    private static final SqlOperandTypeChecker WHOLE = OperandTypes.or(
            OperandTypes.INTEGER,
            OperandTypes.family(SqlTypeFamily.INTEGER, SqlTypeFamily.INTEGER),
            OperandTypes.family(SqlTypeFamily.INTEGER, SqlTypeFamily.INTEGER, SqlTypeFamily.INTEGER));
    private static final SqlOperandTypeChecker STEPS = WHOLE.or(
            OperandTypes.family(SqlTypeFamily.DATETIME, SqlTypeFamily.DATETIME, SqlTypeFamily.DATETIME_INTERVAL));

    private CollectionOperators() {}

    /** All of them. */
    public static List<SqlOperator> all() {
        return List.of(
                function("GENERATE_SERIES", CollectionOperators::series, STEPS),
                function("RANGE", CollectionOperators::series, STEPS),
                function(
                        "LIST_SLICE",
                        CollectionOperators::slice,
                        OperandTypes.family(SqlTypeFamily.ARRAY, SqlTypeFamily.INTEGER, SqlTypeFamily.INTEGER)
                                .or(OperandTypes.family(
                                        SqlTypeFamily.CHARACTER, SqlTypeFamily.INTEGER, SqlTypeFamily.INTEGER))),
                function("LIST_SUM", CollectionOperators::sum, OperandTypes.ARRAY),
                function("LIST_AVG", ReturnTypes.DOUBLE_FORCE_NULLABLE, OperandTypes.ARRAY),
                function("HASH", ReturnTypes.BIGINT, OperandTypes.ONE_OR_MORE),
                function("PRINTF", CollectionOperators::text, OperandTypes.ONE_OR_MORE),
                function("FORMAT", CollectionOperators::text, OperandTypes.ONE_OR_MORE));
    }

    private static SqlBasicFunction function(String name, SqlReturnTypeInference type, SqlOperandTypeChecker operands) {
        return SqlBasicFunction.create(name, type, operands, SqlFunctionCategory.SYSTEM);
    }

    /** An array of whole numbers, or of times. */
    private static RelDataType series(SqlOperatorBinding binding) {
        RelDataTypeFactory factory = binding.getTypeFactory();
        SqlTypeName first = binding.getOperandType(0).getSqlTypeName();
        SqlTypeName element = SqlTypeName.INT_TYPES.contains(first) || first == SqlTypeName.NULL
                ? SqlTypeName.BIGINT
                : SqlTypeName.TIMESTAMP;
        RelDataType array = factory.createArrayType(factory.createSqlType(element), -1);
        return SqlTypeTransforms.TO_NULLABLE.transformType(binding, array);
    }

    /** The type of the whole; a part of a text may be as long as any. */
    private static RelDataType slice(SqlOperatorBinding binding) {
        return SqlTypeUtil.inCharFamily(binding.getOperandType(0))
                ? text(binding)
                : Objects.requireNonNull(ReturnTypes.ARG0_NULLABLE.inferReturnType(binding));
    }

    /** What SUM of the elements would be; NULL without elements. */
    private static RelDataType sum(SqlOperatorBinding binding) {
        RelDataTypeFactory factory = binding.getTypeFactory();
        RelDataType element = Objects.requireNonNull(binding.getOperandType(0).getComponentType());
        RelDataType sum = SqlTypeUtil.isNumeric(element)
                ? factory.getTypeSystem().deriveSumType(factory, element)
                : factory.createSqlType(SqlTypeName.DOUBLE);
        return factory.createTypeWithNullability(sum, true);
    }

    private static RelDataType text(SqlOperatorBinding binding) {
        return SqlTypeTransforms.TO_NULLABLE.transformType(binding, AggregateOperators.text(binding));
    }
}
