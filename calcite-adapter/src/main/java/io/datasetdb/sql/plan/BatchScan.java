// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.plan;

import io.datasetdb.sql.exec.OperatorFactory;
import io.datasetdb.sql.exec.Optimization;
import io.datasetdb.sql.exec.ScanFilter;
import io.datasetdb.sql.exec.ScanOperator;
import io.datasetdb.sql.exec.SlotScanFilter;
import io.datasetdb.sql.exec.join.FilterSlot;
import io.datasetdb.sql.exec.nearest.IndexedVectors;
import io.datasetdb.sql.exec.nearest.NearestScan;
import io.datasetdb.sql.exec.rows.SortKey;
import io.datasetdb.sql.schema.BatchTable;
import io.datasetdb.sql.schema.TypeMapping;
import io.datasetdb.store.ColumnPath;
import io.datasetdb.store.Predicate;
import io.datasetdb.store.ScanRequest;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
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
    private final Use use;

    /**
     * What becomes of the rows.
     *
     * @param isMet whether the source itself sees to it that all rows meet the conditions
     * @param isCounted whether nobody looks at a column
     * @param first of a sort above
     * @param nearest of a sort above by the distance to a vector
     */
    private record Use(
            boolean isMet,
            boolean isCounted,
            ScanRequest.@Nullable FirstRows first,
            @Nullable NearestSearch nearest) {}

    BatchScan(
            RelOptCluster cluster,
            RelTraitSet traits,
            RelOptTable table,
            BatchTable source,
            List<ColumnPath> columns,
            RelDataType rowType,
            @Nullable Predicate predicate,
            List<RexNode> conditions) {
        this(
                cluster,
                traits,
                table,
                source,
                columns,
                rowType,
                predicate,
                conditions,
                new Use(false, false, null, null));
    }

    private BatchScan(
            RelOptCluster cluster,
            RelTraitSet traits,
            RelOptTable table,
            BatchTable source,
            List<ColumnPath> columns,
            RelDataType rowType,
            @Nullable Predicate predicate,
            List<RexNode> conditions,
            Use use) {
        super(cluster, traits, List.of(), table);
        this.source = source;
        this.columns = List.copyOf(columns);
        this.predicate = predicate;
        this.conditions = List.copyOf(conditions);
        this.use = use;
        this.rowType = rowType;
    }

    /** What rows must meet, over the columns of this scan. */
    List<RexNode> conditions() {
        return conditions;
    }

    /** This scan of a source that itself sees to it that all rows meet the conditions. */
    BatchScan metBySource() {
        return used(new Use(true, use.isCounted, use.first, use.nearest));
    }

    /** This scan for someone who looks at no column. */
    BatchScan counted() {
        return used(new Use(use.isMet, true, use.first, use.nearest));
    }

    /** This scan for a sort that keeps so many rows: sources that know a shorter way to them are told. */
    BatchScan first(List<SortKey> keys, long count) {
        if (!source.usesOrder() || !(use.isMet || conditions.isEmpty())) {
            return this;
        }
        List<ScanRequest.Key> order = keys.stream()
                .map(key -> new ScanRequest.Key(columns.get(key.ordinal()), key.ascending(), key.nullsFirst()))
                .toList();
        return used(new Use(use.isMet, use.isCounted, new ScanRequest.FirstRows(order, count), use.nearest));
    }

    /** This scan for a sort that keeps the rows nearest to a vector: where there is an index it finds these. */
    BatchScan nearest(NearestSearch search) {
        ColumnPath path = columns.get(search.column());
        boolean isPlain =
                predicate == null && conditions.isEmpty() && path.names().size() == 1;
        return isPlain && source.vectors(path.names().get(0)).isPresent()
                ? used(new Use(use.isMet, use.isCounted, use.first, search))
                : this;
    }

    /** By which indexes rows are found now; empty if by none. */
    String indexes() {
        NearestSearch search = use.nearest;
        if (search == null) {
            return "";
        }
        String column = columns.get(search.column()).toString();
        List<IndexedVectors.Part> files =
                source.vectors(column).map(IndexedVectors::parts).orElse(List.of());
        long indexed = files.stream().filter(file -> file.index() != null).count();
        return files.isEmpty() ? "" : "vector index on " + column + " of " + indexed + " of " + files.size() + " files";
    }

    /** The scan of all rows. */
    BatchScan unfiltered() {
        return new BatchScan(getCluster(), getTraitSet(), getTable(), source, columns, getRowType(), null, List.of());
    }

    @Override
    public RelNode copy(RelTraitSet traits, List<RelNode> inputs) {
        return used(use);
    }

    private BatchScan used(Use other) {
        return new BatchScan(
                getCluster(), getTraitSet(), getTable(), source, columns, getRowType(), predicate, conditions, other);
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
        if (!use.isMet) {
            conditions.forEach(condition -> filters.add(ScanConditions.filter(condition, implementor)));
        }
        List<ColumnPath> read = use.isCounted && filters.isEmpty() ? List.of() : columns;
        boolean keepsColumns = RuleStages.uses(this, Optimization.COLUMN_CACHE);
        ScanOperator.Factory all = new ScanOperator.Factory(
                source.scan(new ScanRequest(read, predicate, keepsColumns, use.first)), filters);
        NearestSearch search = use.nearest;
        Optional<IndexedVectors> vectors = search == null
                ? Optional.empty()
                : source.vectors(columns.get(search.column()).toString());
        if (search == null || vectors.isEmpty()) {
            return all;
        }
        List<ColumnPath> numbered = new ArrayList<>(columns);
        numbered.add(ScanRequest.ROW_NUMBER);
        return new NearestScan(
                all,
                source.scan(new ScanRequest(numbered, null, keepsColumns)),
                vectors.get(),
                search.query(implementor),
                keepsColumns);
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
