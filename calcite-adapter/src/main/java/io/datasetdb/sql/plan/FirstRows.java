// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.plan;

import io.datasetdb.sql.exec.Optimization;
import io.datasetdb.sql.exec.rows.SortKey;
import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.rel.logical.LogicalSort;
import org.apache.calcite.rex.RexInputRef;
import org.apache.calcite.rex.RexLiteral;
import org.apache.calcite.rex.RexNode;
import org.jspecify.annotations.Nullable;

/**
 * Tells the scan below ORDER BY … LIMIT which rows are wanted of it, for tables that know a shorter way to them than reading
 * all. The sort stays, so that a scan is free to ignore it.
 */
final class FirstRows {
    private FirstRows() {}

    /** The input of a sort that, if it keeps the first rows only, says so to a scan. */
    static BatchRel of(LogicalSort sort, BatchRel input) {
        long count = plus(rows(sort.offset, 0), rows(sort.fetch, -1));
        List<SortKey> keys = SortKeys.of(sort.getCollation());
        if (count < 0 || keys.isEmpty() || !RuleStages.uses(sort, Optimization.TOP_N)) {
            return input;
        }
        if (input instanceof BatchScan scan) {
            return scan.first(keys, count);
        }
        if (input instanceof BatchProject project && project.getInput() instanceof BatchScan scan) {
            List<SortKey> below = below(keys, project);
            return below == null
                    ? input
                    : project.copy(
                            project.getTraitSet(),
                            scan.first(below, count),
                            project.getProjects(),
                            project.getRowType());
        }
        return input;
    }

    /** The same keys in the projection's input, or {@code null} if one is computed. */
    private static @Nullable List<SortKey> below(List<SortKey> keys, BatchProject project) {
        List<SortKey> below = new ArrayList<>();
        for (SortKey key : keys) {
            if (!(project.getProjects().get(key.ordinal()) instanceof RexInputRef column)) {
                return null;
            }
            below.add(new SortKey(column.getIndex(), key.ascending(), key.nullsFirst()));
        }
        return below;
    }

    /** A number that is known when the statement is planned, else -1. */
    private static long rows(@Nullable RexNode node, long absent) {
        if (node == null) {
            return absent;
        }
        Long value = node instanceof RexLiteral literal ? literal.getValueAs(Long.class) : null;
        return value == null ? -1 : value;
    }

    private static long plus(long skipped, long kept) {
        return skipped < 0 || kept < 0 || skipped > Long.MAX_VALUE - kept ? -1 : skipped + kept;
    }
}
