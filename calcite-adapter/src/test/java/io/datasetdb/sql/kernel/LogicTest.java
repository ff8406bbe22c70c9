// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import io.datasetdb.vector.Batch;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Selection;
import io.datasetdb.vector.Vector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class LogicTest {
    private static final Vector LEFT =
            Eval.column(DataType.BOOLEAN, true, true, true, false, false, false, null, null, null);
    private static final Vector RIGHT =
            Eval.column(DataType.BOOLEAN, true, false, null, true, false, null, true, false, null);
    private static final List<Expression> BOTH = List.of(Eval.col(0, DataType.BOOLEAN), Eval.col(1, DataType.BOOLEAN));

    /** Counts the positions that it is asked for. */
    private static final class Counting implements Expression {
        final List<Integer> asked = new ArrayList<>();
        private final Expression inner;

        Counting(Expression inner) {
            this.inner = inner;
        }

        @Override
        public DataType type() {
            return inner.type();
        }

        @Override
        public Vector evaluate(Batch batch, Selection selection, Bindings bindings) {
            for (int k = 0; k < selection.size(); k++) {
                asked.add(selection.position(k));
            }
            return inner.evaluate(batch, selection, bindings);
        }
    }

    @Test
    void andIsThreeValued() {
        assertThat(Eval.all(And.of(BOTH), LEFT, RIGHT))
                .isEqualTo(Arrays.asList(true, false, null, false, false, false, null, false, null));
    }

    @Test
    void orIsThreeValued() {
        assertThat(Eval.all(Or.of(BOTH), LEFT, RIGHT))
                .isEqualTo(Arrays.asList(true, true, true, true, false, null, true, null, null));
    }

    @Test
    void notAndTruthTestsKnowNull() {
        Vector values = Eval.column(DataType.BOOLEAN, true, false, null);
        Expression x = Eval.col(0, DataType.BOOLEAN);
        assertThat(Eval.all(Not.of(x), values)).isEqualTo(Arrays.asList(false, true, null));
        assertThat(Eval.all(TruthTest.isTrue(x), values)).isEqualTo(List.of(true, false, false));
        assertThat(Eval.all(TruthTest.isFalse(x), values)).isEqualTo(List.of(false, true, false));
        assertThat(Eval.all(TruthTest.isNotTrue(x), values)).isEqualTo(List.of(false, true, true));
        assertThat(Eval.all(TruthTest.isNotFalse(x), values)).isEqualTo(List.of(true, false, true));
        assertThat(Eval.all(NullTest.isNull(x), values)).isEqualTo(List.of(false, false, true));
    }

    @Test
    void emptyConjunctionIsTrueAndEmptyDisjunctionFalse() {
        assertThat(Eval.one(And.of(List.of()))).isEqualTo(true);
        assertThat(Eval.one(Or.of(List.of()))).isEqualTo(false);
    }

    @Test
    void operandsAreOnlyComputedWhereTheyMatter() {
        Batch batch = Batch.of(List.of(LEFT, RIGHT), 9);
        Counting second = new Counting(BOTH.get(1));
        And.of(List.of(BOTH.get(0), second)).filter(batch, Selection.all(9), Eval.NONE);
        assertThat(second.asked).isEqualTo(List.of(0, 1, 2));
        second.asked.clear();
        And.of(List.of(BOTH.get(0), second)).evaluate(batch, Selection.all(9), Eval.NONE);
        assertThat(second.asked).isEqualTo(List.of(0, 1, 2, 6, 7, 8));
        second.asked.clear();
        Or.of(List.of(BOTH.get(0), second)).evaluate(batch, Selection.all(9), Eval.NONE);
        assertThat(second.asked).isEqualTo(List.of(3, 4, 5, 6, 7, 8));
    }

    @Test
    void caseComputesOnlyTheBranchTaken() {
        Counting first = new Counting(Eval.lit(1, DataType.INTEGER));
        Counting second = new Counting(Eval.lit(2, DataType.INTEGER));
        Counting otherwise = new Counting(Eval.lit(3, DataType.INTEGER));
        Case choice = Case.of(BOTH, List.of(first, second), otherwise, DataType.INTEGER);
        assertThat(Eval.all(choice, LEFT, RIGHT)).isEqualTo(List.of(1, 1, 1, 2, 3, 3, 2, 3, 3));
        assertThat(first.asked).isEqualTo(List.of(0, 1, 2));
        assertThat(second.asked).isEqualTo(List.of(3, 6));
        assertThat(otherwise.asked).isEqualTo(List.of(4, 5, 7, 8));
    }

    @Test
    void coalesceStopsAtTheFirstValue() {
        Counting second = new Counting(BOTH.get(1));
        Expression coalesce = Coalesce.of(List.of(BOTH.get(0), second), DataType.BOOLEAN);
        assertThat(Eval.all(coalesce, LEFT, RIGHT))
                .isEqualTo(Arrays.asList(true, true, true, false, false, false, true, false, null));
        assertThat(second.asked).isEqualTo(List.of(6, 7, 8));
    }

    @Test
    void inFollowsTheNullRules() {
        Vector values = Eval.column(DataType.INTEGER, 1, 2, 0, null);
        Expression x = Eval.col(0, DataType.INTEGER);
        List<@Nullable Object> withNull = Arrays.asList(1, 0, null);
        assertThat(Eval.all(InSet.of(x, List.of(1, 0), false), values))
                .isEqualTo(Arrays.asList(true, false, true, null));
        assertThat(Eval.all(InSet.of(x, List.of(1, 0), true), values))
                .isEqualTo(Arrays.asList(false, true, false, null));
        assertThat(Eval.all(InSet.of(x, withNull, false), values)).isEqualTo(Arrays.asList(true, null, true, null));
        assertThat(Eval.all(InSet.of(x, withNull, true), values)).isEqualTo(Arrays.asList(false, null, false, null));
        assertThat(Eval.all(InSet.of(x, List.of(), false), values)).isEqualTo(Arrays.asList(false, false, false, null));
    }

    @Test
    void rangesIncludeTheirBoundsOrNot() {
        Vector values = Eval.column(DataType.VARCHAR, "a", "b", "c", "d", null);
        Expression x = Eval.col(0, DataType.VARCHAR);
        List<RangeSet.Range> ranges =
                List.of(new RangeSet.Range("a", false, "b", true), new RangeSet.Range("c", false, null, false));
        assertThat(Eval.all(RangeSet.of(x, ranges, RangeSet.NullAs.UNKNOWN), values))
                .isEqualTo(Arrays.asList(false, true, false, true, null));
        assertThat(Eval.all(RangeSet.of(x, ranges, RangeSet.NullAs.TRUE), values))
                .isEqualTo(List.of(false, true, false, true, true));
        assertThat(Eval.all(RangeSet.of(x, ranges, RangeSet.NullAs.FALSE), values))
                .isEqualTo(List.of(false, true, false, true, false));
        assertThat(Eval.all(RangeSet.of(x, List.of(), RangeSet.NullAs.FALSE), values))
                .isEqualTo(List.of(false, false, false, false, false));
    }

    @Test
    void distinctFromComparesNulls() {
        Expression distinct = DistinctFrom.of(BOTH.get(0), BOTH.get(1));
        assertThat(Eval.all(distinct, LEFT, RIGHT))
                .isEqualTo(List.of(false, true, true, true, false, true, true, true, false));
    }

    @Test
    void greatestAndLeastTreatNullsAsTold() {
        Vector a = Eval.column(DataType.DOUBLE, 1.0, Double.NaN, null, null);
        Vector b = Eval.column(DataType.DOUBLE, 2.0, 5.0, 3.0, null);
        List<Expression> x = List.of(Eval.col(0, DataType.DOUBLE), Eval.col(1, DataType.DOUBLE));
        assertThat(Eval.all(Extremum.greatest(x, DataType.DOUBLE, false), a, b))
                .isEqualTo(Arrays.asList(2.0, Double.NaN, null, null));
        assertThat(Eval.all(Extremum.least(x, DataType.DOUBLE, true), a, b))
                .isEqualTo(Arrays.asList(1.0, 5.0, 3.0, null));
    }
}
