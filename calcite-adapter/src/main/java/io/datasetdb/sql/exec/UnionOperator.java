// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec;

import io.datasetdb.vector.Batch;
import io.datasetdb.vector.DataType;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All rows of all inputs, one input after the other (UNION ALL). */
public final class UnionOperator extends InputOperator {
    /**
     * @param inputs at least one, all with the same types
     */
    public record Factory(List<OperatorFactory> inputs) implements OperatorFactory {
        public Factory {
            inputs = List.copyOf(inputs);
        }

        @Override
        public List<DataType> types() {
            return inputs.get(0).types();
        }

        @Override
        public Operator create(Run run) {
            return new UnionOperator(run, Operators.create(run, inputs));
        }

        /** The {@code i}th parts of all inputs, one after the other. */
        @Override
        public List<Operator> split(Run run, int count) {
            List<List<Operator>> parts = Operators.split(run, inputs, count);
            int most = parts.stream().mapToInt(List::size).max().orElse(0);
            List<Operator> result = new ArrayList<>();
            for (int i = 0; i < Math.max(1, most); i++) {
                int part = i;
                result.add(new UnionOperator(
                        run,
                        parts.stream()
                                .filter(input -> part < input.size())
                                .map(input -> input.get(part))
                                .toList()));
            }
            return result;
        }
    }

    private final int inputs;
    private int current;

    private UnionOperator(Run run, List<Operator> inputs) {
        super(run, "rows", inputs);
        this.inputs = inputs.size();
    }

    @Override
    @Nullable
    Batch produce() {
        while (current < inputs) {
            Batch batch = pull(current);
            if (batch != null) {
                return batch;
            }
            current++;
        }
        return null;
    }
}
