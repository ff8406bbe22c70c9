// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.schema;

import io.datasetdb.udf.ScalarFunction;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import java.util.List;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.sql.SqlFunction;
import org.apache.calcite.sql.SqlFunctionCategory;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlOperatorBinding;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.type.OperandTypes;
import org.apache.calcite.sql.type.SqlTypeFamily;

/** One overload of a scalar function of the {@link io.datasetdb.udf.FunctionLibrary} as an operator. */
public final class ScalarFunctionOperator extends SqlFunction {
    private final ScalarFunction function;
    private final List<ScalarFunction> overloads;

    /** @param overloads of the function's name */
    ScalarFunctionOperator(ScalarFunction function, List<ScalarFunction> overloads) {
        super(
                function.name(),
                new SqlIdentifier(function.name(), SqlParserPos.ZERO),
                SqlKind.OTHER_FUNCTION,
                binding -> returnType(function, binding),
                null,
                OperandTypes.operandMetadata(
                        function.parameters().stream()
                                .map(ScalarFunctionOperator::family)
                                .toList(),
                        factory -> parameterTypes(factory, function),
                        i -> function.parameters().get(i).name(),
                        i -> false),
                SqlFunctionCategory.USER_DEFINED_FUNCTION);
        this.function = function;
        this.overloads = overloads;
    }

    public ScalarFunction function() {
        return function;
    }

    /** What a call with operands of these types means: Calcite takes REAL for DOUBLE where it may choose. */
    public ScalarFunction function(List<RelDataType> operands) {
        return overloads.stream()
                .filter(other -> isWider(other, operands))
                .findFirst()
                .orElse(function);
    }

    /** Whether another function differs by having DOUBLE, as operands have, where this one has REAL, as none of them has. */
    private boolean isWider(ScalarFunction other, List<RelDataType> operands) {
        if (!other.returnType().equals(function.returnType())
                || other.returnsNull() != function.returnsNull()
                || other.parameters().size() != operands.size()
                || other.parameters().equals(function.parameters())) {
            return false;
        }
        boolean wanted = false;
        for (int i = 0; i < operands.size(); i++) {
            DataType own = function.parameters().get(i).type();
            DataType others = other.parameters().get(i).type();
            if (function.parameters().get(i).nullable()
                    != other.parameters().get(i).nullable()) {
                return false;
            }
            if (!own.equals(others)) {
                if (!element(own).equals(DataType.REAL) || !element(others).equals(DataType.DOUBLE)) {
                    return false;
                }
                DataType operand = TypeMapping.toDataType(operands.get(i));
                if (operand.equals(own)) {
                    return false;
                }
                wanted |= operand.equals(others);
            }
        }
        return wanted;
    }

    private static DataType element(DataType type) {
        return type instanceof DataType.Array array ? array.element() : type;
    }

    @Override
    public boolean isDeterministic() {
        return function.deterministic();
    }

    private static RelDataType returnType(ScalarFunction function, SqlOperatorBinding binding) {
        boolean nullable = function.returnsNull();
        for (int i = 0; i < binding.getOperandCount(); i++) {
            nullable |= !function.parameters().get(i).nullable()
                    && binding.getOperandType(i).isNullable();
        }
        return TypeMapping.toRelType(binding.getTypeFactory(), function.returnType(), nullable);
    }

    private static List<RelDataType> parameterTypes(RelDataTypeFactory factory, ScalarFunction function) {
        return function.parameters().stream()
                .map(parameter -> TypeMapping.toRelType(factory, parameter.type(), true))
                .toList();
    }

    static SqlTypeFamily family(Field parameter) {
        DataType.Kind kind = parameter.type().kind();
        return switch (kind) {
            case BOOLEAN -> SqlTypeFamily.BOOLEAN;
            case TINYINT, SMALLINT, INTEGER, BIGINT -> SqlTypeFamily.INTEGER;
            case REAL, DOUBLE, DECIMAL -> SqlTypeFamily.NUMERIC;
            case VARCHAR -> SqlTypeFamily.CHARACTER;
            case VARBINARY -> SqlTypeFamily.BINARY;
            case DATE -> SqlTypeFamily.DATE;
            case TIME -> SqlTypeFamily.TIME;
            case TIMESTAMP, TIMESTAMP_LTZ -> SqlTypeFamily.TIMESTAMP;
            case ARRAY -> SqlTypeFamily.ARRAY;
            case MAP -> SqlTypeFamily.MAP;
            case UUID, INTERVAL_MONTH, INTERVAL_DAY, ROW, NULL -> SqlTypeFamily.ANY;
        };
    }
}
