// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.plan;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.sql.SqlError;
import io.datasetdb.sql.exec.OperatorFactory;
import io.datasetdb.sql.exec.RecursiveOperator;
import io.datasetdb.sql.exec.WorkingTableOperator;
import io.datasetdb.sql.schema.TypeMapping;
import java.util.List;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.plan.RelTraitSet;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.RepeatUnion;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.logical.LogicalRepeatUnion;
import org.apache.calcite.schema.TransientTable;

/** WITH RECURSIVE: the seed once, then the step over the rows of the round before, until a round adds none. */
final class BatchRecursion extends RepeatUnion implements BatchRel {
    private BatchRecursion(
            RelNode origin,
            RelTraitSet traits,
            RelNode seed,
            RelNode step,
            boolean all,
            int limit,
            RelOptTable workingTable) {
        super(origin.getCluster(), traits, seed, step, all, limit, workingTable);
    }

    static BatchRel of(LogicalRepeatUnion union) {
        return new BatchRecursion(
                union,
                BatchRules.traits(union),
                BatchRules.convert(union.getSeedRel()),
                BatchRules.convert(union.getIterativeRel()),
                union.all,
                union.iterationLimit,
                java.util.Objects.requireNonNull(union.getTransientTable()));
    }

    /** The step's scan of the round before. */
    static BatchRel workingTable(TableScan scan) {
        if (scan.getTable().unwrap(TransientTable.class) == null) {
            throw new DatasetDbException(
                    SqlError.INTERNAL,
                    "Cannot plan the statement: a table has no batches ("
                            + scan.getTable().getQualifiedName() + ")");
        }
        return new WorkingTableScan(scan);
    }

    @Override
    public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
        return new BatchRecursion(
                this,
                traits,
                inputs.get(0),
                inputs.get(1),
                all,
                iterationLimit,
                java.util.Objects.requireNonNull(getTransientTable()));
    }

    @Override
    public OperatorFactory implement(BatchImplementor implementor) {
        return new RecursiveOperator.Factory(
                implementor.visit(getSeedRel()),
                implementor.visit(getIterativeRel()),
                key(java.util.Objects.requireNonNull(getTransientTable())),
                all,
                iterationLimit);
    }

    /** The table object that the union and the scans inside it share. */
    private static Object key(RelOptTable table) {
        return java.util.Objects.requireNonNull(table.unwrap(TransientTable.class));
    }

    private static final class WorkingTableScan extends TableScan implements BatchRel {
        WorkingTableScan(TableScan scan) {
            super(scan.getCluster(), BatchRules.traits(scan), List.of(), scan.getTable());
        }

        @Override
        public OperatorFactory implement(BatchImplementor implementor) {
            return new WorkingTableOperator.Factory(key(getTable()), TypeMapping.toDataTypes(getRowType()));
        }
    }
}
