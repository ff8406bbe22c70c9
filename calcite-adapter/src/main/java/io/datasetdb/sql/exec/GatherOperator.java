// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec;

import io.datasetdb.vector.Batch;
import io.datasetdb.vector.DataType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The rows of a divided step in the order in which they would come from the undivided one, as far as its parts know: the
 * root
 * of a plan for one consumer, with all threads beneath it.
 */
public final class GatherOperator extends InputOperator {
    /**
     * @param input what is divided, if there is something to divide
     */
    public record Factory(OperatorFactory input) implements OperatorFactory {
        @Override
        public List<DataType> types() {
            return input.types();
        }

        @Override
        public Operator create(Run run) {
            List<Operator> parts =
                    run.uses(Optimization.PARALLEL_ROOT) ? Operators.divided(run, input) : List.of(input.create(run));
            return parts.size() == 1 ? parts.get(0) : new GatherOperator(run, parts);
        }
    }

    private final ReadAhead ahead;

    private GatherOperator(Run run, List<Operator> parts) {
        super(run, "rows read ahead", parts);
        this.ahead = new ReadAhead(run, parts, memory);
    }

    /**
     * The next batch of the part with the lowest piece: every part's pieces only grow. Without an order the part that has
     * most to hand out, so that none has to wait.
     */
    @Override
    @Nullable
    Batch produce() {
        int first = -1;
        long lowest = 0;
        for (int i = 0; i < inputCount(); i++) {
            ReadAhead.Entry entry = ahead.peek(i);
            if (entry == null) {
                continue;
            }
            boolean longer = first >= 0 && entry.piece() == lowest && ahead.waiting(i) > ahead.waiting(first);
            if (first < 0 || entry.piece() < lowest || longer) {
                first = i;
                lowest = entry.piece();
            }
        }
        ReadAhead.Entry entry = first < 0 ? null : ahead.poll(first);
        return entry == null ? null : entry.batch();
    }
}
