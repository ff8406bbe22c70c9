// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec;

import io.datasetdb.sql.kernel.Expression;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Vector;
import io.datasetdb.vector.VectorBuilder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rows that the statement itself spells out. */
public final class ValuesOperator implements Operator {
    /**
     * @param types the columns
     * @param rows one expression a column, of exactly its type; may refer to parameters and correlations, not to
     * columns
     */
    public record Factory(List<DataType> types, List<List<Expression>> rows) implements OperatorFactory {
        public Factory {
            types = List.copyOf(types);
            rows = rows.stream().map(List::copyOf).toList();
        }

        @Override
        public Operator create(Run run) {
            return new ValuesOperator(run, this);
        }
    }

    private final Run run;
    private final Factory factory;
    private int row;

    private ValuesOperator(Run run, Factory factory) {
        this.run = run;
        this.factory = factory;
    }

    @Override
    public @Nullable Batch next() {
        run.checkCancelled();
        int end = Math.min(factory.rows.size(), row + Batch.SIZE);
        int count = end - row;
        if (count <= 0) {
            return null;
        }
        List<Vector> columns = new ArrayList<>(factory.types.size());
        for (int column = 0; column < factory.types.size(); column++) {
            columns.add(column(column, end));
        }
        row = end;
        return Batch.of(columns, count);
    }

    private Vector column(int column, int end) {
        VectorBuilder builder = VectorBuilder.of(factory.types.get(column), end - row);
        for (int i = row; i < end; i++) {
            builder.append(Scalars.vector(factory.rows.get(i).get(column), run.bindings()), 0);
        }
        return builder.build();
    }

    @Override
    public void close() {
        row = factory.rows.size();
    }
}
