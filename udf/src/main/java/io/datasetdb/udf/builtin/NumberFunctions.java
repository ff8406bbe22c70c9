// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.udf.builtin;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.udf.UdfError;
import io.datasetdb.udf.annotation.Description;
import io.datasetdb.udf.annotation.Example;
import io.datasetdb.udf.annotation.NotDeterministic;
import io.datasetdb.udf.annotation.ScalarFunction;
import java.math.BigInteger;
import java.util.UUID;

/** Functions of whole numbers, and numbers out of the blue. */
public final class NumberFunctions {
    private NumberFunctions() {}

    @ScalarFunction({"gcd", "greatest_common_divisor"})
    @Description("The greatest whole number that divides both.")
    @Example("gcd(12, -18) = 6")
    public static long gcd(long a, long b) {
        return BigInteger.valueOf(a).gcd(BigInteger.valueOf(b)).longValueExact();
    }

    @ScalarFunction({"lcm", "least_common_multiple"})
    @Description("The least whole number that both divide.")
    @Example("lcm(4, 6) = 12")
    public static long lcm(long a, long b) {
        return a == 0 || b == 0 ? 0 : Math.abs(Math.multiplyExact(a / gcd(a, b), b));
    }

    @ScalarFunction
    @Description("The quotient without its fraction.")
    @Example("div(-7, 2) = -3")
    public static long div(long a, long b) {
        if (b == 0) {
            throw new DatasetDbException(UdfError.BAD_ARGUMENT, "Cannot divide: the divisor is zero (" + a + ")");
        }
        return b == -1 ? Math.negateExact(a) : a / b;
    }

    @ScalarFunction({"uuid", "gen_random_uuid"})
    @NotDeterministic
    @Description("A random UUID, another one in each row.")
    @Example("uuid()")
    public static UUID uuid() {
        return UUID.randomUUID();
    }
}
