// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec;

import io.datasetdb.sql.kernel.Expression;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Vector;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Computes new columns; the selection stays as it is. */
public final class ProjectOperator extends InputOperator {
    /**
     * @param common computed first, each over the input's columns and those before it
     * @param expressions one a column of the result, over the input's columns and the common ones after them
     */
    public record Factory(OperatorFactory input, List<Expression> common, List<Expression> expressions)
            implements OperatorFactory {
        public Factory {
            common = List.copyOf(common);
            expressions = List.copyOf(expressions);
        }

        /** Nothing in common. */
        public Factory(OperatorFactory input, List<Expression> expressions) {
            this(input, List.of(), expressions);
        }

        @Override
        public List<DataType> types() {
            return expressions.stream().map(Expression::type).toList();
        }

        @Override
        public Operator create(Run run) {
            return new ProjectOperator(run, this, input.create(run));
        }

        @Override
        public List<Operator> split(Run run, int count) {
            return Operators.over(input.split(run, count), source -> new ProjectOperator(run, this, source));
        }
    }

    private final List<Expression> common;
    private final List<Expression> expressions;

    private ProjectOperator(Run run, Factory factory, Operator input) {
        super(run, "projected rows", List.of(input));
        this.common = factory.common;
        this.expressions = factory.expressions;
    }

    @Override
    @Nullable
    Batch produce() {
        Batch batch = pull(0);
        if (batch == null) {
            return null;
        }
        for (Expression expression : common) {
            List<Vector> more = new ArrayList<>(batch.columns());
            more.add(expression.evaluate(batch, batch.selection(), run.bindings()));
            batch = new Batch(more, batch.rowCount(), batch.selection());
        }
        List<Vector> columns = new ArrayList<>(expressions.size());
        for (Expression expression : expressions) {
            columns.add(expression.evaluate(batch, batch.selection(), run.bindings()));
        }
        return new Batch(columns, batch.rowCount(), batch.selection());
    }

    @Override
    public long piece() {
        return pieceOf(0);
    }
}
