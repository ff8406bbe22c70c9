// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec;

import io.datasetdb.vector.Batch;
import io.datasetdb.vector.DataType;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A step that keeps account of what it does: only plans that are to be explained have such steps. */
public final class MeasuredFactory implements OperatorFactory {
    private final OperatorFactory step;

    public MeasuredFactory(OperatorFactory step) {
        this.step = step;
    }

    /** The step itself. */
    public OperatorFactory step() {
        return step;
    }

    /** What the step did in a run so far. */
    public StepProfile profile(Run run) {
        return StepProfile.of(run, this);
    }

    @Override
    public List<DataType> types() {
        return step.types();
    }

    @Override
    public Operator create(Run run) {
        StepProfile profile = profile(run);
        return new Measured(profile, profile.timed(() -> step.create(run.of(profile))));
    }

    @Override
    public List<Operator> split(Run run, int count) {
        StepProfile profile = profile(run);
        List<Operator> parts = profile.timed(() -> step.split(run.of(profile), count));
        return parts.stream().<Operator>map(part -> new Measured(profile, part)).toList();
    }

    private record Measured(StepProfile profile, Operator operator) implements Operator {
        @Override
        public @Nullable Batch next() {
            Batch batch = profile.<@Nullable Batch>timed(operator::next);
            if (batch != null) {
                profile.addRows(batch.size());
            }
            return batch;
        }

        @Override
        public long piece() {
            return operator.piece();
        }

        @Override
        public void close() {
            profile.<Boolean>timed(() -> {
                operator.close();
                return true;
            });
        }
    }
}
