// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.plan;

import io.datasetdb.sql.exec.SlotScanFilter;
import io.datasetdb.sql.exec.join.FilterSlot;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.rel.RelNode;
import org.apache.calcite.rel.core.JoinRelType;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/**
 * Finds the scans from which a column of a plan comes unchanged, and where leaving out rows by its value leaves out just the
 * rows with that value further up. There the keys of a join's one side filter the rows of its other side, and the first rows
 * of an order those that come after them.
 */
final class FilterTargets {
    private final Map<BatchScan, List<SlotScanFilter>> found = new IdentityHashMap<>();

    /** The filters of a scan. */
    List<SlotScanFilter> of(BatchScan scan) {
        return found.getOrDefault(scan, List.of());
    }

    /** A slot for a filter of this column, or nothing if no scan can make use of one. */
    @Nullable
    FilterSlot slot(RelNode rel, int column) {
        FilterSlot slot = new FilterSlot();
        return isFiltered(rel, column, slot) ? slot : null;
    }

    /**
     * A slot for a filter of this column that comes up only as rows do, or nothing. Scans below joins have it only where each
     * row that they leave out is missing from all that comes of it, and from nothing else.
     */
    @Nullable
    FilterSlot streamSlot(RelNode rel, int column) {
        RelNode at = rel;
        int place = column;
        while (!(at instanceof BatchScan)) {
            if (at instanceof BatchProject project
                    && project.getProjects().get(place) instanceof RexInputRef reference) {
                place = reference.getIndex();
            } else if (!(at instanceof BatchFilter)
                    && !(at instanceof BatchJoin join && join.streams() && place < leftColumns(join))) {
                return null;
            }
            at = at.getInput(0);
        }
        FilterSlot slot = new FilterSlot();
        add((BatchScan) at, slot, place);
        return slot;
    }

    private void add(BatchScan scan, FilterSlot slot, int column) {
        found.computeIfAbsent(scan, key -> new ArrayList<>()).add(scan.filter(slot, column));
    }

    private static int leftColumns(BatchJoin join) {
        return join.getLeft().getRowType().getFieldCount();
    }

    private boolean isFiltered(RelNode rel, int column, FilterSlot slot) {
        if (rel instanceof BatchScan scan) {
            add(scan, slot, column);
            return true;
        }
        if (rel instanceof BatchFilter filter) {
            return isFiltered(filter.getInput(), column, slot);
        }
        if (rel instanceof BatchProject project) {
            RexNode expression = project.getProjects().get(column);
            return expression instanceof RexInputRef reference
                    && isFiltered(project.getInput(), reference.getIndex(), slot);
        }
        if (rel instanceof BatchAggregate aggregate) {
            boolean isKey = aggregate.getGroupSets().size() == 1 && column < aggregate.getGroupCount();
            return isKey
                    && isFiltered(aggregate.getInput(), aggregate.getGroupSet().nth(column), slot);
        }
        if (rel instanceof BatchUnion union) {
            boolean some = false;
            for (RelNode input : union.getInputs()) {
                some |= isFiltered(input, column, slot);
            }
            return some;
        }
        return rel instanceof BatchJoin join && isFiltered(join, column, slot);
    }

    /**
     * A row of a join comes from one row of its left side, unless that side may be missing; a row of the other side whose key
     * is equal only ever meets rows that are left out, too.
     */
    private boolean isFiltered(BatchJoin join, int column, FilterSlot slot) {
        int leftColumns = leftColumns(join);
        JoinRelType type = join.getJoinType();
        if (column >= leftColumns) {
            boolean some = type == JoinRelType.INNER && isFiltered(join.getRight(), column - leftColumns, slot);
            return (type == JoinRelType.INNER && isPartnerFiltered(join, column, slot)) || some;
        }
        boolean keeps = type == JoinRelType.INNER
                || type == JoinRelType.LEFT
                || type == JoinRelType.SEMI
                || type == JoinRelType.ANTI;
        if (!keeps) {
            return false;
        }
        boolean some = isFiltered(join.getLeft(), column, slot);
        return isPartnerFiltered(join, column, slot) || some;
    }

    private boolean isPartnerFiltered(BatchJoin join, int column, FilterSlot slot) {
        int leftColumns = leftColumns(join);
        boolean some = false;
        for (BatchJoin.Key key : join.keys()) {
            if (!key.isComparable()) {
                continue;
            }
            if (key.left() == column) {
                some |= isFiltered(join.getRight(), key.right(), slot);
            } else if (key.right() + leftColumns == column) {
                some |= isFiltered(join.getLeft(), key.left(), slot);
            }
        }
        return some;
    }
}
