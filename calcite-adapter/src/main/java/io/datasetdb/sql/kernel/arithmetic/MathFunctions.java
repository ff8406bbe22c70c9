// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.kernel.arithmetic;

import io.datasetdb.sql.kernel.Expression;
import io.datasetdb.sql.kernel.Literal;
import io.datasetdb.sql.kernel.VectorCall;
import io.datasetdb.sql.kernel.cast.Cast;
import io.datasetdb.sql.kernel.number.ExactOperand;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.DataType.Kind;
import io.datasetdb.vector.IntVector;
import io.datasetdb.vector.Selection;
import io.datasetdb.vector.Vector;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Functions of numbers that keep their type; see {@link DoubleFunctions} for the others. Rounding is half away from zero, of
 * DOUBLEs as their shortest decimal says ({@code round(1.005, 2)} is 1.01).
 */
public final class MathFunctions {
    private MathFunctions() {}

    /** The absolute value, of the operand's type; the least integer has none (22003). */
    public static Expression abs(Expression operand) {
        return NumberMap.of("abs", operand, operand.type(), new NumberMap.Formulas() {
            @Override
            public long ofLong(long value) {
                return value < 0 ? Math.negateExact(value) : value;
            }

            @Override
            public double ofDouble(double value) {
                return Math.abs(value);
            }

            @Override
            public BigInteger ofBig(BigInteger value) {
                return value.abs();
            }
        });
    }

    /** -1, 0 or 1 in the result type; of NaN NaN. */
    public static Expression sign(Expression operand, DataType result) {
        Kind kind = operand.type().kind();
        if (kind == Kind.DOUBLE || kind == Kind.REAL) {
            Expression sign = VectorCall.of(
                    "sign",
                    List.of(Cast.of(operand, DataType.DOUBLE)),
                    DataType.DOUBLE,
                    (arguments, selection, rowCount) -> signs(arguments.get(0), rowCount));
            return Cast.of(sign, result);
        }
        Expression sign = VectorCall.of(
                "sign",
                List.of(operand),
                DataType.INTEGER,
                (arguments, selection, rowCount) -> signs(arguments.get(0), selection, rowCount));
        return Cast.of(sign, result);
    }

    private static Vector signs(Vector argument, int rowCount) {
        double[] values = Operands.doubles(argument, rowCount);
        double[] result = new double[rowCount];
        for (int p = 0; p < rowCount; p++) {
            result[p] = Math.signum(values[p]);
        }
        return new io.datasetdb.vector.DoubleVector(DataType.DOUBLE, rowCount, result, null);
    }

    private static Vector signs(Vector argument, Selection selection, int rowCount) {
        ExactOperand operand = ExactOperand.of(argument);
        int[] result = new int[rowCount];
        for (int k = 0; k < selection.size(); k++) {
            int p = selection.position(k);
            long high = operand.high(p);
            result[p] = high < 0 ? -1 : (high | operand.low(p)) == 0 ? 0 : 1;
        }
        return new IntVector(DataType.INTEGER, rowCount, result, null);
    }

    /** The greatest whole number that is not above the operand. */
    public static Expression floor(Expression operand, DataType result) {
        return Rounding.of("floor", operand, null, RoundingMode.FLOOR, result);
    }

    /** The least whole number that is not below the operand. */
    public static Expression ceil(Expression operand, DataType result) {
        return Rounding.of("ceil", operand, null, RoundingMode.CEILING, result);
    }

    /** @param digits an INTEGER: digits kept after the point, before it if negative; {@code null} is 0 */
    public static Expression round(Expression operand, @Nullable Expression digits, DataType result) {
        return Rounding.of("round", operand, digits, RoundingMode.HALF_UP, result);
    }

    /** Cuts off towards zero. @param digits as for {@link #round} */
    public static Expression truncate(Expression operand, @Nullable Expression digits, DataType result) {
        return Rounding.of("truncate", operand, digits, RoundingMode.DOWN, result);
    }

    /** π. */
    public static Expression pi() {
        return Literal.of(Math.PI, DataType.DOUBLE);
    }
}
