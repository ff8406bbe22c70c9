// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.kernel.arithmetic;

import io.datasetdb.sql.kernel.Expression;
import io.datasetdb.vector.DataType;

/** Unary minus of numbers and intervals; the least integer of a type has no negative (22003). */
public final class Negate {
    private Negate() {}

    public static Expression of(Expression operand) {
        DataType type = operand.type();
        return NumberMap.of("-", operand, type, new NumberMap.Formulas() {
            @Override
            public long ofLong(long value) {
                return Math.negateExact(value);
            }

            @Override
            public double ofDouble(double value) {
                return -value;
            }

            @Override
            public java.math.BigInteger ofBig(java.math.BigInteger value) {
                return value.negate();
            }
        });
    }
}
