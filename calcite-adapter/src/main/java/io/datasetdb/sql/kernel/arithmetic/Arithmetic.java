// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.kernel.arithmetic;

import io.datasetdb.sql.kernel.Expression;
import io.datasetdb.sql.kernel.Literal;
import io.datasetdb.sql.kernel.VectorCall;
import io.datasetdb.sql.kernel.cast.Cast;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.DataType.Kind;
import java.util.List;

/**
 * {@code + - * / %}; NULL when either side is. Operands may be of any numeric types: they are cast here to what the result
 * needs.
 *
 * <ul>
 *   <li>Integers: checked against the result's own limits (22003); division cuts off; {@code %} has the sign of the left side.
 *   <li>REAL, DOUBLE: IEEE, so that overflow is infinite and NaN passes through, except that division by zero is an
 *       error as in PostgreSQL.
 *   <li>DECIMAL: exact, then rounded half away from zero to the scale of the result, then checked against its precision.
 *   <li>DATE, TIME, TIMESTAMP and intervals: see {@link TemporalArithmetic}.
 *   <li>Division by zero is 22012 for every type.
 * </ul>
 */
public final class Arithmetic {
    private Arithmetic() {}

    /** The binary operators. */
    public enum Operator {
        ADD("+"),
        SUBTRACT("-"),
        MULTIPLY("*"),
        DIVIDE("/"),
        MODULO("%");

        private final String symbol;

        Operator(String symbol) {
            this.symbol = symbol;
        }

        /** As SQL writes it. */
        public String symbol() {
            return symbol;
        }
    }

    /** @param result the type that the planner derived */
    public static Expression of(Operator operator, Expression left, Expression right, DataType result) {
        if (left.type().kind() == Kind.NULL || right.type().kind() == Kind.NULL) {
            return Literal.ofNull(result);
        }
        if (isTemporal(left.type()) || isTemporal(right.type())) {
            return TemporalArithmetic.of(operator, left, right, result);
        }
        return switch (result.kind()) {
            case TINYINT, SMALLINT, INTEGER, BIGINT -> integers(operator, left, right, result);
            case REAL, DOUBLE ->
                VectorCall.of(
                        operator.symbol(),
                        List.of(Cast.of(left, result), Cast.of(right, result)),
                        result,
                        FloatArithmetic.body(operator, result));
            case DECIMAL -> decimals(operator, left, right, (DataType.Decimal) result);
            case BOOLEAN,
                    VARCHAR,
                    VARBINARY,
                    DATE,
                    TIME,
                    TIMESTAMP,
                    TIMESTAMP_LTZ,
                    UUID,
                    INTERVAL_MONTH,
                    INTERVAL_DAY,
                    ARRAY,
                    MAP,
                    ROW,
                    NULL -> throw new IllegalStateException("no arithmetic on " + result);
        };
    }

    static boolean isTemporal(DataType type) {
        return type.kind() == Kind.DATE
                || type.kind() == Kind.TIME
                || type.kind() == Kind.TIMESTAMP
                || type.kind() == Kind.TIMESTAMP_LTZ
                || type.kind() == Kind.INTERVAL_DAY
                || type.kind() == Kind.INTERVAL_MONTH;
    }

    static boolean isInteger(DataType type) {
        return type.kind() == Kind.TINYINT
                || type.kind() == Kind.SMALLINT
                || type.kind() == Kind.INTEGER
                || type.kind() == Kind.BIGINT;
    }

    /** Computes in the widest type of the three, so that a narrow result of wide operands is checked, not cut. */
    private static Expression integers(Operator operator, Expression left, Expression right, DataType result) {
        if (!isInteger(left.type()) || !isInteger(right.type())) {
            DataType wide = DataType.decimal(DataType.MAX_DECIMAL_PRECISION, 18);
            boolean floating = isFloating(left.type()) || isFloating(right.type());
            return Cast.of(of(operator, left, right, floating ? DataType.DOUBLE : wide), result);
        }
        DataType type = widest(result, widest(left.type(), right.type()));
        List<Expression> operands = List.of(Cast.of(left, type), Cast.of(right, type));
        VectorCall.Body body =
                type.kind() == Kind.BIGINT ? LongArithmetic.body(operator, type) : IntArithmetic.body(operator, type);
        return Cast.of(VectorCall.of(operator.symbol(), operands, type, body), result);
    }

    private static boolean isFloating(DataType type) {
        return type.kind() == Kind.REAL || type.kind() == Kind.DOUBLE;
    }

    private static DataType widest(DataType a, DataType b) {
        return a.kind().compareTo(b.kind()) >= 0 ? a : b;
    }

    private static Expression decimals(Operator operator, Expression left, Expression right, DataType.Decimal result) {
        if (isFloating(left.type()) || isFloating(right.type())) {
            return Cast.of(of(operator, left, right, DataType.DOUBLE), result);
        }
        return VectorCall.of(
                operator.symbol(),
                List.of(exact(left), exact(right)),
                result,
                DecimalArithmetic.body(
                        operator, exact(left).type(), exact(right).type(), result));
    }

    private static Expression exact(Expression operand) {
        return operand.type().kind() == Kind.DECIMAL || isInteger(operand.type())
                ? operand
                : Cast.of(operand, DataType.decimal(DataType.MAX_DECIMAL_PRECISION, 18));
    }
}
