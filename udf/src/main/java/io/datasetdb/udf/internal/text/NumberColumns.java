// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.udf.internal.text;

import io.datasetdb.vector.DataType;
import io.datasetdb.vector.DoubleVector;
import io.datasetdb.vector.FloatVector;
import io.datasetdb.vector.Int128Vector;
import io.datasetdb.vector.IntVector;
import io.datasetdb.vector.LongVector;
import io.datasetdb.vector.Vector;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The numeric columns behind {@link TextColumn}. */
final class NumberColumns {
    private NumberColumns() {}

    /** Columns of ints. */
    abstract static class IntForm extends TextColumn {
        int[] values = new int[0];

        IntForm(DataType type) {
            super(type);
        }

        @Override
        void ensure(int capacity) {
            if (capacity > values.length) {
                values = Arrays.copyOf(values, grown(values.length));
            }
        }

        @Override
        Vector take(int count, long @Nullable [] bits) {
            IntVector result = new IntVector(type, count, values, bits);
            values = new int[count];
            return result;
        }
    }

    static final class Ints extends IntForm {
        private final NumberParser numbers;
        private final int least;
        private final int most;

        Ints(DataType type, NumberParser.Grammar grammar, int least, int most) {
            super(type);
            this.numbers = new NumberParser(grammar);
            this.least = least;
            this.most = most;
        }

        @Override
        boolean parse(int index, byte[] data, int from, int to) {
            int start = skipSpaces(data, from, to);
            return numbers.parseLong(data, start, dropSpaces(data, start, to)) && put(index, numbers.longValue());
        }

        @Override
        boolean put(int index, long value) {
            values[index] = (int) value;
            return value >= least && value <= most;
        }
    }

    /** Columns of longs. */
    abstract static class LongForm extends TextColumn {
        long[] values = new long[0];

        LongForm(DataType type) {
            super(type);
        }

        @Override
        void ensure(int capacity) {
            if (capacity > values.length) {
                values = Arrays.copyOf(values, grown(values.length));
            }
        }

        @Override
        Vector take(int count, long @Nullable [] bits) {
            LongVector result = new LongVector(type, count, values, bits);
            values = new long[count];
            return result;
        }
    }

    static final class Longs extends LongForm {
        private final NumberParser numbers;

        Longs(DataType type, NumberParser.Grammar grammar) {
            super(type);
            numbers = new NumberParser(grammar);
        }

        @Override
        boolean parse(int index, byte[] data, int from, int to) {
            int start = skipSpaces(data, from, to);
            boolean parsed = numbers.parseLong(data, start, dropSpaces(data, start, to));
            values[index] = numbers.longValue();
            return parsed;
        }

        @Override
        boolean put(int index, long value) {
            values[index] = value;
            return true;
        }
    }

    static final class Floats extends TextColumn {
        private final NumberParser numbers;
        private float[] values = new float[0];

        Floats(DataType type, NumberParser.Grammar grammar) {
            super(type);
            numbers = new NumberParser(grammar);
        }

        @Override
        void ensure(int capacity) {
            if (capacity > values.length) {
                values = Arrays.copyOf(values, grown(values.length));
            }
        }

        @Override
        boolean parse(int index, byte[] data, int from, int to) {
            int start = skipSpaces(data, from, to);
            boolean parsed = numbers.parseDouble(data, start, dropSpaces(data, start, to));
            values[index] = (float) numbers.doubleValue();
            return parsed;
        }

        @Override
        boolean put(int index, double value) {
            values[index] = (float) value;
            return true;
        }

        @Override
        Vector take(int count, long @Nullable [] bits) {
            FloatVector result = new FloatVector(type, count, values, bits);
            values = new float[count];
            return result;
        }
    }

    static final class Doubles extends TextColumn {
        private final NumberParser numbers;
        private double[] values = new double[0];

        Doubles(DataType type, NumberParser.Grammar grammar) {
            super(type);
            numbers = new NumberParser(grammar);
        }

        @Override
        void ensure(int capacity) {
            if (capacity > values.length) {
                values = Arrays.copyOf(values, grown(values.length));
            }
        }

        @Override
        boolean parse(int index, byte[] data, int from, int to) {
            int start = skipSpaces(data, from, to);
            boolean parsed = numbers.parseDouble(data, start, dropSpaces(data, start, to));
            values[index] = numbers.doubleValue();
            return parsed;
        }

        @Override
        boolean put(int index, double value) {
            values[index] = value;
            return true;
        }

        @Override
        Vector take(int count, long @Nullable [] bits) {
            DoubleVector result = new DoubleVector(type, count, values, bits);
            values = new double[count];
            return result;
        }
    }

    /** Digits beyond a declared scale are rounded half up, as a cast does; digits beyond the precision do not fit. */
    static final class Decimals extends TextColumn {
        private static final long[] POWERS = new long[19];

        static {
            POWERS[0] = 1;
            for (int i = 1; i < POWERS.length; i++) {
                POWERS[i] = POWERS[i - 1] * 10;
            }
        }

        private final DataType.Decimal decimal;
        private final NumberParser numbers;
        private final boolean rounds;
        private long[] low = new long[0];
        private long[] high = new long[0];

        Decimals(DataType.Decimal type, NumberParser.Grammar grammar) {
            super(type);
            rounds = grammar == NumberParser.Grammar.CAST;
            decimal = type;
            numbers = new NumberParser(grammar);
        }

        @Override
        void ensure(int capacity) {
            if (capacity > low.length) {
                low = Arrays.copyOf(low, grown(low.length));
                high = decimal.isLong() ? high : Arrays.copyOf(high, low.length);
            }
        }

        @Override
        boolean parse(int index, byte[] data, int start, int end) {
            int from = skipSpaces(data, start, end);
            int to = dropSpaces(data, from, end);
            if (decimal.isLong() && numbers.parseDecimal(data, from, to)) {
                int missing = decimal.scale() - numbers.scale();
                long unscaled = numbers.longValue();
                int room = decimal.precision() - Math.max(missing, 0);
                if (missing >= 0 && room >= 0 && Math.abs(unscaled) < POWERS[room]) {
                    low[index] = unscaled * POWERS[missing];
                    return true;
                }
            }
            // The slow way checks the grammar again; it also takes exponents and more digits.
            return numbers.parseDouble(data, from, to)
                    && Double.isFinite(numbers.doubleValue())
                    && parseSlowly(index, new String(data, from, to - from, StandardCharsets.US_ASCII));
        }

        private boolean parseSlowly(int index, String text) {
            BigDecimal number = new BigDecimal(text);
            if (Math.abs((long) number.scale()) > 1000 || !rounds && number.scale() > decimal.scale()) {
                return false;
            }
            BigDecimal value = number.setScale(decimal.scale(), RoundingMode.HALF_UP);
            if (value.precision() > decimal.precision()) {
                return false;
            }
            low[index] = value.unscaledValue().longValue();
            if (!decimal.isLong()) {
                high[index] = value.unscaledValue().shiftRight(64).longValue();
            }
            return true;
        }

        @Override
        Vector take(int count, long @Nullable [] bits) {
            Vector result = decimal.isLong()
                    ? new LongVector(type, count, low, bits)
                    : new Int128Vector(type, count, high, low, bits);
            low = new long[count];
            high = decimal.isLong() ? high : new long[count];
            return result;
        }
    }
}
