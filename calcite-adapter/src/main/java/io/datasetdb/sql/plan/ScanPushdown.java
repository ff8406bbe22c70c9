// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.plan;

import io.datasetdb.sql.exec.Optimization;
import io.datasetdb.sql.schema.BatchTable;
import io.datasetdb.sql.schema.TypeMapping;
import io.datasetdb.store.ColumnPath;
import io.datasetdb.store.Predicate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.plan.RelOptCluster;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.Filter;
import org.apache.calcite.rel.core.Project;
import org.apache.calcite.rel.core.TableScan;
import org.apache.calcite.rel.type.RelDataType;
import org.apache.calcite.rel.type.RelDataTypeFactory;
import org.apache.calcite.rex.RexFieldAccess;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.apache.calcite.rex.RexShuttle;
import org.jspecify.annotations.Nullable;

/**
 * Narrows a scan to the columns, and the fields inside ROW columns, that the projection and the filter right above it use,
 * and moves the filter into it: as a predicate to prune by, which is only ever coarse, and as conditions on every row.
 */
final class ScanPushdown {
    private final TableScan scan;
    private final BatchTable table;
    private final Map<ColumnPath, RexInputRef> used = new LinkedHashMap<>();

    private ScanPushdown(TableScan scan) {
        this.scan = scan;
        this.table = java.util.Objects.requireNonNull(scan.getTable().unwrap(BatchTable.class), "BatchTable");
    }

    /** A scan of all columns. */
    static BatchRel scan(TableScan scan) {
        ScanPushdown pushdown = new ScanPushdown(scan);
        pushdown.allColumns();
        return pushdown.batchScan(null, List.of());
    }

    /** A filter over a scan of all columns. */
    static BatchRel filter(Filter filter, TableScan scan) {
        ScanPushdown pushdown = new ScanPushdown(scan);
        pushdown.allColumns();
        return pushdown.filtered(filter.getCondition());
    }

    /** A projection over a filter, or without one, over a scan. */
    static BatchRel project(Project project, @Nullable Filter filter, TableScan scan) {
        ScanPushdown pushdown = new ScanPushdown(scan);
        List<RexNode> projects =
                project.getProjects().stream().map(pushdown::narrow).toList();
        RexNode condition = filter == null ? null : pushdown.narrow(filter.getCondition());
        BatchRel input = condition == null ? pushdown.batchScan(null, List.of()) : pushdown.filtered(condition);
        return BatchProject.of(input, projects, project.getRowType());
    }

    /** Just the rows that pass a filter, or all, of which no column is used; there are those that the filter needs. */
    static BatchRel rows(@Nullable Filter filter, TableScan scan) {
        ScanPushdown pushdown = new ScanPushdown(scan);
        BatchRel rows = filter == null
                ? pushdown.batchScan(null, List.of())
                : pushdown.filtered(pushdown.narrow(filter.getCondition()));
        return rows instanceof BatchScan found ? found.counted() : rows;
    }

    private void allColumns() {
        for (int i = 0; i < scan.getRowType().getFieldCount(); i++) {
            use(RexInputRef.of(i, scan.getRowType()));
        }
    }

    /** The expression over the narrowed scan's columns. */
    private RexNode narrow(RexNode node) {
        return node.accept(new RexShuttle() {
            @Override
            public RexNode visitInputRef(RexInputRef reference) {
                return use(reference);
            }

            @Override
            public RexNode visitFieldAccess(RexFieldAccess access) {
                return path(access) == null ? super.visitFieldAccess(access) : use(access);
            }
        });
    }

    private RexInputRef use(RexNode node) {
        ColumnPath path = java.util.Objects.requireNonNull(path(node));
        return used.computeIfAbsent(path, key -> new RexInputRef(used.size(), node.getType()));
    }

    private @Nullable ColumnPath path(RexNode node) {
        if (node instanceof RexInputRef reference) {
            return ColumnPath.of(table.schema().field(reference.getIndex()).name());
        }
        if (node instanceof RexFieldAccess access) {
            ColumnPath parent = path(access.getReferenceExpr());
            if (parent != null) {
                List<String> names = new ArrayList<>(parent.names());
                names.add(access.getField().getName());
                return new ColumnPath(names);
            }
        }
        return null;
    }

    private BatchRel filtered(RexNode condition) {
        List<ColumnPath> columns = List.copyOf(used.keySet());
        Predicates.Pruning pruning = RuleStages.uses(scan, Optimization.FILTER_PUSHDOWN)
                ? Predicates.of(scan.getCluster().getRexBuilder(), condition, columns, table.matchesPatterns())
                : new Predicates.Pruning(null, false);
        Predicate predicate = pruning.predicate();
        boolean isMet = predicate != null && pruning.exact() && table.meets(predicate);
        BatchScan filtered = batchScan(predicate, ScanConditions.of(condition));
        return isMet
                ? filtered.metBySource()
                : RuleStages.uses(scan, Optimization.LATE_MATERIALIZATION)
                        ? filtered
                        : new BatchFilter(
                                scan.getCluster(), BatchRules.traits(scan), batchScan(predicate, List.of()), condition);
    }

    private BatchScan batchScan(@Nullable Predicate predicate, List<RexNode> conditions) {
        RelOptCluster cluster = scan.getCluster();
        RelDataTypeFactory.Builder type = cluster.getTypeFactory().builder();
        used.forEach((path, reference) -> type.add(path.toString(), nullableBelow(path, reference.getType())));
        return new BatchScan(
                cluster,
                BatchRules.traits(scan),
                scan.getTable(),
                table,
                List.copyOf(used.keySet()),
                type.build(),
                predicate,
                conditions);
    }

    private RelDataType nullableBelow(ColumnPath path, RelDataType type) {
        return path.names().size() == 1
                ? type
                : TypeMapping.toRelType(scan.getCluster().getTypeFactory(), TypeMapping.toDataType(type), true);
    }

    static @Nullable TableScan scanBelow(RelNode node) {
        return node instanceof TableScan scan && scan.getTable().unwrap(BatchTable.class) != null ? scan : null;
    }
}
