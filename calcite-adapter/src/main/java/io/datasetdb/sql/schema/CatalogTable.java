// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.schema;

import com.google.common.collect.ImmutableList;
import org.apache.calcite.plan.RelOptTable;
import org.apache.calcite.prepare.RelOptTableImpl;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.logical.LogicalTableScan;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.schema.Statistic;
import org.apache.calcite.schema.Statistics;
import org.apache.calcite.schema.TranslatableTable;
import org.apache.calcite.schema.impl.AbstractTable;
import org.jspecify.annotations.Nullable;

/** A {@link BatchTable} as Calcite's planner sees it. */
public final class CatalogTable extends AbstractTable implements TranslatableTable {
    private final BatchTable table;

    public CatalogTable(BatchTable table) {
        this.table = table;
    }

    public BatchTable table() {
        return table;
    }

    @Override
    public RelDataType getRowType(RelDataTypeFactory typeFactory) {
        return TypeMapping.toRowType(typeFactory, table.schema());
    }

    @Override
    public Statistic getStatistic() {
        long rows = table.rowCount();
        return rows < 0 ? Statistics.UNKNOWN : Statistics.of((double) rows, ImmutableList.of());
    }

    @Override
    public <C extends Object> @Nullable C unwrap(Class<C> type) {
        return type.isInstance(table) ? type.cast(table) : super.unwrap(type);
    }

    /**
     * A scan of this table under its display name: Calcite compares scans by name, and two calls of one table function share
     * theirs.
     */
    @Override
    public RelNode toRel(RelOptTable.ToRelContext context, RelOptTable relOptTable) {
        RelOptTable named = RelOptTableImpl.create(
                relOptTable.getRelOptSchema(),
                relOptTable.getRowType(),
                ImmutableList.of(table.displayName()),
                this,
                type -> null);
        return LogicalTableScan.create(context.getCluster(), named, context.getTableHints());
    }
}
