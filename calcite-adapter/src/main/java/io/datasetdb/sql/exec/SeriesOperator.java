// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec;

import io.datasetdb.sql.kernel.nested.Series;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.IntVector;
import io.datasetdb.vector.LongVector;
import io.datasetdb.vector.Validity;
import io.datasetdb.vector.Vector;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Makes of every row one for each element of a {@link Series}. The last three columns of the input are its start, stop and
 * step (both BIGINT, or both TIMESTAMP and an interval); if one of them is NULL there are no elements. The result has the
 * input's other columns, then the element, then its number.
 */
public final class SeriesOperator extends InputOperator {
    private static final int ARGUMENTS = 3;

    /**
     * @param inclusive whether the stop belongs to the series
     * @param withOrdinality whether to add the element's number, INTEGER from 1
     * @param outer whether an input row without elements yields one row of NULLs rather than none
     */
    public record Factory(OperatorFactory input, boolean inclusive, boolean withOrdinality, boolean outer)
            implements OperatorFactory {
        @Override
        public List<DataType> types() {
            List<DataType> inputs = input.types();
            List<DataType> types = new ArrayList<>(inputs.subList(0, inputs.size() - ARGUMENTS));
            types.add(element());
            if (withOrdinality) {
                types.add(DataType.INTEGER);
            }
            return List.copyOf(types);
        }

        private DataType element() {
            List<DataType> inputs = input.types();
            return inputs.get(inputs.size() - ARGUMENTS);
        }

        @Override
        public Operator create(Run run) {
            return new SeriesOperator(run, this, input.create(run));
        }

        @Override
        public List<Operator> split(Run run, int count) {
            return Operators.over(input.split(run, count), source -> new SeriesOperator(run, this, source));
        }
    }

    private final Factory factory;
    private final DataType element;
    private final int kept;
    private @Nullable Batch current;
    private final Vector[] arguments = new Vector[ARGUMENTS];
    private int place;
    private @Nullable Series series;
    private long next;

    private SeriesOperator(Run run, Factory factory, Operator input) {
        super(run, "rows of a series", List.of(input));
        this.factory = factory;
        this.element = factory.element();
        this.kept = factory.input.types().size() - ARGUMENTS;
    }

    @Override
    @Nullable
    Batch produce() {
        Batch batch = current;
        if (batch == null) {
            batch = pull(0);
            if (batch == null) {
                return null;
            }
            current = batch;
            place = 0;
            for (int i = 0; i < ARGUMENTS; i++) {
                arguments[i] = batch.column(kept + i).flatten();
            }
        }
        return expand(batch);
    }

    /** The next rows of the current batch. */
    private Batch expand(Batch batch) {
        int[] parents = new int[Batch.SIZE];
        long[] values = new long[Batch.SIZE];
        int[] numbers = new int[Batch.SIZE];
        long[] validity = null;
        int count = 0;
        while (place < batch.size() && count < Batch.SIZE) {
            int position = batch.selection().position(place);
            Series elements = series;
            if (elements == null) {
                elements = seriesAt(position);
                series = elements;
                next = 0;
            }
            if (elements == null || elements.size() == 0) {
                if (factory.outer) {
                    validity = validity == null ? Validity.allValid(Batch.SIZE) : validity;
                    Validity.setNull(validity, count);
                    parents[count++] = position;
                }
                place++;
                series = null;
                continue;
            }
            for (; count < Batch.SIZE && next < elements.size(); count++) {
                parents[count] = position;
                values[count] = elements.get(next++);
                numbers[count] = (int) next;
            }
            if (next == elements.size()) {
                place++;
                series = null;
            }
        }
        if (place == batch.size()) {
            current = null;
        }
        return result(batch, parents, values, numbers, validity, count);
    }

    private @Nullable Series seriesAt(int position) {
        for (Vector argument : arguments) {
            if (argument.isNull(position)) {
                return null;
            }
        }
        return Series.of(
                number(0, position), number(1, position), number(2, position), arguments[2].type(), factory.inclusive);
    }

    private long number(int argument, int position) {
        return ((LongVector) arguments[argument]).values()[position];
    }

    private Batch result(
            Batch batch, int[] parents, long[] values, int[] numbers, long @Nullable [] validity, int count) {
        List<Vector> columns = new ArrayList<>();
        for (int i = 0; i < kept; i++) {
            columns.add(batch.column(i).gather(parents, count));
        }
        columns.add(new LongVector(element, count, values, validity));
        if (factory.withOrdinality) {
            columns.add(new IntVector(DataType.INTEGER, count, numbers, validity));
        }
        return Batch.of(columns, count);
    }

    @Override
    public long piece() {
        return pieceOf(0);
    }
}
