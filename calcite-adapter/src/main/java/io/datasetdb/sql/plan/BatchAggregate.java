// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.plan;

import io.datasetdb.sql.exec.AggregateOperator;
import io.datasetdb.sql.exec.OperatorFactory;
import io.datasetdb.sql.exec.Optimization;
import io.datasetdb.sql.schema.TypeMapping;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Aggregate;
import org.apache.calcite.rel.core.AggregateCall;
import org.apache.calcite.rel.logical.LogicalAggregate;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.util.ImmutableBitSet;
import org.jspecify.annotations.Nullable;

/** GROUP BY and DISTINCT, with grouping sets. */
final class BatchAggregate extends Aggregate implements BatchRel {
    private BatchAggregate(
            RelOptCluster cluster,
            RelTraitSet traits,
            RelNode input,
            ImmutableBitSet groupSet,
            List<ImmutableBitSet> groupSets,
            List<AggregateCall> calls) {
        super(cluster, traits, List.of(), input, groupSet, groupSets, calls);
    }

    static BatchRel of(LogicalAggregate aggregate, BatchRel input) {
        boolean hasLiterals = aggregate.getAggCallList().stream().anyMatch(BatchAggregate::isLiteral);
        List<AggregateCall> calls = aggregate.getAggCallList().stream()
                .filter(call -> !isLiteral(call))
                .toList();
        BatchRel result = new BatchAggregate(
                aggregate.getCluster(),
                BatchRules.traits(aggregate),
                input,
                aggregate.getGroupSet(),
                aggregate.getGroupSets(),
                calls);
        return hasLiterals ? withLiterals(aggregate, result) : result;
    }

    /** LITERAL_AGG is the same for every group: a constant column above the aggregation. */
    private static BatchRel withLiterals(LogicalAggregate aggregate, BatchRel result) {
        List<RexNode> projects = new ArrayList<>();
        int next = 0;
        for (; next < aggregate.getGroupCount(); next++) {
            projects.add(RexInputRef.of(next, result.getRowType()));
        }
        for (AggregateCall call : aggregate.getAggCallList()) {
            projects.add(isLiteral(call) ? call.rexList.get(0) : RexInputRef.of(next++, result.getRowType()));
        }
        return new BatchProject(
                aggregate.getCluster(), BatchRules.traits(aggregate), result, projects, aggregate.getRowType());
    }

    private static boolean isLiteral(AggregateCall call) {
        return call.getAggregation().getKind() == SqlKind.LITERAL_AGG;
    }

    /** Every different row once. */
    static BatchRel distinct(BatchRel input, RelDataType rowType) {
        ImmutableBitSet all = ImmutableBitSet.range(input.getRowType().getFieldCount());
        BatchRel distinct =
                new BatchAggregate(input.getCluster(), BatchRules.traits(input), input, all, List.of(all), List.of());
        List<RexNode> projects = new ArrayList<>();
        RelDataTypeFactory.Builder type = input.getCluster().getTypeFactory().builder();
        for (RelDataTypeField field : rowType.getFieldList()) {
            projects.add(RexInputRef.of(field.getIndex(), distinct.getRowType()));
            type.add(field);
        }
        return new BatchProject(input.getCluster(), BatchRules.traits(input), distinct, projects, type.build());
    }

    @Override
    public Aggregate copy(
            RelTraitSet traits,
            RelNode input,
            ImmutableBitSet newGroupSet,
            @Nullable List<ImmutableBitSet> newGroupSets,
            List<AggregateCall> calls) {
        List<ImmutableBitSet> sets = newGroupSets == null ? List.of(newGroupSet) : newGroupSets;
        return new BatchAggregate(getCluster(), traits, input, newGroupSet, sets, calls);
    }

    @Override
    public OperatorFactory implement(BatchImplementor implementor) {
        return new AggregateOperator.Factory(
                implementor.visit(getInput()),
                getGroupSet().toArray(),
                getGroupSets().stream().map(ImmutableBitSet::toArray).toList(),
                getAggCallList().stream().map(BatchAggregate::call).toList(),
                RuleStages.uses(this, Optimization.FAST_GROUPS));
    }

    private static io.datasetdb.sql.exec.aggregate.AggregateCall call(AggregateCall call) {
        return new io.datasetdb.sql.exec.aggregate.AggregateCall(
                AggregateFunctions.of(call.getAggregation()),
                call.getArgList().stream().mapToInt(Integer::intValue).toArray(),
                call.isDistinct(),
                call.filterArg,
                SortKeys.of(call.getCollation()),
                call.ignoreNulls(),
                call.distinctKeys == null ? null : call.distinctKeys.toArray(),
                TypeMapping.toDataType(call.getType()));
    }
}
