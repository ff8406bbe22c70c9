// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.plan;

import com.google.common.collect.ImmutableList;
import io.datasetdb.sql.exec.OperatorFactory;
import io.datasetdb.sql.exec.ValuesOperator;
import io.datasetdb.sql.schema.TypeMapping;
import java.util.List;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexLiteral;

/** Literal rows. */
final class BatchValues extends Values implements BatchRel {
    BatchValues(
            RelOptCluster cluster,
            RelDataType rowType,
            ImmutableList<ImmutableList<RexLiteral>> tuples,
            RelTraitSet traits) {
        super(cluster, rowType, tuples, traits);
    }

    @Override
    public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
        return new BatchValues(getCluster(), getRowType(), getTuples(), traits);
    }

    @Override
    public OperatorFactory implement(BatchImplementor implementor) {
        List<io.datasetdb.vector.DataType> types = TypeMapping.toDataTypes(getRowType());
        return new ValuesOperator.Factory(types, implementor.literalRows(getTuples(), types));
    }
}
