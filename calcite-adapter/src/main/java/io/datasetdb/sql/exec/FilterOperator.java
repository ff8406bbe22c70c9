// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec;

import io.datasetdb.sql.kernel.Expression;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.DataType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Keeps the rows for which a condition is TRUE; nothing is copied. */
public final class FilterOperator extends InputOperator {
    /**
     * @param condition a BOOLEAN over the input's columns
     */
    public record Factory(OperatorFactory input, Expression condition) implements OperatorFactory {
        @Override
        public List<DataType> types() {
            return input.types();
        }

        @Override
        public Operator create(Run run) {
            return new FilterOperator(run, this, input.create(run));
        }

        @Override
        public List<Operator> split(Run run, int count) {
            return Operators.over(input.split(run, count), source -> new FilterOperator(run, this, source));
        }
    }

    private final Expression condition;

    private FilterOperator(Run run, Factory factory, Operator input) {
        super(run, "filtered rows", List.of(input));
        this.condition = factory.condition;
    }

    @Override
    @Nullable
    Batch produce() {
        Batch batch = pull(0);
        return batch == null ? null : batch.select(condition.filter(batch, batch.selection(), run.bindings()));
    }

    @Override
    public long piece() {
        return pieceOf(0);
    }
}
