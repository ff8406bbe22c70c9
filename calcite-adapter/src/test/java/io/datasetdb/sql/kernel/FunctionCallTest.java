// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.kernel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Selection;
import io.datasetdb.vector.Vector;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;

class FunctionCallTest {
    private static final Expression X = Eval.col(0, DataType.INTEGER);

    @Test
    void strictArgumentsKeepNullsFromTheBody() {
        AtomicInteger calls = new AtomicInteger();
        Expression strict = RowFunction.of("f", List.of(X), DataType.INTEGER, new boolean[] {true}, true, arguments -> {
            calls.incrementAndGet();
            return (Integer) arguments[0] + 1;
        });
        assertThat(Eval.all(strict, Eval.column(DataType.INTEGER, 1, null, 3))).isEqualTo(Arrays.asList(2, null, 4));
        assertThat(calls).hasValue(2);
        Expression lenient =
                RowFunction.of("g", List.of(X), DataType.VARCHAR, arguments -> arguments[0] == null ? "none" : "some");
        assertThat(Eval.all(lenient, Eval.column(DataType.INTEGER, 1, null))).isEqualTo(List.of("some", "none"));
    }

    @Test
    void dictionariesAndConstantsAreCalledOnceAnEntry() {
        AtomicInteger calls = new AtomicInteger();
        Expression f = RowFunction.of("f", List.of(X), DataType.INTEGER, arguments -> {
            calls.incrementAndGet();
            return arguments[0];
        });
        int[] ids = {0, 1, 0, 1, 0, 1, 0, 1};
        Vector dictionary =
                new io.datasetdb.vector.DictionaryVector(8, ids, Eval.column(DataType.INTEGER, 10, 20, 30), null);
        assertThat(Eval.all(f, dictionary)).isEqualTo(List.of(10, 20, 10, 20, 10, 20, 10, 20));
        assertThat(calls).hasValue(2);
        Eval.all(f, Eval.constant(Eval.column(DataType.INTEGER, 5), 0, 100));
        assertThat(calls).hasValue(3);
    }

    @Test
    void volatileFunctionsAreCalledForEveryRow() {
        AtomicInteger calls = new AtomicInteger();
        Expression next = RowFunction.of(
                "next", List.of(), DataType.INTEGER, new boolean[0], false, arguments -> calls.incrementAndGet());
        Vector result = next.evaluate(Batch.of(List.of(), 3), Selection.of(new int[] {0, 2}, 2), Eval.NONE);
        assertThat(result.getObject(0)).isEqualTo(1);
        assertThat(result.getObject(2)).isEqualTo(2);
    }

    @Test
    void failuresNameTheFunction() {
        Expression failing = RowFunction.of("boom", List.of(X), DataType.INTEGER, arguments -> {
            throw new java.io.IOException("no disk");
        });
        assertThatThrownBy(() -> Eval.all(failing, Eval.column(DataType.INTEGER, 1)))
                .isInstanceOf(DatasetDbException.class)
                .hasMessage("Cannot call boom: no disk")
                .extracting(e -> ((DatasetDbException) e).sqlState())
                .isEqualTo("38000");
        Expression wrong = RowFunction.of("wrong", List.of(X), DataType.INTEGER, arguments -> "text");
        assertThatThrownBy(() -> Eval.all(wrong, Eval.column(DataType.INTEGER, 1)))
                .isInstanceOf(DatasetDbException.class)
                .hasMessage("Cannot call wrong: its result is no INTEGER (text)");
    }
}
