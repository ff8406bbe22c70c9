// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.plan;

import io.datasetdb.sql.exec.AggregateOperator;
import io.datasetdb.sql.exec.OperatorFactory;
import io.datasetdb.sql.exec.ProjectOperator;
import io.datasetdb.sql.exec.aggregate.AggregateCall;
import io.datasetdb.sql.exec.aggregate.StandardAggregate;
import io.datasetdb.sql.kernel.ColumnReference;
import io.datasetdb.sql.kernel.Expression;
import io.datasetdb.sql.kernel.nested.RowConstructor;
import io.datasetdb.sql.schema.TypeMapping;
import io.datasetdb.vector.DataType;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Collect;

/** ARRAY(query) and MULTISET(query): all rows of the input as one list. */
final class BatchCollect extends Collect implements BatchRel {
    private BatchCollect(Collect origin, RelTraitSet traits, RelNode input) {
        super(origin.getCluster(), traits, input, origin.getRowType());
    }

    static BatchRel of(Collect collect, BatchRel input) {
        return new BatchCollect(collect, BatchRules.traits(collect), input);
    }

    @Override
    public RelNode copy(RelTraitSet traits, RelNode input) {
        return new BatchCollect(this, traits, input);
    }

    @Override
    public OperatorFactory implement(BatchImplementor implementor) {
        OperatorFactory input = implementor.visit(getInput());
        DataType type = TypeMapping.toDataTypes(getRowType()).get(0);
        DataType element = ((DataType.Array) type).element();
        if (!element.equals(input.types().get(0))) {
            List<Expression> fields = new ArrayList<>();
            for (int i = 0; i < input.types().size(); i++) {
                fields.add(new ColumnReference(i, input.types().get(i)));
            }
            input = new ProjectOperator.Factory(input, List.of(RowConstructor.of(fields, (DataType.Row) element)));
        }
        return new AggregateOperator.Factory(
                input, new int[0], List.of(new int[0]), List.of(AggregateCall.of(StandardAggregate.COLLECT, type, 0)));
    }
}
