// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.plan;

import io.datasetdb.sql.exec.OperatorFactory;
import io.datasetdb.sql.exec.UnnestOperator;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.SingleRel;
import org.apache.calcite.rel.core.CorrelationId;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.Uncollect;
import org.apache.calcite.rel.core.Values;
import org.apache.calcite.rel.logical.LogicalCorrelate;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rel.type.RelDataTypeField;
import org.apache.calcite.rex.RexCorrelVariable;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.apache.calcite.rex.RexUtil;
import org.jspecify.annotations.Nullable;

/** UNNEST: every row of the input once for each element of the lists in its last columns, with the elements behind it. */
final class BatchUnnest extends SingleRel implements BatchRel {
    private final int lists;
    private final boolean withOrdinality;
    private final boolean outer;

    /**
     * @param lists how many of the input's last columns are unnested
     * @param outer whether a row without elements stays, with NULLs
     */
    private BatchUnnest(
            RelOptCluster cluster,
            RelTraitSet traits,
            RelNode input,
            int lists,
            boolean withOrdinality,
            boolean outer,
            RelDataType rowType) {
        super(cluster, traits, input);
        this.lists = lists;
        this.withOrdinality = withOrdinality;
        this.outer = outer;
        this.rowType = rowType;
    }

    /** UNNEST by itself: all columns of the input are lists. */
    static BatchRel of(Uncollect uncollect, BatchRel input) {
        int count = input.getRowType().getFieldCount();
        BatchRel series = BatchSeries.of(input, 0, uncollect, false, uncollect.getRowType());
        return series != null ? series : elements(input, count, 0, uncollect, false, uncollect.getRowType());
    }

    /**
     * UNNEST of a column of the rows to its left, {@code FROM t, UNNEST(t.list)}, which then needs no correlation.
     *
     * @return {@code null} if the correlation is not of this form
     */
    static @Nullable BatchRel ofCorrelate(LogicalCorrelate correlate) {
        JoinRelType type = correlate.getJoinType();
        if ((type != JoinRelType.INNER && type != JoinRelType.LEFT)
                || !(correlate.getRight() instanceof Uncollect uncollect)
                || !(uncollect.getInput() instanceof Project project)
                || !(project.getInput() instanceof Values values)
                || values.getTuples().size() != 1) {
            return null;
        }
        BatchRel left = BatchRules.convert(correlate.getLeft());
        List<RexNode> projects = new ArrayList<>();
        int columns = left.getRowType().getFieldCount();
        for (int i = 0; i < columns; i++) {
            projects.add(RexInputRef.of(i, left.getRowType()));
        }
        for (RexNode list : project.getProjects()) {
            if (RexUtil.containsInputRef(list)) {
                return null;
            }
            projects.add(inner(list, correlate.getCorrelationId(), left.getRowType()));
        }
        RelDataTypeFactory.Builder widened =
                correlate.getCluster().getTypeFactory().builder();
        widened.addAll(left.getRowType().getFieldList());
        widened.addAll(project.getRowType().getFieldList());
        BatchRel input = new BatchProject(
                correlate.getCluster(),
                BatchRules.traits(correlate),
                left,
                projects,
                widened.uniquify().build());
        boolean outer = type == JoinRelType.LEFT;
        BatchRel series = BatchSeries.of(input, columns, uncollect, outer, correlate.getRowType());
        if (series != null) {
            return series;
        }
        return elements(input, project.getProjects().size(), columns, uncollect, outer, correlate.getRowType());
    }

    private static RexNode inner(RexNode node, CorrelationId row, RelDataType rowType) {
        return node.accept(new RexShuttle() {
            @Override
            public RexNode visitFieldAccess(RexFieldAccess access) {
                boolean own =
                        access.getReferenceExpr() instanceof RexCorrelVariable variable && variable.id.equals(row);
                return own ? RexInputRef.of(access.getField().getIndex(), rowType) : super.visitFieldAccess(access);
            }
        });
    }

    /** The unnesting without the lists themselves: the input's first columns, then the elements. */
    private static BatchRel elements(
            BatchRel input, int lists, int kept, Uncollect uncollect, boolean outer, RelDataType result) {
        RelOptCluster cluster = input.getCluster();
        RelDataTypeFactory.Builder all = cluster.getTypeFactory().builder();
        all.addAll(input.getRowType().getFieldList());
        for (RelDataTypeField field : result.getFieldList().subList(kept, result.getFieldCount())) {
            all.add(field);
        }
        BatchRel unnest = new BatchUnnest(
                cluster,
                BatchRules.traits(input),
                input,
                lists,
                uncollect.withOrdinality,
                outer,
                all.uniquify().build());
        List<RexNode> projects = new ArrayList<>();
        for (int i = 0; i < unnest.getRowType().getFieldCount(); i++) {
            if (i < kept || i >= kept + lists) {
                projects.add(RexInputRef.of(i, unnest.getRowType()));
            }
        }
        return new BatchProject(cluster, BatchRules.traits(input), unnest, projects, result);
    }

    @Override
    public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
        return new BatchUnnest(getCluster(), traits, inputs.get(0), lists, withOrdinality, outer, getRowType());
    }

    @Override
    public RelWriter explainTerms(RelWriter writer) {
        return super.explainTerms(writer)
                .item("lists", lists)
                .itemIf("ordinality", true, withOrdinality)
                .itemIf("outer", true, outer);
    }

    @Override
    public OperatorFactory implement(BatchImplementor implementor) {
        int first = getInput().getRowType().getFieldCount() - lists;
        int[] columns = new int[lists];
        for (int i = 0; i < lists; i++) {
            columns[i] = first + i;
        }
        return new UnnestOperator.Factory(implementor.visit(getInput()), columns, withOrdinality, outer);
    }
}
