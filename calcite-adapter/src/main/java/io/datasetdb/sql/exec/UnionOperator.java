// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec;

import io.datasetdb.vector.Batch;
import io.datasetdb.vector.DataType;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** All rows of all inputs, one input after the other (UNION ALL). */
public final class UnionOperator extends InputOperator {
    /** Pieces of one input; from there on they are those of the next. */
    private static final long PIECES = 1L << 40;

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
            int[] all = IntStream.range(0, inputs.size()).toArray();
            return new UnionOperator(run, Operators.create(run, inputs), all);
        }

        /** The {@code i}th parts of all inputs, one after the other. */
        @Override
        public List<Operator> split(Run run, int count) {
            List<List<Operator>> parts = Operators.split(run, inputs, count);
            int most = parts.stream().mapToInt(List::size).max().orElse(0);
            List<Operator> result = new ArrayList<>();
            for (int i = 0; i < Math.max(1, most); i++) {
                int part = i;
                int[] those = IntStream.range(0, inputs.size())
                        .filter(input -> part < parts.get(input).size())
                        .toArray();
                List<Operator> sources = Arrays.stream(those)
                        .mapToObj(input -> parts.get(input).get(part))
                        .toList();
                result.add(new UnionOperator(run, sources, those));
            }
            return result;
        }
    }

    private final int[] numbers;
    private int current;

    /**
     * @param numbers which of the union's inputs these are
     */
    private UnionOperator(Run run, List<Operator> inputs, int[] numbers) {
        super(run, "rows", inputs);
        this.numbers = numbers;
    }

    @Override
    @Nullable
    Batch produce() {
        while (current < numbers.length) {
            Batch batch = pull(current);
            if (batch != null) {
                return batch;
            }
            current++;
        }
        return null;
    }

    @Override
    public long piece() {
        return numbers[current] * PIECES + Math.min(pieceOf(current), PIECES - 1);
    }
}
