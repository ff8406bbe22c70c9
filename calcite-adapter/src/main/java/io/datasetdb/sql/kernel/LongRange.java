// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.kernel;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;

/** The whole numbers from {@code low} to {@code high}, or all others; {@code low > high} is the empty range. */
record LongRange(long low, long high, boolean negated) {
    private static final LongRange EMPTY = new LongRange(1, 0, false);
    private static final BigInteger MIN = BigInteger.valueOf(Long.MIN_VALUE);
    private static final BigInteger MAX = BigInteger.valueOf(Long.MAX_VALUE);

    /** The values {@code v} for which {@code v operator constant}. */
    static LongRange of(Comparison.Operator operator, long constant) {
        return switch (operator) {
            case EQUAL -> new LongRange(constant, constant, false);
            case NOT_EQUAL -> new LongRange(constant, constant, true);
            case LESS -> constant == Long.MIN_VALUE ? EMPTY : new LongRange(Long.MIN_VALUE, constant - 1, false);
            case LESS_OR_EQUAL -> new LongRange(Long.MIN_VALUE, constant, false);
            case GREATER -> new LongRange(Long.MIN_VALUE, constant, true);
            case GREATER_OR_EQUAL ->
                constant == Long.MIN_VALUE
                        ? new LongRange(Long.MIN_VALUE, Long.MAX_VALUE, false)
                        : new LongRange(Long.MIN_VALUE, constant - 1, true);
        };
    }

    /** As {@link #of(Comparison.Operator, long)} for a number that need not be whole nor fit 64 bits. */
    static LongRange of(Comparison.Operator operator, BigDecimal constant) {
        BigInteger floor = constant.setScale(0, RoundingMode.FLOOR).unscaledValue();
        boolean whole = constant.stripTrailingZeros().scale() <= 0;
        return switch (operator) {
            case EQUAL -> whole ? between(floor, floor, false) : EMPTY;
            case NOT_EQUAL -> whole ? between(floor, floor, true) : new LongRange(1, 0, true);
            case LESS -> between(MIN, whole ? floor.subtract(BigInteger.ONE) : floor, false);
            case LESS_OR_EQUAL -> between(MIN, floor, false);
            case GREATER -> between(MIN, floor, true);
            case GREATER_OR_EQUAL -> between(MIN, whole ? floor.subtract(BigInteger.ONE) : floor, true);
        };
    }

    private static LongRange between(BigInteger low, BigInteger high, boolean negated) {
        if (high.compareTo(MIN) < 0 || low.compareTo(MAX) > 0) {
            return new LongRange(1, 0, negated);
        }
        return new LongRange(low.max(MIN).longValue(), high.min(MAX).longValue(), negated);
    }

    boolean isEmpty() {
        return low > high;
    }
}
