// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.plan;

import java.util.List;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.SingleRel;

/** A step whose rows are wanted at several places of the plan and are computed once; the same object at each of them. */
final class Shared extends SingleRel {
    private final int number;

    private Shared(RelOptCluster cluster, RelTraitSet traits, RelNode input, int number) {
        super(cluster, traits, input);
        this.number = number;
    }

    /**
     * @param number tells the shared steps of a plan apart
     */
    static Shared of(RelNode input, int number) {
        return new Shared(input.getCluster(), input.getTraitSet(), input, number);
    }

    int number() {
        return number;
    }

    @Override
    public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
        return new Shared(getCluster(), traits, inputs.get(0), number);
    }

    @Override
    public RelWriter explainTerms(RelWriter writer) {
        return super.explainTerms(writer).item("number", number);
    }
}
