// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.statement;

import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Types of parameters whose values do not fit the type that their places say. {@code i = ?} says that the parameter is an
 * integer; bound to 1.5 it is nothing that an integer equals, which only a comparison of fractions finds. So the statement
 * is planned once more, with the type that the value has of itself.
 */
final class WiderTypes {
    /** Digits before and behind the point at least, so that few plans serve many values. */
    private static final int WHOLE_DIGITS = 19;

    private static final int FRACTION_DIGITS = 9;
    private static final int MAX_DIGITS = 38;

    private WiderTypes() {}

    /** The types by the numbers of their parameters, counted from 0; of those whose values fit there is none. */
    static Map<Integer, DataType> of(List<Field> parameters, List<@Nullable Object> arguments) {
        Map<Integer, DataType> result = new TreeMap<>();
        for (int i = 0; i < Math.min(parameters.size(), arguments.size()); i++) {
            if (arguments.get(i) instanceof Number value
                    && !fits(value, parameters.get(i).type())) {
                result.put(i, own(value));
            }
        }
        return result;
    }

    /** Whether a number can be a value of a type without change. */
    static boolean fits(Number value, DataType type) {
        return switch (type.kind()) {
            case TINYINT -> isWhole(value, Byte.SIZE);
            case SMALLINT -> isWhole(value, Short.SIZE);
            case INTEGER -> isWhole(value, Integer.SIZE);
            case BIGINT -> isWhole(value, Long.SIZE);
            case DECIMAL -> isDecimal(value, (DataType.Decimal) type);
            case REAL,
                    DOUBLE,
                    BOOLEAN,
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
                    NULL -> true;
        };
    }

    private static boolean isWhole(Number value, int bits) {
        if (!isFinite(value)) {
            return false;
        }
        BigDecimal exact = exact(value);
        return exact.stripTrailingZeros().scale() <= 0
                && exact.precision() - exact.scale() <= WHOLE_DIGITS
                && exact.toBigInteger().bitLength() < bits;
    }

    private static boolean isDecimal(Number value, DataType.Decimal type) {
        if (!isFinite(value)) {
            return false;
        }
        BigDecimal exact = exact(value).stripTrailingZeros();
        return exact.scale() <= type.scale() && exact.precision() - exact.scale() <= type.precision() - type.scale();
    }

    /** The type of a number that has no place. */
    private static DataType own(Number value) {
        if (value instanceof Double || value instanceof Float) {
            return DataType.DOUBLE;
        }
        BigDecimal exact = exact(value).stripTrailingZeros();
        if (isWhole(value, Long.SIZE)) {
            return DataType.BIGINT;
        }
        int whole = Math.max(WHOLE_DIGITS, exact.precision() - exact.scale());
        int fraction = Math.max(FRACTION_DIGITS, exact.scale());
        if (whole + fraction <= MAX_DIGITS) {
            return new DataType.Decimal(whole + fraction, fraction);
        }
        int digits = Math.max(exact.precision(), exact.scale());
        return exact.scale() >= 0 && digits <= MAX_DIGITS
                ? new DataType.Decimal(MAX_DIGITS, exact.scale())
                : DataType.DOUBLE;
    }

    private static boolean isFinite(Number value) {
        return !(value instanceof Double || value instanceof Float) || Double.isFinite(value.doubleValue());
    }

    private static BigDecimal exact(Number value) {
        return value instanceof BigDecimal decimal
                ? decimal
                : value instanceof BigInteger whole ? new BigDecimal(whole) : new BigDecimal(value.toString());
    }
}
