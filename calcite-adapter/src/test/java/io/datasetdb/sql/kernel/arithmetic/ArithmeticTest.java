// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.kernel.arithmetic;

import static io.datasetdb.sql.kernel.Eval.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.sql.kernel.Eval;
import io.datasetdb.sql.kernel.Expression;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Selection;
import io.datasetdb.vector.Vector;
import java.math.BigInteger;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Period;
import java.util.Arrays;
import java.util.List;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ArithmeticTest {
    private static final List<DataType> INTEGERS =
            List.of(DataType.TINYINT, DataType.SMALLINT, DataType.INTEGER, DataType.BIGINT);

    private static @Nullable Object compute(
            Arithmetic.Operator operator,
            Object left,
            DataType leftType,
            Object right,
            DataType rightType,
            DataType result) {
        Expression x = Arithmetic.of(operator, Eval.col(0, leftType), Eval.col(1, rightType), result);
        return Eval.all(x, Eval.column(leftType, left), Eval.column(rightType, right))
                .get(0);
    }

    private static void assertSqlState(String state, ThrowingCallable call) {
        assertThatThrownBy(call)
                .isInstanceOf(DatasetDbException.class)
                .extracting(e -> ((DatasetDbException) e).sqlState())
                .isEqualTo(state);
    }

    private static Object boxed(DataType type, long value) {
        return switch (type.kind()) {
            case TINYINT -> (byte) value;
            case SMALLINT -> (short) value;
            case INTEGER -> (int) value;
            default -> value;
        };
    }

    /** All pairs of values around the limits of each type, against arbitrary precision. */
    @Test
    void integersAreExactOrOverflow() {
        for (DataType type : INTEGERS) {
            int bits = type.kind() == DataType.Kind.TINYINT
                    ? 8
                    : type.kind() == DataType.Kind.SMALLINT ? 16 : type.kind() == DataType.Kind.INTEGER ? 32 : 64;
            long max = bits == 64 ? Long.MAX_VALUE : (1L << (bits - 1)) - 1;
            long min = -max - 1;
            long[] values = {min, min + 1, min / 2, min / 2 - 1, -3, -1, 0, 1, 2, 3, max / 2, max / 2 + 1, max - 1, max
            };
            for (long a : values) {
                for (long b : values) {
                    for (Arithmetic.Operator operator : Arithmetic.Operator.values()) {
                        checkInteger(operator, type, a, b, min, max);
                    }
                }
            }
        }
    }

    private static void checkInteger(Arithmetic.Operator operator, DataType type, long a, long b, long min, long max) {
        BigInteger x = BigInteger.valueOf(a);
        BigInteger y = BigInteger.valueOf(b);
        boolean divides = operator == Arithmetic.Operator.DIVIDE || operator == Arithmetic.Operator.MODULO;
        ThrowingCallable call = () -> compute(operator, boxed(type, a), type, boxed(type, b), type, type);
        if (divides && b == 0) {
            assertSqlState("22012", call);
            return;
        }
        BigInteger exact = switch (operator) {
            case ADD -> x.add(y);
            case SUBTRACT -> x.subtract(y);
            case MULTIPLY -> x.multiply(y);
            case DIVIDE -> x.divide(y);
            case MODULO -> x.remainder(y);
        };
        if (exact.compareTo(BigInteger.valueOf(min)) < 0 || exact.compareTo(BigInteger.valueOf(max)) > 0) {
            assertSqlState("22003", call);
        } else {
            assertThat(compute(operator, boxed(type, a), type, boxed(type, b), type, type))
                    .as(a + " " + operator + " " + b)
                    .isEqualTo(boxed(type, exact.longValue()));
        }
    }

    @Test
    void overflowNamesTheValues() {
        assertThatThrownBy(() -> compute(
                        Arithmetic.Operator.ADD,
                        Integer.MAX_VALUE,
                        DataType.INTEGER,
                        1,
                        DataType.INTEGER,
                        DataType.INTEGER))
                .hasMessage("Cannot compute 2147483647 + 1: the result is out of range of INTEGER");
        assertThatThrownBy(() ->
                        compute(Arithmetic.Operator.DIVIDE, 7L, DataType.BIGINT, 0L, DataType.BIGINT, DataType.BIGINT))
                .hasMessage("Cannot compute 7 / 0: division by zero");
    }

    @Test
    void aNarrowResultOfWideOperandsIsChecked() {
        assertThat(compute(
                        Arithmetic.Operator.MODULO,
                        1L << 40,
                        DataType.BIGINT,
                        1000,
                        DataType.INTEGER,
                        DataType.INTEGER))
                .isEqualTo((int) ((1L << 40) % 1000));
        assertSqlState(
                "22003",
                () -> compute(
                        Arithmetic.Operator.ADD, 1L << 40, DataType.BIGINT, 1, DataType.INTEGER, DataType.INTEGER));
    }

    @Test
    void floatsFollowIeeeButDivisionByZeroFails() {
        DataType d = DataType.DOUBLE;
        assertThat(compute(Arithmetic.Operator.MULTIPLY, 1e300, d, 1e300, d, d)).isEqualTo(Double.POSITIVE_INFINITY);
        assertThat(compute(Arithmetic.Operator.ADD, Double.NaN, d, 1.0, d, d)).isEqualTo(Double.NaN);
        assertThat(compute(Arithmetic.Operator.DIVIDE, 7, DataType.INTEGER, 2.0, d, d))
                .isEqualTo(3.5);
        assertThat(compute(Arithmetic.Operator.MODULO, -7.5, d, 2.0, d, d)).isEqualTo(-1.5);
        assertThat(compute(Arithmetic.Operator.SUBTRACT, 1.5f, DataType.REAL, 1f, DataType.REAL, DataType.REAL))
                .isEqualTo(0.5f);
        assertSqlState("22012", () -> compute(Arithmetic.Operator.DIVIDE, 1.0, d, -0.0, d, d));
        assertSqlState(
                "22012",
                () -> compute(Arithmetic.Operator.DIVIDE, 1f, DataType.REAL, 0f, DataType.REAL, DataType.REAL));
    }

    @Test
    void positionsThatAreNotSelectedOrNullNeverFail() {
        Vector a = Eval.column(DataType.BIGINT, Long.MAX_VALUE, 1L, null, 4L);
        Vector b = Eval.column(DataType.BIGINT, 1L, 0L, 0L, 2L);
        Selection last = Selection.of(new int[] {2, 3}, 2);
        for (Arithmetic.Operator operator : Arithmetic.Operator.values()) {
            Expression x = Arithmetic.of(
                    operator, Eval.col(0, DataType.BIGINT), Eval.col(1, DataType.BIGINT), DataType.BIGINT);
            assertThat(Eval.at(x, Batch.of(List.of(a, b), 4), last).get(0)).isNull();
        }
    }

    @Test
    void datesAndTimesMoveByIntervals() {
        DataType date = DataType.DATE;
        DataType ts = DataType.TIMESTAMP;
        DataType month = DataType.INTERVAL_MONTH;
        DataType day = DataType.INTERVAL_DAY;
        LocalDate leap = LocalDate.of(2024, 2, 29);
        assertThat(compute(Arithmetic.Operator.ADD, leap, date, Period.ofMonths(12), month, date))
                .isEqualTo(LocalDate.of(2025, 2, 28));
        assertThat(compute(Arithmetic.Operator.ADD, Period.ofMonths(1), month, LocalDate.of(0, 1, 31), date, date))
                .isEqualTo(LocalDate.of(0, 2, 29));
        assertThat(compute(Arithmetic.Operator.SUBTRACT, leap, date, Duration.ofHours(1), day, date))
                .isEqualTo(LocalDate.of(2024, 2, 28));
        assertThat(compute(Arithmetic.Operator.SUBTRACT, leap, date, Duration.ofHours(1), day, ts))
                .isEqualTo(LocalDateTime.of(2024, 2, 28, 23, 0));
        assertThat(compute(
                        Arithmetic.Operator.ADD,
                        LocalDateTime.of(1500, 1, 31, 1, 2),
                        ts,
                        Period.ofMonths(-11),
                        month,
                        ts))
                .isEqualTo(LocalDateTime.of(1499, 2, 28, 1, 2));
        assertThat(compute(
                        Arithmetic.Operator.ADD,
                        LocalTime.of(23, 0),
                        DataType.TIME,
                        Duration.ofHours(2),
                        day,
                        DataType.TIME))
                .isEqualTo(LocalTime.of(1, 0));
        assertThat(compute(Arithmetic.Operator.ADD, 3, DataType.INTEGER, leap, date, date))
                .isEqualTo(LocalDate.of(2024, 3, 3));
        assertThat(compute(Arithmetic.Operator.SUBTRACT, leap, date, 60L, DataType.BIGINT, date))
                .isEqualTo(LocalDate.of(2023, 12, 31));
    }

    @Test
    void differencesOfDatesAreIntervalsOrNumbers() {
        DataType date = DataType.DATE;
        LocalDate a = LocalDate.of(2024, 3, 1);
        LocalDate b = LocalDate.of(2024, 1, 31);
        assertThat(compute(Arithmetic.Operator.SUBTRACT, a, date, b, date, DataType.INTERVAL_DAY))
                .isEqualTo(Duration.ofDays(30));
        assertThat(compute(Arithmetic.Operator.SUBTRACT, a, date, b, date, DataType.BIGINT))
                .isEqualTo(30L);
        assertThat(compute(Arithmetic.Operator.SUBTRACT, a, date, b, date, DataType.INTERVAL_MONTH))
                .isEqualTo(Period.ofMonths(1));
        assertThat(compute(
                        Arithmetic.Operator.SUBTRACT,
                        a.atTime(1, 0),
                        DataType.TIMESTAMP,
                        a,
                        date,
                        DataType.INTERVAL_DAY))
                .isEqualTo(Duration.ofHours(1));
    }

    @Test
    void intervalsAddAndScale() {
        DataType day = DataType.INTERVAL_DAY;
        Duration hour = Duration.ofHours(1);
        assertThat(compute(Arithmetic.Operator.ADD, hour, day, hour, day, day)).isEqualTo(Duration.ofHours(2));
        assertThat(compute(Arithmetic.Operator.MULTIPLY, hour, day, 3, DataType.INTEGER, day))
                .isEqualTo(Duration.ofHours(3));
        assertThat(compute(Arithmetic.Operator.MULTIPLY, 1.5, DataType.DOUBLE, hour, day, day))
                .isEqualTo(Duration.ofMinutes(90));
        assertThat(compute(Arithmetic.Operator.DIVIDE, hour, day, 4, DataType.INTEGER, day))
                .isEqualTo(Duration.ofMinutes(15));
        assertSqlState("22012", () -> compute(Arithmetic.Operator.DIVIDE, hour, day, 0, DataType.INTEGER, day));
        assertSqlState(
                "22003", () -> compute(Arithmetic.Operator.MULTIPLY, hour, day, Long.MAX_VALUE, DataType.BIGINT, day));
        assertThatThrownBy(() ->
                        compute(Arithmetic.Operator.ADD, hour, day, Period.ofMonths(1), DataType.INTERVAL_MONTH, day))
                .isInstanceOf(IllegalStateException.class);
    }

    @Test
    void negationKnowsTheLimits() {
        assertThat(Eval.one(Negate.of(lit((byte) 5, DataType.TINYINT)))).isEqualTo((byte) -5);
        for (DataType type : INTEGERS) {
            long min = type.kind() == DataType.Kind.TINYINT
                    ? -128
                    : type.kind() == DataType.Kind.SMALLINT
                            ? -32768
                            : type.kind() == DataType.Kind.INTEGER ? Integer.MIN_VALUE : Long.MIN_VALUE;
            assertSqlState("22003", () -> Eval.one(Negate.of(lit(boxed(type, min), type))));
            assertSqlState("22003", () -> Eval.one(MathFunctions.abs(lit(boxed(type, min), type))));
        }
        assertThatThrownBy(() -> Eval.all(
                        MathFunctions.abs(Eval.col(0, DataType.TINYINT)),
                        Eval.column(DataType.TINYINT, (byte) 3, (byte) -128)))
                .hasMessage("Cannot compute abs(-128): the result is out of range of TINYINT");
        assertThat(Eval.one(Negate.of(lit(Period.ofMonths(3), DataType.INTERVAL_MONTH))))
                .isEqualTo(Period.ofMonths(-3));
        assertThat(Eval.all(Negate.of(Eval.col(0, DataType.DOUBLE)), Eval.column(DataType.DOUBLE, 0.0, null)))
                .isEqualTo(Arrays.asList(-0.0, null));
    }
}
