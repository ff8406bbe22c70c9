// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec;

import static org.assertj.core.api.Assertions.assertThat;

import io.datasetdb.sql.kernel.Bindings;
import io.datasetdb.sql.kernel.Expression;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.ConstantVector;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Selection;
import io.datasetdb.vector.Vector;
import io.datasetdb.vector.VectorBuilder;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/** Runs plans and turns their batches into rows. */
final class Runs {
    private Runs() {}

    static Run run() {
        return new Run(Bindings.none(Instant.EPOCH), 0);
    }

    static List<List<Object>> rows(OperatorFactory factory) {
        return rows(factory, run());
    }

    static List<List<Object>> rows(OperatorFactory factory, Run run) {
        List<List<Object>> rows;
        try (Operator operator = factory.create(run)) {
            rows = drained(operator, factory.types());
        }
        assertThat(run.memory().used()).as("all memory given back").isZero();
        run.close();
        return rows;
    }

    /** The rows that are left in an operator of these types. */
    static List<List<Object>> drained(Operator operator, List<DataType> types) {
        List<List<Object>> rows = new ArrayList<>();
        for (Batch batch = operator.next(); batch != null; batch = operator.next()) {
            assertThat(batch.size()).as("a batch is never empty").isPositive();
            assertThat(batch.columns().stream().map(Vector::type).toList()).isEqualTo(types);
            for (int i = 0; i < batch.size(); i++) {
                int position = batch.selection().position(i);
                List<Object> row = new ArrayList<>();
                for (Vector column : batch.columns()) {
                    assertThat(column.size()).isEqualTo(batch.rowCount());
                    row.add(column.getObject(position));
                }
                rows.add(row);
            }
        }
        assertThat(operator.next()).as("the end lasts").isNull();
        return rows;
    }

    /** An expression that computes a value from a row of objects. */
    static Expression expression(DataType type, Function<List<Object>, Object> function) {
        return new Expression() {
            @Override
            public DataType type() {
                return type;
            }

            @Override
            public Vector evaluate(Batch batch, Selection selection, Bindings bindings) {
                Object[] values = new Object[batch.rowCount()];
                for (int i = 0; i < selection.size(); i++) {
                    int position = selection.position(i);
                    List<Object> row = new ArrayList<>();
                    batch.columns().forEach(column -> row.add(column.getObject(position)));
                    values[position] = function.apply(row);
                }
                return VectorBuilder.vector(type, values);
            }
        };
    }

    /** A condition that answers NULL for {@code null}. */
    static Expression condition(Function<List<Object>, Boolean> function) {
        return expression(DataType.BOOLEAN, function::apply);
    }

    static Expression constant(DataType type, Object value) {
        return new Expression() {
            @Override
            public DataType type() {
                return type;
            }

            @Override
            public Vector evaluate(Batch batch, Selection selection, Bindings bindings) {
                return ConstantVector.of(VectorBuilder.vector(type, value), batch.rowCount());
            }
        };
    }

    /** The value of a correlation slot. */
    static Expression slot(DataType type, int slot) {
        return new Expression() {
            @Override
            public DataType type() {
                return type;
            }

            @Override
            public Vector evaluate(Batch batch, Selection selection, Bindings bindings) {
                return ConstantVector.of(VectorBuilder.vector(type, bindings.correlations()[slot]), batch.rowCount());
            }
        };
    }
}
