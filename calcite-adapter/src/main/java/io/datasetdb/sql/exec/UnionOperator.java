// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec;

import io.datasetdb.vector.Batch;
import io.datasetdb.vector.DataType;
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
            return new UnionOperator(run, this);
        }
    }

    private final int inputs;
    private int current;

    private UnionOperator(Run run, Factory factory) {
        super(run, factory.inputs, "rows");
        this.inputs = factory.inputs.size();
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
