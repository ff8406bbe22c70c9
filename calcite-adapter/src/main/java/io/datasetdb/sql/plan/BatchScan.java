// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.plan;

import io.datasetdb.sql.exec.OperatorFactory;
import io.datasetdb.sql.exec.Optimization;
import io.datasetdb.sql.exec.ScanFilter;
import io.datasetdb.sql.exec.ScanOperator;
import io.datasetdb.sql.exec.SlotScanFilter;
import io.datasetdb.sql.exec.join.FilterSlot;
import io.datasetdb.sql.schema.BatchTable;
import io.datasetdb.sql.schema.TypeMapping;
import io.datasetdb.store.ColumnPath;
import io.datasetdb.store.Predicate;
import io.datasetdb.store.ScanRequest;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.RelWriter;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/**
 * Reads some columns, or fields inside them, of a table, leaving out rows of which the predicate is certain and all that do
 * not meet the conditions.
 */
final class BatchScan extends TableScan implements BatchRel {
    private final BatchTable source;
    private final List<ColumnPath> columns;
    private final @Nullable Predicate predicate;
    private final List<RexNode> conditions;

    BatchScan(
            RelOptCluster cluster,
            RelTraitSet traits,
            RelOptTable table,
            BatchTable source,
            List<ColumnPath> columns,
            RelDataType rowType,
            @Nullable Predicate predicate,
            List<RexNode> conditions) {
        super(cluster, traits, List.of(), table);
        this.source = source;
        this.columns = List.copyOf(columns);
        this.predicate = predicate;
        this.conditions = List.copyOf(conditions);
        this.rowType = rowType;
    }

    /** What rows must meet, over the columns of this scan. */
    List<RexNode> conditions() {
        return conditions;
    }

    /** The scan of all rows. */
    BatchScan unfiltered() {
        return new BatchScan(getCluster(), getTraitSet(), getTable(), source, columns, getRowType(), null, List.of());
    }

    @Override
    public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
        return new BatchScan(getCluster(), traits, getTable(), source, columns, getRowType(), predicate, conditions);
    }

    @Override
    public RelDataType deriveRowType() {
        return getRowType();
    }

    @Override
    public RelWriter explainTerms(RelWriter writer) {
        return super.explainTerms(writer)
                .item("columns", columns)
                .itemIf("predicate", predicate, predicate != null)
                .itemIf("filter", conditions, !conditions.isEmpty());
    }

    @Override
    public OperatorFactory implement(BatchImplementor implementor) {
        List<ScanFilter> filters = new ArrayList<>(implementor.filterTargets().of(this));
        for (RexNode condition : conditions) {
            filters.add(ScanConditions.filter(condition, implementor));
        }
        boolean keepsColumns = RuleStages.uses(this, Optimization.COLUMN_CACHE);
        return new ScanOperator.Factory(source.scan(new ScanRequest(columns, predicate, keepsColumns)), filters);
    }

    /** A filter of this column by the keys of a join above. */
    SlotScanFilter filter(FilterSlot slot, int column) {
        return new SlotScanFilter(
                slot,
                column,
                columns.get(column),
                TypeMapping.toDataType(getRowType().getFieldList().get(column).getType()));
    }
}
