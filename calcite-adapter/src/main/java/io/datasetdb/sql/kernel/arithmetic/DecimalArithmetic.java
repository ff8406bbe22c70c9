// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.kernel.arithmetic;

import io.datasetdb.sql.kernel.VectorCall;
import io.datasetdb.sql.kernel.number.Decimals;
import io.datasetdb.sql.kernel.number.ExactOperand;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Int128Vector;
import io.datasetdb.vector.LongVector;
import io.datasetdb.vector.Selection;
import io.datasetdb.vector.Vector;
import java.math.BigInteger;
import java.util.List;

/**
 * DECIMAL with integers of any width as scale 0. Values that fit 64 bits (nearly all) are computed in 64 or 128 bits, the rest as
 * {@link BigInteger}s. What is exact and cannot exceed the result's precision is not checked.
 */
final class DecimalArithmetic {
    private final Arithmetic.Operator operator;
    private final DataType.Decimal type;
    private final int leftScale;
    private final int rightScale;
    private final int leftDigits;
    private final int rightDigits;

    private DecimalArithmetic(Arithmetic.Operator operator, DataType left, DataType right, DataType.Decimal type) {
        this.operator = operator;
        this.type = type;
        this.leftScale = Decimals.scale(left);
        this.rightScale = Decimals.scale(right);
        this.leftDigits = Decimals.precision(left);
        this.rightDigits = Decimals.precision(right);
    }

    static VectorCall.Body body(Arithmetic.Operator operator, DataType left, DataType right, DataType.Decimal type) {
        return new DecimalArithmetic(operator, left, right, type)::apply;
    }

    private Vector apply(List<Vector> arguments, Selection selection, int rowCount) {
        ExactOperand a = ExactOperand.of(arguments.get(0));
        ExactOperand b = ExactOperand.of(arguments.get(1));
        Output out = new Output(type, rowCount, arguments);
        switch (operator) {
            case ADD, SUBTRACT -> add(a, b, out, selection);
            case MULTIPLY -> multiply(a, b, out, selection);
            case DIVIDE -> divide(a, b, out, selection);
            case MODULO -> modulo(a, b, out, selection);
        }
        return out.build();
    }

    /** The result under construction. */
    private final class Output {
        private final int precision;
        private final int rowCount;
        private final List<Vector> arguments;
        private final long[] low;
        private final long[] high;

        Output(DataType.Decimal type, int rowCount, List<Vector> arguments) {
            this.precision = type.precision();
            this.rowCount = rowCount;
            this.arguments = arguments;
            this.low = new long[rowCount];
            this.high = new long[type.isLong() ? 0 : rowCount];
        }

        void set(int p, long valueHigh, long valueLow) {
            if (!Decimals.fits(valueHigh, valueLow, precision)) {
                throw overflow(p);
            }
            setUnchecked(p, valueHigh, valueLow);
        }

        void setUnchecked(int p, long valueHigh, long valueLow) {
            low[p] = valueLow;
            if (high.length != 0) {
                high[p] = valueHigh;
            }
        }

        void set(int p, BigInteger value) {
            if (!Decimals.fits(value, precision)) {
                throw overflow(p);
            }
            setUnchecked(p, value.shiftRight(64).longValue(), value.longValue());
        }

        RuntimeException overflow(int p) {
            return Operands.overflow(operator, arguments, p, type);
        }

        RuntimeException divisionByZero(int p) {
            return Operands.divisionByZero(operator, arguments, p);
        }

        Vector build() {
            return high.length == 0 && type.isLong()
                    ? new LongVector(type, rowCount, low, null)
                    : new Int128Vector(type, rowCount, high, low, null);
        }
    }

    private void add(ExactOperand a, ExactOperand b, Output out, Selection selection) {
        int up = type.scale() - leftScale;
        int otherUp = type.scale() - rightScale;
        boolean small = up >= 0 && otherUp >= 0 && leftDigits + up <= 18 && rightDigits + otherUp <= 18;
        if (!small) {
            addWide(a, b, out, selection);
            return;
        }
        boolean check = Math.max(leftDigits + up, rightDigits + otherUp) + 1 > type.precision();
        long factor = Decimals.power(up);
        long otherFactor = operator == Arithmetic.Operator.ADD ? Decimals.power(otherUp) : -Decimals.power(otherUp);
        long[] left = a.low();
        long[] right = b.low();
        int mask = a.mask();
        int otherMask = b.mask();
        for (int k = 0; k < selection.size(); k++) {
            int p = selection.position(k);
            long r = left[p & mask] * factor + right[p & otherMask] * otherFactor;
            if (check) {
                out.set(p, r >> 63, r);
            } else {
                out.setUnchecked(p, r >> 63, r);
            }
        }
    }

    /** Both sides in 128 bits without rescaling, or as BigIntegers. */
    private void addWide(ExactOperand a, ExactOperand b, Output out, Selection selection) {
        boolean sameScale = leftScale == type.scale() && rightScale == type.scale();
        boolean subtract = operator == Arithmetic.Operator.SUBTRACT;
        for (int k = 0; k < selection.size(); k++) {
            int p = selection.position(k);
            if (!sameScale) {
                out.set(p, addBig(a.big(p), b.big(p), subtract));
                continue;
            }
            long aLow = a.low(p);
            long aHigh = a.high(p);
            long bLow = b.low(p);
            long bHigh = b.high(p);
            long low = subtract ? aLow - bLow : aLow + bLow;
            boolean carry = subtract ? Long.compareUnsigned(aLow, bLow) < 0 : Long.compareUnsigned(low, aLow) < 0;
            long high = subtract ? aHigh - bHigh - (carry ? 1 : 0) : aHigh + bHigh + (carry ? 1 : 0);
            long wrapped = subtract ? (aHigh ^ bHigh) & (aHigh ^ high) : (aHigh ^ high) & (bHigh ^ high);
            if (wrapped < 0) {
                throw out.overflow(p);
            }
            out.set(p, high, low);
        }
    }

    private BigInteger addBig(BigInteger a, BigInteger b, boolean subtract) {
        int scale = Math.max(leftScale, rightScale);
        BigInteger left = Decimals.rescale(a, leftScale, scale);
        BigInteger right = Decimals.rescale(b, rightScale, scale);
        return Decimals.rescale(subtract ? left.subtract(right) : left.add(right), scale, type.scale());
    }

    private void multiply(ExactOperand a, ExactOperand b, Output out, Selection selection) {
        int down = leftScale + rightScale - type.scale();
        boolean check = leftDigits + rightDigits > type.precision();
        if (down == 0 && !check && a.isLong() && b.isLong()) {
            multiplyExact(a, b, out, selection);
            return;
        }
        for (int k = 0; k < selection.size(); k++) {
            int p = selection.position(k);
            long left = a.low(p);
            long right = b.low(p);
            boolean narrow = a.high(p) == left >> 63 && b.high(p) == right >> 63;
            long high = Math.multiplyHigh(left, right);
            long low = left * right;
            if (narrow && down == 0) {
                out.set(p, high, low);
            } else if (narrow && down > 0 && down <= 18 && high == low >> 63) {
                long rounded = Decimals.divideHalfUp(low, Decimals.power(down));
                out.set(p, rounded >> 63, rounded);
            } else {
                BigInteger product = a.big(p).multiply(b.big(p));
                out.set(p, Decimals.rescale(product, leftScale + rightScale, type.scale()));
            }
        }
    }

    private void multiplyExact(ExactOperand a, ExactOperand b, Output out, Selection selection) {
        long[] left = a.low();
        long[] right = b.low();
        int mask = a.mask();
        int otherMask = b.mask();
        long[] low = out.low;
        long[] high = out.high;
        int size = selection.size();
        if (high.length == 0) {
            for (int k = 0; k < size; k++) {
                int p = selection.position(k);
                low[p] = left[p & mask] * right[p & otherMask];
            }
        } else {
            for (int k = 0; k < size; k++) {
                int p = selection.position(k);
                long l = left[p & mask];
                long r = right[p & otherMask];
                low[p] = l * r;
                high[p] = Math.multiplyHigh(l, r);
            }
        }
    }

    private void divide(ExactOperand a, ExactOperand b, Output out, Selection selection) {
        int up = type.scale() - leftScale + rightScale;
        long factor = up >= 0 && up <= 18 ? Decimals.power(up) : 0;
        for (int k = 0; k < selection.size(); k++) {
            int p = selection.position(k);
            long divisor = b.low(p);
            long dividend = a.low(p);
            if ((divisor | b.high(p)) == 0) {
                throw out.divisionByZero(p);
            }
            long scaled = dividend * factor;
            boolean narrow = factor != 0
                    && a.high(p) == dividend >> 63
                    && b.high(p) == divisor >> 63
                    && Math.multiplyHigh(dividend, factor) == scaled >> 63
                    && divisor != Long.MIN_VALUE
                    && scaled != Long.MIN_VALUE;
            if (narrow) {
                long rounded = Decimals.divideHalfUp(divisor < 0 ? -scaled : scaled, Math.abs(divisor));
                out.set(p, rounded >> 63, rounded);
            } else {
                BigInteger numerator = up < 0 ? a.big(p) : a.big(p).multiply(Decimals.bigPower(up));
                BigInteger denominator = up < 0 ? b.big(p).multiply(Decimals.bigPower(-up)) : b.big(p);
                out.set(p, Decimals.divideHalfUp(numerator, denominator));
            }
        }
    }

    private void modulo(ExactOperand a, ExactOperand b, Output out, Selection selection) {
        int scale = Math.max(leftScale, rightScale);
        boolean direct = leftScale == rightScale && scale == type.scale() && a.isLong() && b.isLong();
        for (int k = 0; k < selection.size(); k++) {
            int p = selection.position(k);
            if ((b.low(p) | b.high(p)) == 0) {
                throw out.divisionByZero(p);
            }
            if (direct) {
                long rest = a.low(p) % b.low(p);
                out.set(p, rest >> 63, rest);
            } else {
                BigInteger left = Decimals.rescale(a.big(p), leftScale, scale);
                BigInteger right = Decimals.rescale(b.big(p), rightScale, scale);
                out.set(p, Decimals.rescale(left.remainder(right), scale, type.scale()));
            }
        }
    }
}
