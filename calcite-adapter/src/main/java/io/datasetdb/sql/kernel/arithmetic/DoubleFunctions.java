// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.kernel.arithmetic;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.sql.kernel.Expression;
import io.datasetdb.sql.kernel.KernelError;
import io.datasetdb.sql.kernel.VectorCall;
import io.datasetdb.sql.kernel.cast.Cast;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.DoubleVector;
import io.datasetdb.vector.Selection;
import io.datasetdb.vector.Vector;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoublePredicate;
import java.util.function.DoubleUnaryOperator;

/**
 * Functions from DOUBLE to DOUBLE; other numbers are cast. NaN passes through; an argument outside the domain ({@code sqrt(-1)},
 * {@code ln(0)}) is {@link KernelError#INVALID_ARGUMENT}; a result that is too large is infinite.
 */
public final class DoubleFunctions {
    private static final double LN_2 = Math.log(2);

    private DoubleFunctions() {}

    /** The functions of one argument. */
    public enum Function {
        SQRT(Math::sqrt, x -> x < 0),
        CBRT(Math::cbrt, x -> false),
        EXP(Math::exp, x -> false),
        LN(Math::log, x -> x <= 0),
        LOG10(Math::log10, x -> x <= 0),
        LOG2(DoubleFunctions::log2, x -> x <= 0),
        SIN(Math::sin, x -> Double.isInfinite(x)),
        COS(Math::cos, x -> Double.isInfinite(x)),
        TAN(Math::tan, x -> Double.isInfinite(x)),
        COT(x -> 1 / Math.tan(x), x -> Double.isInfinite(x)),
        ASIN(Math::asin, x -> Math.abs(x) > 1),
        ACOS(Math::acos, x -> Math.abs(x) > 1),
        ATAN(Math::atan, x -> false),
        SINH(Math::sinh, x -> false),
        COSH(Math::cosh, x -> false),
        TANH(Math::tanh, x -> false),
        DEGREES(Math::toDegrees, x -> false),
        RADIANS(Math::toRadians, x -> false);

        private final DoubleUnaryOperator formula;
        private final DoublePredicate outside;

        Function(DoubleUnaryOperator formula, DoublePredicate outside) {
            this.formula = formula;
            this.outside = outside;
        }
    }

    /** Exact for powers of two. */
    private static double log2(double x) {
        int exponent = Math.getExponent(x);
        double power = exponent >= -1022 && exponent <= 1023 ? Math.scalb(1.0, exponent) : Double.NaN;
        return power == x ? exponent : Math.log(x) / LN_2;
    }

    public static Expression of(Function function, Expression operand) {
        String name = function.name().toLowerCase(Locale.ROOT);
        return VectorCall.of(
                name,
                List.of(Cast.of(operand, DataType.DOUBLE)),
                DataType.DOUBLE,
                (arguments, selection, rowCount) -> apply(function, name, arguments.get(0), selection, rowCount));
    }

    private static Vector apply(Function function, String name, Vector argument, Selection selection, int rowCount) {
        double[] values = Operands.doubles(argument, rowCount);
        double[] result = new double[rowCount];
        for (int k = 0; k < selection.size(); k++) {
            int p = selection.position(k);
            double x = values[p];
            if (function.outside.test(x)) {
                throw outside(name + "(" + NumberMap.shown(argument, p) + ")");
            }
            result[p] = function.formula.applyAsDouble(x);
        }
        return new DoubleVector(DataType.DOUBLE, rowCount, result, null);
    }

    private static DatasetDbException outside(String call) {
        return new DatasetDbException(
                KernelError.INVALID_ARGUMENT,
                "Cannot compute " + call + ": the argument is outside the function's domain");
    }

    /** {@code base} to the power of {@code exponent}; 0 to a negative and a negative base to a fraction are errors. */
    public static Expression power(Expression base, Expression exponent) {
        return binary("power", base, exponent, Math::pow, (x, y) -> {
            boolean fraction = !Double.isNaN(y) && y != Math.rint(y);
            return (x == 0 && y < 0) || (x < 0 && !Double.isInfinite(x) && fraction);
        });
    }

    /** The angle of the point (x, y). */
    public static Expression atan2(Expression y, Expression x) {
        return binary("atan2", y, x, Math::atan2, (a, b) -> false);
    }

    /** The logarithm of {@code x} to a base. */
    public static Expression log(Expression base, Expression x) {
        return binary(
                "log",
                base,
                x,
                (b, v) -> b == 2 ? log2(v) : b == 10 ? Math.log10(v) : Math.log(v) / Math.log(b),
                (b, v) -> b <= 0 || b == 1 || v <= 0);
    }

    /** Whether a pair of arguments is outside the domain. */
    @FunctionalInterface
    private interface Domain {
        boolean excludes(double left, double right);
    }

    private static Expression binary(
            String name, Expression left, Expression right, DoubleBinaryOperator formula, Domain domain) {
        List<Expression> operands = List.of(Cast.of(left, DataType.DOUBLE), Cast.of(right, DataType.DOUBLE));
        return VectorCall.of(name, operands, DataType.DOUBLE, (arguments, selection, rowCount) -> {
            double[] a = Operands.doubles(arguments.get(0), rowCount);
            double[] b = Operands.doubles(arguments.get(1), rowCount);
            double[] result = new double[rowCount];
            for (int k = 0; k < selection.size(); k++) {
                int p = selection.position(k);
                if (domain.excludes(a[p], b[p])) {
                    String shown = NumberMap.shown(arguments.get(0), p) + ", " + NumberMap.shown(arguments.get(1), p);
                    throw outside(name + "(" + shown + ")");
                }
                result[p] = formula.applyAsDouble(a[p], b[p]);
            }
            return new DoubleVector(DataType.DOUBLE, rowCount, result, null);
        });
    }
}
