// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.schema;

import io.datasetdb.udf.AggregateFunction;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlAggFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.util.Optionality;

/** One overload of an aggregate function of the {@link io.datasetdb.udf.FunctionLibrary} as an operator. */
public final class AggregateFunctionOperator extends SqlAggFunction {
    private final AggregateFunction function;

    AggregateFunctionOperator(AggregateFunction function) {
        super(
                function.name(),
                new SqlIdentifier(function.name(), SqlParserPos.ZERO),
                SqlKind.OTHER_FUNCTION,
                binding -> TypeMapping.toRelType(binding.getTypeFactory(), function.returnType(), true),
                null,
                OperandTypes.operandMetadata(
                        function.parameters().stream()
                                .map(ScalarFunctionOperator::family)
                                .toList(),
                        factory -> parameterTypes(factory, function),
                        i -> function.parameters().get(i).name(),
                        i -> false),
                SqlFunctionCategory.USER_DEFINED_FUNCTION,
                false,
                false,
                Optionality.FORBIDDEN);
        this.function = function;
    }

    public AggregateFunction function() {
        return function;
    }

    private static List<RelDataType> parameterTypes(RelDataTypeFactory factory, AggregateFunction function) {
        return function.parameters().stream()
                .map(parameter -> TypeMapping.toRelType(factory, parameter.type(), true))
                .toList();
    }
}
