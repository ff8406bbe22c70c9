// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.plan;

import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.SqlTypeName;

/** Operators of nested values that Calcite does not have. */
final class NestedOperators {
    /** {@code ARRAY[]}, whose elements are of the type of NULL: a cast or a union gives them another. */
    static final SqlFunction EMPTY_ARRAY = new SqlFunction(
            "EMPTY_ARRAY",
            SqlKind.ARRAY_VALUE_CONSTRUCTOR,
            binding -> binding.getTypeFactory()
                    .createArrayType(binding.getTypeFactory().createSqlType(SqlTypeName.NULL), -1),
            null,
            OperandTypes.NILADIC,
            SqlFunctionCategory.SYSTEM);

    /** An array as it is, of which anybody may ask for more elements than it has. */
    static final SqlFunction PADDED = new SqlFunction(
            "PADDED_ARRAY",
            SqlKind.OTHER_FUNCTION,
            NestedOperators::padded,
            null,
            OperandTypes.ANY,
            SqlFunctionCategory.SYSTEM);

    private NestedOperators() {}

    private static RelDataType padded(SqlOperatorBinding binding) {
        RelDataType type = binding.getOperandType(0);
        RelDataType element = type.getComponentType();
        if (element == null || type.getSqlTypeName() != SqlTypeName.ARRAY) {
            return type;
        }
        RelDataTypeFactory factory = binding.getTypeFactory();
        RelDataType array = factory.createArrayType(factory.createTypeWithNullability(element, true), -1);
        return factory.createTypeWithNullability(array, type.isNullable());
    }
}
