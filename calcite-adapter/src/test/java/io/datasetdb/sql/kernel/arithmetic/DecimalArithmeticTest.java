// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.kernel.arithmetic;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.sql.kernel.Eval;
import io.datasetdb.sql.kernel.Expression;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Vector;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class DecimalArithmeticTest {
    private static DataType.Decimal type(int precision, int scale) {
        return (DataType.Decimal) DataType.decimal(precision, scale);
    }

    /** Random types and values against BigDecimal, with results that fit and results that do not. */
    @Test
    void isExactAndThenRoundedHalfUp() {
        long seed = 99;
        Random random = new Random(seed);
        int[] fine = new int[2];
        for (int i = 0; i < 15_000; i++) {
            DataType.Decimal left = randomType(random);
            DataType.Decimal right = randomType(random);
            DataType.Decimal result = randomType(random);
            BigDecimal a = randomValue(left, random);
            BigDecimal b = randomValue(right, random);
            Arithmetic.Operator operator = Arithmetic.Operator.values()[random.nextInt(5)];
            String where = "seed " + seed + ": " + a + " " + operator + " " + b + " as " + result;
            BigDecimal expected = expected(operator, a, b, result);
            Expression x = Arithmetic.of(operator, Eval.col(0, left), Eval.col(1, right), result);
            if (expected == null) {
                assertThatThrownBy(() -> Eval.all(x, Eval.column(left, a), Eval.column(right, b)))
                        .as(where)
                        .isInstanceOf(DatasetDbException.class);
                fine[1]++;
            } else {
                assertThat(Eval.all(x, Eval.column(left, a), Eval.column(right, b))
                                .get(0))
                        .as(where)
                        .isEqualTo(expected);
                fine[0]++;
            }
        }
        assertThat(fine[0]).isGreaterThan(5_000);
        assertThat(fine[1]).isGreaterThan(500);
    }

    private static DataType.Decimal randomType(Random random) {
        int precision = random.nextBoolean() ? 1 + random.nextInt(18) : 19 + random.nextInt(20);
        return type(precision, random.nextInt(Math.min(precision, 12) + 1));
    }

    private static BigDecimal randomValue(DataType.Decimal type, Random random) {
        int digits = 1 + random.nextInt(type.precision());
        BigInteger limit = BigInteger.TEN.pow(digits);
        BigInteger unscaled = switch (random.nextInt(4)) {
            case 0 -> limit.subtract(BigInteger.ONE);
            case 1 -> BigInteger.valueOf(random.nextInt(3)).min(limit.subtract(BigInteger.ONE));
            default -> new BigInteger(limit.bitLength(), random).mod(limit);
        };
        return new BigDecimal(random.nextBoolean() ? unscaled.negate() : unscaled, type.scale());
    }

    /** The result, or null if there is none. */
    private static @Nullable BigDecimal expected(
            Arithmetic.Operator operator, BigDecimal a, BigDecimal b, DataType.Decimal type) {
        boolean divides = operator == Arithmetic.Operator.DIVIDE || operator == Arithmetic.Operator.MODULO;
        if (divides && b.signum() == 0) {
            return null;
        }
        BigDecimal result = switch (operator) {
            case ADD -> a.add(b).setScale(type.scale(), RoundingMode.HALF_UP);
            case SUBTRACT -> a.subtract(b).setScale(type.scale(), RoundingMode.HALF_UP);
            case MULTIPLY -> a.multiply(b).setScale(type.scale(), RoundingMode.HALF_UP);
            case DIVIDE -> a.divide(b, type.scale(), RoundingMode.HALF_UP);
            case MODULO -> a.remainder(b, MathContext.UNLIMITED).setScale(type.scale(), RoundingMode.HALF_UP);
        };
        return result.unscaledValue().abs().compareTo(BigInteger.TEN.pow(type.precision())) < 0 ? result : null;
    }

    /** Sums and products of products, which fit 64 bits in some batches and in others do not. */
    @Test
    void batchesOfNarrowAndWideValuesAreExact() {
        DataType.Decimal type = type(15, 2);
        DataType.Decimal product = type(31, 4);
        for (int seed = 0; seed < 300; seed++) {
            Random random = new Random(seed);
            int digits = 2 + seed % 11;
            BigDecimal[][] columns = new BigDecimal[3][20];
            for (BigDecimal[] column : columns) {
                for (int i = 0; i < column.length; i++) {
                    BigDecimal value = randomValue(type(seed % 3 == 0 && i == 7 ? 12 : digits, 2), random);
                    column[i] = value;
                }
            }
            Expression a = Eval.col(0, type);
            Expression ab = Arithmetic.of(Arithmetic.Operator.MULTIPLY, a, Eval.col(1, type), product);
            Expression ac = Arithmetic.of(Arithmetic.Operator.MULTIPLY, a, Eval.col(2, type), product);
            Vector[] inputs = new Vector[3];
            for (int i = 0; i < 3; i++) {
                inputs[i] = Eval.column(type, (Object[]) columns[i]);
            }
            for (Arithmetic.Operator operator : Arithmetic.Operator.values()) {
                boolean sum = operator == Arithmetic.Operator.ADD || operator == Arithmetic.Operator.SUBTRACT;
                if (!sum && operator != Arithmetic.Operator.MULTIPLY) {
                    continue;
                }
                DataType.Decimal result = sum ? type(32, 4) : type(38, 6);
                Expression x = Arithmetic.of(operator, ab, sum ? ac : Eval.col(2, type), result);
                var actual = Eval.all(x, inputs);
                for (int i = 0; i < 20; i++) {
                    BigDecimal left = columns[0][i].multiply(columns[1][i]);
                    BigDecimal right = sum ? columns[0][i].multiply(columns[2][i]) : columns[2][i];
                    assertThat(expected(operator, left, right, result)).isNotNull();
                    assertThat(actual.get(i))
                            .as("seed %s, %s %s %s", seed, left, operator, right)
                            .isEqualTo(expected(operator, left, right, result));
                }
            }
        }
    }

    @Test
    void integersAreOperandsOfScaleZero() {
        Expression x = Arithmetic.of(
                Arithmetic.Operator.MULTIPLY, Eval.col(0, DataType.BIGINT), Eval.col(1, type(5, 2)), type(38, 2));
        assertThat(Eval.all(
                                x,
                                Eval.column(DataType.BIGINT, Long.MIN_VALUE),
                                Eval.column(type(5, 2), new BigDecimal("-999.99")))
                        .get(0))
                .isEqualTo(new BigDecimal(Long.MIN_VALUE).multiply(new BigDecimal("-999.99")));
        Expression y = Arithmetic.of(
                Arithmetic.Operator.SUBTRACT, Eval.col(0, type(20, 0)), Eval.col(1, DataType.BIGINT), type(20, 0));
        assertThat(Eval.all(y, Eval.column(type(20, 0), BigDecimal.ZERO), Eval.column(DataType.BIGINT, Long.MIN_VALUE))
                        .get(0))
                .isEqualTo(new BigDecimal("9223372036854775808"));
    }

    @Test
    void overflowNamesTheValues() {
        Expression x =
                Arithmetic.of(Arithmetic.Operator.ADD, Eval.col(0, type(3, 1)), Eval.col(1, type(3, 1)), type(3, 1));
        assertThatThrownBy(() -> Eval.all(
                        x,
                        Eval.column(type(3, 1), new BigDecimal("99.9")),
                        Eval.column(type(3, 1), new BigDecimal("0.1"))))
                .hasMessage("Cannot compute 99.9 + 0.1: the result is out of range of DECIMAL(3, 1)");
    }
}
