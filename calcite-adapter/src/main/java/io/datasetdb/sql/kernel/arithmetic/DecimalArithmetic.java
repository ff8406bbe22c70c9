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
 * DECIMAL with integers of any width as scale 0. A batch whose operands and results all fit 64 bits, whatever their types
 * could hold, is computed in 64 bits, which the loop itself finds out; others row by row in 128 bits or as {@link
 * BigInteger}s. What is exact and cannot exceed the result's precision is not checked.
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
        /** Empty as long as all values fit 64 bits. */
        private long[] high = {};

        Output(DataType.Decimal type, int rowCount, List<Vector> arguments) {
            this.precision = type.precision();
            this.rowCount = rowCount;
            this.arguments = arguments;
            this.low = new long[rowCount];
        }

        void set(int p, long valueHigh, long valueLow) {
            if (!Decimals.fits(valueHigh, valueLow, precision)) {
                throw overflow(p);
            }
            setUnchecked(p, valueHigh, valueLow);
        }

        void setUnchecked(int p, long valueHigh, long valueLow) {
            low[p] = valueLow;
            if (high.length == 0 && valueHigh != valueLow >> 63) {
                widen();
            }
            if (high.length != 0) {
                high[p] = valueHigh;
            }
        }

        void widen() {
            high = new long[rowCount];
            for (int p = 0; p < rowCount; p++) {
                high[p] = low[p] >> 63;
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
            if (type.isLong()) {
                return new LongVector(type, rowCount, low, null);
            }
            return high.length == 0
                    ? Int128Vector.ofLongs(type, rowCount, low, null)
                    : new Int128Vector(type, rowCount, high, low, null);
        }
    }

    private void add(ExactOperand a, ExactOperand b, Output out, Selection selection) {
        int up = type.scale() - leftScale;
        int otherUp = type.scale() - rightScale;
        boolean small = up >= 0 && otherUp >= 0 && leftDigits + up <= 18 && rightDigits + otherUp <= 18;
        boolean sameScale = up == 0 && otherUp == 0 && a.isLong() && b.isLong();
        if (!(small || sameScale) || !addLongs(a, b, up, otherUp, out, selection)) {
            addWide(a, b, out, selection);
        }
    }

    /** Adds in 64 bits; returns whether every sum fits them and the result's precision. */
    private boolean addLongs(ExactOperand a, ExactOperand b, int up, int otherUp, Output out, Selection selection) {
        boolean subtract = operator == Arithmetic.Operator.SUBTRACT;
        long factor = Decimals.power(up);
        long otherFactor = subtract ? -Decimals.power(otherUp) : Decimals.power(otherUp);
        long negated = subtract ? -1 : 0;
        long[] left = a.low();
        long[] right = b.low();
        int mask = a.mask();
        int otherMask = b.mask();
        long[] low = out.low;
        int[] positions = selection.positions();
        int size = selection.size();
        long wrong = 0;
        for (int k = 0; k < size; k++) {
            int p = positions[k];
            long l = left[p & mask] * factor;
            long raw = right[p & otherMask];
            long r = raw * otherFactor;
            long sum = l + r;
            // both of one sign and the sum of the other; a number that has no negative
            wrong |= (l ^ sum) & (r ^ sum) | raw & r & negated;
            low[p] = sum;
        }
        int digits = Math.max(leftDigits + up, rightDigits + otherUp) + 1;
        return wrong >= 0 && fits(low, digits, positions, size);
    }

    /**
     * Whether results fit the precision.
     *
     * @param digits how many they may have
     */
    private boolean fits(long[] results, int digits, int[] positions, int size) {
        if (type.precision() > 18 || digits <= type.precision()) {
            return true;
        }
        long limit = Decimals.power(type.precision()) - 1;
        long beyond = 0;
        for (int k = 0; k < size; k++) {
            long result = results[positions[k]];
            beyond |= limit - result | limit + result;
        }
        return beyond >= 0;
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
        boolean longs = down == 0 && a.isLong() && b.isLong();
        if (longs && multiplyLongs(a, b, out, selection)) {
            return;
        }
        // the product of two numbers of 64 bits always fits 38 digits
        if (longs && Math.min(leftDigits + rightDigits, DataType.MAX_DECIMAL_PRECISION) <= type.precision()) {
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

    /** Multiplies in 64 bits; returns whether every product fits them and the result's precision. */
    private boolean multiplyLongs(ExactOperand a, ExactOperand b, Output out, Selection selection) {
        long[] left = a.low();
        long[] right = b.low();
        int mask = a.mask();
        int otherMask = b.mask();
        long[] low = out.low;
        int[] positions = selection.positions();
        int size = selection.size();
        long wide = 0;
        for (int k = 0; k < size; k++) {
            int p = positions[k];
            long l = left[p & mask];
            long r = right[p & otherMask];
            long product = l * r;
            wide |= Math.multiplyHigh(l, r) ^ product >> 63;
            low[p] = product;
        }
        return wide == 0 && fits(low, leftDigits + rightDigits, positions, size);
    }

    private void multiplyExact(ExactOperand a, ExactOperand b, Output out, Selection selection) {
        for (int k = 0; k < selection.size(); k++) {
            int p = selection.position(k);
            long l = a.low(p);
            long r = b.low(p);
            out.setUnchecked(p, Math.multiplyHigh(l, r), l * r);
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
