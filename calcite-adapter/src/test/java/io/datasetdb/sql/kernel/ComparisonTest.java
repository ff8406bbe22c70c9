// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Vector;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class ComparisonTest {
    /** Against the plain definition: {@link ValueOrder#compare} and the operator's sign. */
    @Test
    void everyOperatorFollowsTheOrderForEveryTypeAndConstant() {
        for (DataType type : KernelCatalogue.TYPES) {
            Random random = new Random(11);
            Vector left = Samples.column(type, 50, random);
            Vector right = Samples.column(type, 50, random);
            for (Comparison.Operator operator : Comparison.Operator.values()) {
                check(operator, left, right);
                for (int p = 0; p < 10; p++) {
                    Vector constant = Eval.constant(right, p, 50);
                    check(operator, left, constant);
                    check(operator, constant, left);
                }
            }
        }
    }

    @Test
    void constantsOfAnotherScaleAreComparedExactly() {
        Vector left = Eval.column(
                DataType.decimal(5, 1), new BigDecimal("1.4"), new BigDecimal("1.5"), new BigDecimal("-1.5"), null);
        for (String text :
                List.of("1.45", "1.50", "-1.50", "-1.51", "99999999999999999999.99", "-99999999999999999999.99")) {
            Vector constant = Eval.constant(Eval.column(DataType.decimal(22, 2), new BigDecimal(text)), 0, 4);
            for (Comparison.Operator operator : Comparison.Operator.values()) {
                check(operator, left, constant);
            }
        }
    }

    @Test
    void integersOfDifferentWidthsCompare() {
        Vector ints = Eval.column(DataType.INTEGER, Integer.MIN_VALUE, -1, 0, Integer.MAX_VALUE);
        Vector longs = Eval.column(DataType.BIGINT, Long.MIN_VALUE, -1L, 1L, 1L << 40);
        for (Comparison.Operator operator : Comparison.Operator.values()) {
            check(operator, ints, longs);
            for (int p = 0; p < 4; p++) {
                check(operator, ints, Eval.constant(longs, p, 4));
            }
        }
    }

    private static void check(Comparison.Operator operator, Vector left, Vector right) {
        List<@Nullable Object> expected = new ArrayList<>();
        for (int p = 0; p < left.size(); p++) {
            expected.add(
                    left.isNull(p) || right.isNull(p)
                            ? null
                            : (Object) operator.accepts(ValueOrder.compare(left, p, right, p)));
        }
        Expression comparison = Comparison.of(operator, Eval.col(0, left.type()), Eval.col(1, right.type()));
        assertThat(Eval.all(comparison, left, right))
                .as(operator + " " + left.type())
                .isEqualTo(expected);
        assertThat(Eval.all(Not.of(comparison), left, right))
                .isEqualTo(expected.stream()
                        .map(v -> v == null ? null : (Object) !((Boolean) v))
                        .toList());
    }

    @Test
    void nullConstantGivesNull() {
        Expression comparison = Comparison.of(
                Comparison.Operator.EQUAL, Eval.col(0, DataType.INTEGER), Literal.ofNull(DataType.INTEGER));
        assertThat(Eval.all(comparison, Eval.column(DataType.INTEGER, 1, null))).isEqualTo(Arrays.asList(null, null));
    }

    @Test
    void typesThatDoNotCompareAreAPlannerBug() {
        assertThatThrownBy(() -> Comparison.of(
                        Comparison.Operator.EQUAL, Eval.col(0, DataType.INTEGER), Eval.col(1, DataType.VARCHAR)))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("INTEGER");
    }
}
