// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.aggregate;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.sql.exec.rows.Growth;
import io.datasetdb.sql.kernel.KernelError;
import io.datasetdb.sql.kernel.number.Decimals;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.DictionaryVector;
import io.datasetdb.vector.Int128Vector;
import io.datasetdb.vector.IntVector;
import io.datasetdb.vector.LongVector;
import io.datasetdb.vector.Vector;
import io.datasetdb.vector.VectorBuilder;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * 128-bit sums of whole numbers and unscaled DECIMALs and how many there were, for each group; what a sum must fit is
 * asked
 * only at the end. A group's numbers stand side by side, so that a row costs one cache miss.
 */
final class ExactSums {
    private static final int STRIDE = 3;

    private final String function;
    /** Lower 64 bits of the sum, upper 64 bits, count. */
    private long[] state = {};

    /**
     * @param function for messages
     */
    ExactSums(String function) {
        this.function = function;
    }

    void resize(int groups) {
        if (STRIDE * (long) groups > state.length) {
            state = Arrays.copyOf(state, Growth.grown(state.length, STRIDE * (long) groups));
        }
    }

    private long low(int group) {
        return state[STRIDE * group];
    }

    private long high(int group) {
        return state[STRIDE * group + 1];
    }

    /** How many values the groups from {@code from} to {@code to - 1} have. */
    long[] counts(int from, int to) {
        long[] counts = new long[to - from];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = count(from + i);
        }
        return counts;
    }

    /** How many values a group has. */
    long count(int group) {
        return state[STRIDE * group + 2];
    }

    /** Adds values, none of which is NULL. */
    void add(int[] groups, int[] positions, int count, Vector vector) {
        if (vector instanceof DictionaryVector wrapper) {
            long[] values = longs(wrapper.dictionary());
            if (values != null) {
                int[] ids = wrapper.ids();
                for (int i = 0; i < count; i++) {
                    addLong(groups[i], values[ids[positions[i]]]);
                }
                return;
            }
        }
        Vector flat = vector.flatten();
        long[] longs = longs(flat);
        if (longs != null) {
            for (int i = 0; i < count; i++) {
                addLong(groups[i], longs[positions[i]]);
            }
        } else if (flat instanceof IntVector ints) {
            int[] values = ints.values();
            for (int i = 0; i < count; i++) {
                addLong(groups[i], values[positions[i]]);
            }
        } else {
            Int128Vector wide = (Int128Vector) flat;
            addWide(groups, positions, count, wide.high(), wide.low());
        }
    }

    /** The values, if all are whole numbers of 64 bits. */
    private static long @Nullable [] longs(Vector vector) {
        if (vector instanceof LongVector longs) {
            return longs.values();
        }
        return vector instanceof Int128Vector wide && wide.isNarrow() ? wide.low() : null;
    }

    /** Numbers of 32 bits, whose sums fit 64. */
    private void addInts(GroupedBatch rows, int[] values) {
        int[] members = rows.members();
        for (int group = 0; group < rows.groupCount(); group++) {
            int from = rows.start(group);
            int to = rows.start(group + 1);
            long sum = 0;
            for (int i = from; i < to; i++) {
                sum += values[members[i]];
            }
            addWide(group, sum >> 63, sum, to - from);
        }
    }

    /** Adds values, none of which is NULL, group by group: in 64 bits as far as no sum can exceed them. */
    void addByGroup(GroupedBatch rows, Vector vector) {
        int[] ids = vector instanceof DictionaryVector wrapper ? wrapper.ids() : null;
        long[] values = longs(vector instanceof DictionaryVector wrapper ? wrapper.dictionary() : vector);
        if (vector instanceof IntVector ints) {
            addInts(rows, ints.values());
            return;
        }
        if (values == null) {
            add(rows.groups(), rows.positions(), rows.count(), vector);
            return;
        }
        int[] members = rows.members();
        for (int group = 0; group < rows.groupCount(); group++) {
            int from = rows.start(group);
            int to = rows.start(group + 1);
            if (from == to) {
                continue;
            }
            long sum = 0;
            // the bits that are not mere sign of any value
            long bits = 0;
            if (ids == null) {
                for (int i = from; i < to; i++) {
                    long value = values[members[i]];
                    sum += value;
                    bits |= value ^ value >> 63;
                }
            } else {
                for (int i = from; i < to; i++) {
                    long value = values[ids[members[i]]];
                    sum += value;
                    bits |= value ^ value >> 63;
                }
            }
            if (Long.numberOfLeadingZeros(bits) + Long.numberOfLeadingZeros(to - from - 1L) >= 66) {
                addWide(group, sum >> 63, sum, to - from);
            } else {
                for (int i = from; i < to; i++) {
                    addLong(group, values[ids == null ? members[i] : ids[members[i]]]);
                }
            }
        }
    }

    private void addWide(int[] groups, int[] positions, int count, long[] highs, long[] lows) {
        long[] target = state;
        long overflows = 0;
        for (int i = 0; i < count; i++) {
            int at = STRIDE * groups[i];
            int position = positions[i];
            long low = lows[position];
            long oldLow = target[at];
            long sum = oldLow + low;
            long carry = ((oldLow & low) | ((oldLow | low) & ~sum)) >>> 63;
            long high = highs[position];
            long oldHigh = target[at + 1];
            long result = oldHigh + high + carry;
            // both of one sign, the result of the other
            overflows |= (oldHigh ^ result) & (high ^ result);
            target[at] = sum;
            target[at + 1] = result;
            target[at + 2]++;
        }
        if (overflows < 0) {
            throw overflow("a 128-bit number");
        }
    }

    private void addLong(int group, long value) {
        long[] target = state;
        int at = STRIDE * group;
        long old = target[at];
        long sum = old + value;
        // of the unsigned addition
        long carry = ((old & value) | ((old | value) & ~sum)) >>> 63;
        target[at] = sum;
        target[at + 1] += (value >> 63) + carry;
        target[at + 2]++;
    }

    private void addWide(int group, long valueHigh, long valueLow, long count) {
        int at = STRIDE * group;
        long sum = state[at] + valueLow;
        long carry = Long.compareUnsigned(sum, valueLow) < 0 ? 1 : 0;
        long old = state[at + 1];
        long result = old + valueHigh + carry;
        // both of one sign, the result of the other
        if (((old ^ result) & (valueHigh ^ result)) < 0) {
            throw overflow("a 128-bit number");
        }
        state[at] = sum;
        state[at + 1] = result;
        state[at + 2] += count;
    }

    void merge(ExactSums other, int from, int to) {
        addWide(to, other.high(from), other.low(from), other.count(from));
    }

    private DatasetDbException overflow(String target) {
        return new DatasetDbException(
                KernelError.NUMERIC_OVERFLOW, "Cannot compute " + function + ": the result does not fit " + target);
    }

    double toDouble(int group, int scale) {
        return Numbers.toDouble(high(group), low(group)) / Math.pow(10, scale);
    }

    /**
     * The sums or the averages of groups {@code from} to {@code to - 1}.
     *
     * @param scale of the values that were added
     */
    Vector result(DataType type, int scale, int from, int to, boolean average, long @Nullable [] validity) {
        int size = to - from;
        if (type.kind() == DataType.Kind.DOUBLE || type.kind() == DataType.Kind.REAL) {
            double[] values = new double[size];
            for (int i = 0; i < size; i++) {
                double sum = toDouble(from + i, scale);
                values[i] = average ? sum / Math.max(1, count(from + i)) : sum;
            }
            return Results.doubles(type, values, validity);
        }
        if (!average && scale == Numbers.scale(type)) {
            return plain(type, from, to, validity);
        }
        Vector quick = quotients(type, scale, from, to, average);
        if (quick != null) {
            return quick;
        }
        VectorBuilder builder = VectorBuilder.of(type, size);
        for (int i = 0; i < size; i++) {
            boolean isNull = validity != null && (validity[i >> 6] >>> i & 1) == 0;
            if (isNull) {
                builder.appendNull();
            } else {
                append(builder, quotient(from + i, scale, type, average ? count(from + i) : 1));
            }
        }
        return builder.build();
    }

    /** The same in 64 bits, where no group has no rows; {@code null} if some quotient needs more. */
    private @Nullable Vector quotients(DataType type, int scale, int from, int to, boolean average) {
        int up = Numbers.scale(type) - scale;
        if (up < 0 || up > 18) {
            return null;
        }
        long factor = Decimals.power(up);
        long[] results = new long[to - from];
        for (int i = 0; i < results.length; i++) {
            long sum = low(from + i);
            long scaled = sum * factor;
            long count = average ? count(from + i) : 1;
            boolean fits = high(from + i) == sum >> 63
                    && Math.multiplyHigh(sum, factor) == scaled >> 63
                    && scaled != Long.MIN_VALUE;
            if (!fits || count == 0) {
                return null;
            }
            if (type instanceof DataType.Decimal decimal) {
                results[i] = Decimals.divideHalfUp(scaled, count);
                if (!Decimals.fits(results[i], decimal.precision())) {
                    throw overflow(type.sql());
                }
            } else {
                results[i] = scaled / count;
                if (!fits(type, results[i])) {
                    throw overflow(type.sql());
                }
            }
        }
        return type instanceof DataType.Decimal decimal && !decimal.isLong()
                ? Int128Vector.ofLongs(type, results.length, results, null)
                : Results.longs(type, results, 0, results.length, null);
    }

    /** Rounded half up for DECIMAL, truncated for whole numbers. */
    private BigDecimal quotient(int group, int scale, DataType type, long count) {
        BigDecimal sum = new BigDecimal(Int128Vector.toBigInteger(high(group), low(group)), scale);
        RoundingMode rounding = type.kind() == DataType.Kind.DECIMAL ? RoundingMode.HALF_UP : RoundingMode.DOWN;
        return sum.divide(BigDecimal.valueOf(count), Numbers.scale(type), rounding);
    }

    private void append(VectorBuilder builder, BigDecimal value) {
        DataType type = builder.type();
        if (type instanceof DataType.Decimal decimal) {
            if (value.precision() > decimal.precision()) {
                throw overflow(type.sql());
            }
            builder.append(value);
        } else {
            builder.append(checked(type, value.toBigInteger()));
        }
    }

    private Vector plain(DataType type, int from, int to, long @Nullable [] validity) {
        int size = to - from;
        long[] lows = new long[size];
        long[] highs = new long[size];
        boolean wide = type instanceof DataType.Decimal decimal && !decimal.isLong();
        boolean narrow = true;
        for (int i = 0; i < size; i++) {
            lows[i] = low(from + i);
            highs[i] = high(from + i);
            narrow &= highs[i] == lows[i] >> 63;
            if (!wide || highs[i] != lows[i] >> 63) {
                checked(type, highs[i], lows[i]);
            }
        }
        if (!wide) {
            return Results.longs(type, lows, 0, size, validity);
        }
        return narrow
                ? Int128Vector.ofLongs(type, size, lows, validity)
                : new Int128Vector(type, size, highs, lows, validity);
    }

    private void checked(DataType type, long valueHigh, long valueLow) {
        if (type instanceof DataType.Decimal decimal) {
            boolean small = valueHigh == valueLow >> 63;
            if (small && decimal.precision() >= 19) {
                return;
            }
            BigInteger limit = BigInteger.TEN.pow(decimal.precision());
            if (Int128Vector.toBigInteger(valueHigh, valueLow).abs().compareTo(limit) >= 0) {
                throw overflow(type.sql());
            }
        } else if (valueHigh != valueLow >> 63 || !fits(type, valueLow)) {
            throw overflow(type.sql());
        }
    }

    private long checked(DataType type, BigInteger value) {
        if (value.bitLength() > 63 || !fits(type, value.longValue())) {
            throw overflow(type.sql());
        }
        return value.longValue();
    }

    private static boolean fits(DataType type, long value) {
        return switch (type.kind()) {
            case TINYINT -> value == (byte) value;
            case SMALLINT -> value == (short) value;
            case INTEGER, DATE -> value == (int) value;
            case BIGINT, TIME, TIMESTAMP, TIMESTAMP_LTZ, INTERVAL_MONTH, INTERVAL_DAY -> true;
            case BOOLEAN, REAL, DOUBLE, DECIMAL, VARCHAR, VARBINARY, UUID, ARRAY, MAP, ROW, NULL -> false;
        };
    }

    long heapBytes() {
        return 8L * state.length;
    }
}
