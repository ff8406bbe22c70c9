// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet.read.page;

import io.datasetdb.vector.BytesVector;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.DoubleVector;
import io.datasetdb.vector.FloatVector;
import io.datasetdb.vector.Int128Vector;
import io.datasetdb.vector.LongVector;
import io.datasetdb.vector.Vector;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import org.apache.parquet.io.ParquetDecodingException;
import org.apache.parquet.schema.LogicalTypeAnnotation.DecimalLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType;

/** Conversions of stored byte strings. NULL slots are empty and convert to zero. */
final class BytesConversions {
    private static final long JULIAN_DAY_OF_EPOCH = 2_440_588;
    private static final long MICROS_PER_DAY = 86_400_000_000L;

    private static final VarHandle BIG_ENDIAN =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

    private BytesConversions() {}

    /** Nanoseconds of the day and Julian day number, as Impala and early Spark wrote timestamps. */
    static LongVector int96(BytesVector raw) {
        long[] result = new long[raw.size()];
        ByteBuffer data = ByteBuffer.wrap(raw.data()).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < result.length; i++) {
            if (raw.length(i) > 0) {
                long nanos = data.getLong(raw.offsets()[i]);
                long day = data.getInt(raw.offsets()[i] + Long.BYTES) - JULIAN_DAY_OF_EPOCH;
                // Far dates wrap around as they did in the writer, so that the sum comes out right.
                result[i] = day * MICROS_PER_DAY + Math.floorDiv(nanos, 1000L);
            }
        }
        return new LongVector(DataType.TIMESTAMP, result.length, result, raw.validity());
    }

    /** Big-endian two's complement of any length. */
    static LongVector shortDecimal(DataType.Decimal type, BytesVector raw) {
        long[] result = new long[raw.size()];
        byte[] data = raw.data();
        int[] offsets = raw.offsets();
        for (int i = 0; i < result.length; i++) {
            int end = offsets[i + 1];
            int start = Math.max(offsets[i], end - Long.BYTES);
            long value = end > start ? data[start] : 0;
            for (int j = start + 1; j < end; j++) {
                value = value << 8 | (data[j] & 0xff);
            }
            checkSign(data, offsets[i], start, value);
            result[i] = value;
        }
        return new LongVector(type, result.length, result, raw.validity());
    }

    static Int128Vector longDecimal(DataType.Decimal type, BytesVector raw) {
        long[] high = new long[raw.size()];
        long[] low = new long[raw.size()];
        byte[] data = raw.data();
        int[] offsets = raw.offsets();
        for (int i = 0; i < high.length; i++) {
            int end = offsets[i + 1];
            int start = Math.max(offsets[i], end - 2 * Long.BYTES);
            if (end - start == 2 * Long.BYTES) {
                high[i] = (long) BIG_ENDIAN.get(data, start);
                low[i] = (long) BIG_ENDIAN.get(data, start + Long.BYTES);
            } else {
                shorter(data, start, end, high, low, i);
            }
            checkSign(data, offsets[i], start, high[i]);
        }
        return new Int128Vector(type, high.length, high, low, raw.validity());
    }

    private static void shorter(byte[] data, int start, int end, long[] high, long[] low, int position) {
        long upper = end > start && data[start] < 0 ? -1 : 0;
        long lower = upper;
        for (int j = start; j < end; j++) {
            upper = upper << 8 | lower >>> 56;
            lower = lower << 8 | (data[j] & 0xff);
        }
        high[position] = upper;
        low[position] = lower;
    }

    /** Fails unless the bytes before the ones that count are nothing but the sign. */
    private static void checkSign(byte[] data, int from, int to, long value) {
        for (int i = from; i < to; i++) {
            if (data[i] != (value < 0 ? -1 : 0)) {
                throw new ParquetDecodingException("a decimal has more digits than its type");
            }
        }
    }

    static DoubleVector hugeDecimal(BytesVector raw, PrimitiveType stored) {
        int scale = stored.getLogicalTypeAnnotation() instanceof DecimalLogicalTypeAnnotation decimal
                ? decimal.getScale()
                : 0;
        double[] result = new double[raw.size()];
        for (int i = 0; i < result.length; i++) {
            if (raw.length(i) > 0) {
                result[i] = new BigDecimal(new BigInteger(raw.bytes(i)), scale).doubleValue();
            }
        }
        return new DoubleVector(DataType.DOUBLE, result.length, result, raw.validity());
    }

    static Int128Vector uuid(BytesVector raw) {
        long[] high = new long[raw.size()];
        long[] low = new long[raw.size()];
        ByteBuffer data = ByteBuffer.wrap(raw.data());
        for (int i = 0; i < high.length; i++) {
            if (raw.length(i) > 0) {
                high[i] = data.getLong(raw.offsets()[i]);
                low[i] = data.getLong(raw.offsets()[i] + Long.BYTES);
            }
        }
        return new Int128Vector(DataType.UUID, high.length, high, low, raw.validity());
    }

    /** IEEE 754 binary16. */
    static FloatVector float16(BytesVector raw) {
        float[] result = new float[raw.size()];
        for (int i = 0; i < result.length; i++) {
            if (raw.length(i) > 0) {
                int at = raw.offsets()[i];
                result[i] = toFloat(raw.data()[at] & 0xff | (raw.data()[at + 1] & 0xff) << 8);
            }
        }
        return new FloatVector(DataType.REAL, result.length, result, raw.validity());
    }

    static float toFloat(int half) {
        int sign = (half & 0x8000) << 16;
        int exponent = half >>> 10 & 0x1f;
        int fraction = half & 0x3ff;
        if (exponent == 0) {
            float magnitude = fraction * 0x1p-24f;
            return sign == 0 ? magnitude : -magnitude;
        }
        int widened = exponent == 0x1f ? 0xff : exponent - 15 + 127;
        return Float.intBitsToFloat(sign | widened << 23 | fraction << 13);
    }

    /** Months, days and milliseconds, each an unsigned number, as an ISO 8601 duration such as P1M2DT3.004S. */
    static Vector interval(BytesVector raw) {
        BytesBuffer out = new BytesBuffer();
        out.ensureValues(raw.size());
        ByteBuffer data = ByteBuffer.wrap(raw.data()).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < raw.size(); i++) {
            byte[] text = new byte[0];
            if (raw.length(i) > 0) {
                int at = raw.offsets()[i];
                text = text(data.getInt(at), data.getInt(at + 4), data.getInt(at + 8));
            }
            out.append(text, 0, text.length);
        }
        return new BytesVector(DataType.VARCHAR, raw.size(), out.data, out.offsets, raw.validity());
    }

    private static byte[] text(int months, int days, int millis) {
        StringBuilder result = new StringBuilder("P");
        if (months != 0) {
            result.append(Integer.toUnsignedLong(months)).append('M');
        }
        if (days != 0) {
            result.append(Integer.toUnsignedLong(days)).append('D');
        }
        if (millis != 0 || result.length() == 1) {
            BigDecimal seconds = BigDecimal.valueOf(Integer.toUnsignedLong(millis), 3);
            String text = millis == 0 ? "0" : seconds.stripTrailingZeros().toPlainString();
            result.append('T').append(text).append('S');
        }
        return result.toString().getBytes(StandardCharsets.US_ASCII);
    }
}
