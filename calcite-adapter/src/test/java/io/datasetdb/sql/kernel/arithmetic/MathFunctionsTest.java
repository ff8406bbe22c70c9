// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.kernel.arithmetic;

import static io.datasetdb.sql.kernel.Eval.lit;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.sql.kernel.Eval;
import io.datasetdb.sql.kernel.Expression;
import io.datasetdb.vector.DataType;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MathFunctionsTest {
    private static Expression d(double value) {
        return lit(value, DataType.DOUBLE);
    }

    private static Expression n(int value) {
        return lit(value, DataType.INTEGER);
    }

    private static @Nullable Object decimal(String text, int precision, int scale, int digits, boolean round) {
        DataType type = DataType.decimal(precision, scale);
        Expression x = lit(new BigDecimal(text), type);
        return Eval.one(round ? MathFunctions.round(x, n(digits), type) : MathFunctions.truncate(x, n(digits), type));
    }

    @ParameterizedTest
    @CsvSource({
        "2.5, 0, 3",
        "-2.5, 0, -3",
        "1.005, 2, 1.01",
        "-1.005, 2, -1.01",
        "1234.5, -2, 1200",
        "0.285, 2, 0.29",
        "1e300, 3, 1e300",
        "55, -2, 100"
    })
    void roundsDoublesAsTheyAreWritten(double value, int digits, double expected) {
        assertThat(Eval.one(MathFunctions.round(d(value), n(digits), DataType.DOUBLE)))
                .isEqualTo(expected);
    }

    @Test
    void quickRoundingAgreesWithTheDecimalText() {
        long seed = 3;
        Random random = new Random(seed);
        for (int i = 0; i < 20_000; i++) {
            double value = (random.nextDouble() - 0.5) * Math.pow(10, random.nextInt(14));
            int digits = 1 + random.nextInt(8);
            double expected = new BigDecimal(Double.toString(value))
                    .setScale(digits, RoundingMode.HALF_UP)
                    .doubleValue();
            assertThat(Eval.one(MathFunctions.round(d(value), n(digits), DataType.DOUBLE)))
                    .as("seed " + seed + ": " + value + ", " + digits)
                    .isEqualTo(expected == 0 ? Math.copySign(0.0, value) : expected);
        }
    }

    @Test
    void roundsDecimalsAndIntegers() {
        assertThat(decimal("2.345", 5, 3, 2, true)).isEqualTo(new BigDecimal("2.350"));
        assertThat(decimal("-2.345", 5, 3, 2, false)).isEqualTo(new BigDecimal("-2.340"));
        assertThat(decimal("155.00", 38, 2, -1, true)).isEqualTo(new BigDecimal("160.00"));
        assertThat(decimal("1.5", 5, 1, 9, true)).isEqualTo(new BigDecimal("1.5"));
        assertThatThrownBy(() -> decimal("99.9", 3, 1, 0, true))
                .isInstanceOf(DatasetDbException.class)
                .hasMessage("Cannot compute round(99.9): the result is out of range of DECIMAL(3, 1)");
        assertThat(Eval.one(MathFunctions.round(n(155), n(-1), DataType.INTEGER)))
                .isEqualTo(160);
        assertThat(Eval.one(MathFunctions.truncate(n(-155), n(-1), DataType.INTEGER)))
                .isEqualTo(-150);
    }

    @Test
    void floorsAndCeils() {
        DataType type = DataType.decimal(4, 2);
        Expression x = lit(new BigDecimal("-1.01"), type);
        assertThat(Eval.one(MathFunctions.floor(x, DataType.decimal(4, 0)))).isEqualTo(new BigDecimal("-2"));
        assertThat(Eval.one(MathFunctions.ceil(x, DataType.decimal(4, 0)))).isEqualTo(new BigDecimal("-1"));
        assertThat(Eval.one(MathFunctions.floor(d(-0.5), DataType.DOUBLE))).isEqualTo(-1.0);
        assertThat(Eval.one(MathFunctions.ceil(lit(0.5f, DataType.REAL), DataType.REAL)))
                .isEqualTo(1f);
        assertThat(Eval.one(MathFunctions.floor(n(5), DataType.BIGINT))).isEqualTo(5L);
    }

    @Test
    void signsAndAbsolutes() {
        assertThat(Eval.one(MathFunctions.sign(d(-3), DataType.DOUBLE))).isEqualTo(-1.0);
        assertThat(Eval.one(MathFunctions.sign(
                        lit(new BigDecimal("0.50"), DataType.decimal(20, 2)), DataType.decimal(20, 2))))
                .isEqualTo(new BigDecimal("1.00"));
        assertThat(Eval.one(MathFunctions.sign(n(0), DataType.INTEGER))).isEqualTo(0);
        assertThat(Eval.one(MathFunctions.abs(lit(new BigDecimal("-99999999999999999999"), DataType.decimal(20, 0)))))
                .isEqualTo(new BigDecimal("99999999999999999999"));
    }

    @ParameterizedTest
    @CsvSource({"SQRT, -1", "LN, 0", "LN, -1", "LOG10, 0", "LOG2, -5", "ASIN, 1.5", "ACOS, -1.5", "SIN, Infinity"})
    void argumentsOutsideTheDomainAreErrors(DoubleFunctions.Function function, double value) {
        assertThatThrownBy(() -> Eval.one(DoubleFunctions.of(function, d(value))))
                .isInstanceOf(DatasetDbException.class)
                .hasMessageContaining("is outside the function's domain")
                .extracting(e -> ((DatasetDbException) e).sqlState())
                .isEqualTo("22023");
        assertThat(Eval.one(DoubleFunctions.of(function, d(Double.NaN)))).isEqualTo(Double.NaN);
    }

    @Test
    void computesWithDoubles() {
        assertThat(Eval.one(DoubleFunctions.of(DoubleFunctions.Function.SQRT, n(9))))
                .isEqualTo(3.0);
        assertThat(Eval.one(DoubleFunctions.of(DoubleFunctions.Function.LOG2, n(8))))
                .isEqualTo(3.0);
        assertThat(Eval.one(DoubleFunctions.of(DoubleFunctions.Function.LOG10, n(1000))))
                .isEqualTo(3.0);
        assertThat(Eval.one(DoubleFunctions.of(DoubleFunctions.Function.DEGREES, MathFunctions.pi())))
                .isEqualTo(180.0);
        assertThat((Double) Eval.one(DoubleFunctions.log(d(3), d(81)))).isCloseTo(4.0, within(1e-12));
        assertThat(Eval.one(DoubleFunctions.power(d(2), d(-1)))).isEqualTo(0.5);
        assertThat(Eval.one(DoubleFunctions.power(d(-2), d(3)))).isEqualTo(-8.0);
        assertThat(Eval.one(DoubleFunctions.atan2(d(1), d(1)))).isEqualTo(Math.PI / 4);
        for (double[] bad : new double[][] {{0, -1}, {-8, 1.0 / 3}}) {
            assertThatThrownBy(() -> Eval.one(DoubleFunctions.power(d(bad[0]), d(bad[1]))))
                    .isInstanceOf(DatasetDbException.class);
        }
    }
}
