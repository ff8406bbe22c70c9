// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.plan;

import io.datasetdb.sql.kernel.CurrentTime;
import io.datasetdb.sql.kernel.CurrentUser;
import io.datasetdb.sql.kernel.Expression;
import io.datasetdb.sql.kernel.arithmetic.Arithmetic;
import io.datasetdb.sql.kernel.arithmetic.Negate;
import io.datasetdb.sql.kernel.nested.ArrayConstructor;
import io.datasetdb.sql.kernel.nested.Cardinality;
import io.datasetdb.sql.kernel.nested.ItemAccess;
import io.datasetdb.sql.kernel.nested.MapConstructor;
import io.datasetdb.sql.kernel.nested.RowConstructor;
import io.datasetdb.sql.kernel.nested.RowField;
import io.datasetdb.sql.plan.FunctionKernels.Operands;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.sql.type.SqlTypeFamily;

/** Operators and functions that Calcite tells apart by kind: arithmetic, times, nested values. */
final class OperatorKernels {
    private OperatorKernels() {}

    static Optional<Expression> of(Operands operands) {
        return switch (operands.call().getKind()) {
            case PLUS, CHECKED_PLUS -> arithmetic(Arithmetic.Operator.ADD, operands);
            case MINUS, CHECKED_MINUS -> arithmetic(Arithmetic.Operator.SUBTRACT, operands);
            case TIMES, CHECKED_TIMES -> arithmetic(Arithmetic.Operator.MULTIPLY, operands);
            case DIVIDE, CHECKED_DIVIDE -> arithmetic(Arithmetic.Operator.DIVIDE, operands);
            case MOD -> arithmetic(Arithmetic.Operator.MODULO, operands);
            case MINUS_PREFIX, CHECKED_MINUS_PREFIX -> Optional.of(Negate.of(operands.get(0)));
            case PLUS_PREFIX -> Optional.of(operands.get(0));
            case ROW -> Optional.of(RowConstructor.of(typed(operands), (DataType.Row) operands.type()));
            case ARRAY_VALUE_CONSTRUCTOR, MULTISET_VALUE_CONSTRUCTOR ->
                Optional.of(ArrayConstructor.of(elements(operands), (DataType.Array) operands.type()));
            case MAP_VALUE_CONSTRUCTOR -> Optional.of(map(operands));
            case ITEM -> item(operands);
            default -> special(operands);
        };
    }

    /** The fields of a row, each of its field's type. */
    private static List<Expression> typed(Operands operands) {
        List<Field> fields = ((DataType.Row) operands.type()).fields();
        List<Expression> result = new ArrayList<>();
        for (int i = 0; i < operands.size(); i++) {
            result.add(ExpressionCompiler.coerce(operands.get(i), fields.get(i).type()));
        }
        return result;
    }

    private static List<Expression> elements(Operands operands) {
        DataType element = ((DataType.Array) operands.type()).element();
        return operands.all().stream()
                .map(operand -> ExpressionCompiler.coerce(operand, element))
                .toList();
    }

    private static Expression map(Operands operands) {
        DataType.Map type = (DataType.Map) operands.type();
        List<Expression> keys = new ArrayList<>();
        List<Expression> values = new ArrayList<>();
        for (int i = 0; i + 1 < operands.size(); i += 2) {
            keys.add(ExpressionCompiler.coerce(operands.get(i), type.key()));
            values.add(ExpressionCompiler.coerce(operands.get(i + 1), type.value()));
        }
        return MapConstructor.of(keys, values, type);
    }

    private static Optional<Expression> item(Operands operands) {
        DataType container = operands.kindOf(0);
        if (container instanceof DataType.Map map) {
            return Optional.of(ItemAccess.of(operands.get(0), ExpressionCompiler.coerce(operands.get(1), map.key())));
        }
        if (container instanceof DataType.Array) {
            return Optional.of(ItemAccess.of(operands.get(0), operands.asLong(1)));
        }
        if (container instanceof DataType.Row row && operands.node(1) instanceof RexLiteral literal) {
            return Optional.of(RowField.of(operands.get(0), field(row, literal)));
        }
        return Optional.empty();
    }

    /** The field that a literal names, or counts from 1. */
    private static int field(DataType.Row row, RexLiteral literal) {
        return literal.getType().getSqlTypeName().getFamily() == SqlTypeFamily.CHARACTER
                ? new Schema(row.fields()).indexOf(java.util.Objects.requireNonNull(literal.getValueAs(String.class)))
                : java.util.Objects.requireNonNull(literal.getValueAs(Integer.class)) - 1;
    }

    private static Optional<Expression> arithmetic(Arithmetic.Operator operator, Operands operands) {
        return operands.size() != 2
                ? Optional.empty()
                : Optional.of(Arithmetic.of(operator, operands.get(0), operands.get(1), operands.type()));
    }

    private static Optional<Expression> special(Operands operands) {
        return switch (operands.call().getOperator().getName()) {
            case "CURRENT_TIMESTAMP", "LOCALTIMESTAMP", "CURRENT_DATE", "CURRENT_TIME", "LOCALTIME" ->
                Optional.of(CurrentTime.of(operands.type()));
            case "CARDINALITY" -> Optional.of(Cardinality.of(operands.get(0)));
            case "USER", "CURRENT_USER", "SESSION_USER" -> Optional.of(new CurrentUser());
            default -> Optional.empty();
        };
    }
}
