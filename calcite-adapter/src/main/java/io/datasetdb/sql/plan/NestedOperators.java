// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.plan;

import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlKind;
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

    private NestedOperators() {}
}
