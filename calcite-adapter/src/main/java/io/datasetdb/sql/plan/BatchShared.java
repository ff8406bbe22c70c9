// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.plan;

import io.datasetdb.sql.exec.OperatorFactory;
import java.util.List;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.SingleRel;

/** Rows that several places of the plan read and that are computed once; of one number, all have the same input. */
final class BatchShared extends SingleRel implements BatchRel {
    private final int number;

    private BatchShared(RelTraitSet traits, RelNode input, int number) {
        super(input.getCluster(), traits, input);
        this.number = number;
    }

    static BatchRel of(Shared shared, BatchRel input) {
        return new BatchShared(BatchRules.traits(shared), input, shared.number());
    }

    @Override
    public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
        return new BatchShared(traits, inputs.get(0), number);
    }

    @Override
    public RelWriter explainTerms(RelWriter writer) {
        return super.explainTerms(writer).item("number", number);
    }

    @Override
    public OperatorFactory implement(BatchImplementor implementor) {
        return implementor.shared(number, getInput());
    }
}
