// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet.read;

import io.datasetdb.store.ColumnPath;
import io.datasetdb.store.Predicate;
import io.datasetdb.store.internal.parquet.ColumnNode;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.jspecify.annotations.Nullable;

/**
 * Tells from statistics which row groups of a file certainly hold no matching row. In doubt a row group stays: where
 * there may be NaNs, which SQL dialects order differently and statistics leave out; where bounds are zero, of which
 * there are two; where values and bounds are of different kinds.
 */
final class RowGroupPruner {
    private final FileFooter footer;

    RowGroupPruner(FileFooter footer) {
        this.footer = footer;
    }

    /** Whether some row of the row group may match. */
    boolean mayMatch(RowGroupFooter rowGroup, Predicate predicate) {
        if (predicate instanceof Predicate.And and) {
            return and.operands().stream().allMatch(operand -> mayMatch(rowGroup, operand));
        }
        if (predicate instanceof Predicate.Or or) {
            return or.operands().stream().anyMatch(operand -> mayMatch(rowGroup, operand));
        }
        if (predicate instanceof Predicate.IsNull isNull) {
            return mayBeNull(rowGroup, isNull.column());
        }
        if (predicate instanceof Predicate.IsNotNull isNotNull) {
            return bounds(rowGroup, isNotNull.column()) != null;
        }
        if (predicate instanceof Predicate.Comparison comparison) {
            ColumnBounds bounds = bounds(rowGroup, comparison.column());
            return bounds != null && mayMatch(bounds, comparison.operator(), comparison.value());
        }
        if (predicate instanceof Predicate.In in) {
            ColumnBounds bounds = bounds(rowGroup, in.column());
            return bounds != null
                    && in.values().stream().anyMatch(value -> mayMatch(bounds, Predicate.Operator.EQUAL, value));
        }
        Predicate.StartsWith startsWith = (Predicate.StartsWith) predicate;
        ColumnBounds bounds = bounds(rowGroup, startsWith.column());
        return bounds != null && mayStartWith(bounds, startsWith.prefix());
    }

    private boolean mayBeNull(RowGroupFooter rowGroup, ColumnPath column) {
        ColumnNode node = NodeOpener.find(footer.columns(), column);
        if (node == null) {
            return true;
        }
        if (node.definition() == 0) {
            return false;
        }
        ColumnBounds bounds = bounds(rowGroup, column);
        return bounds == null || bounds.nullCount() != 0 || !(node instanceof ColumnNode.Leaf);
    }

    /** What is known of the column's values; {@code null} if it has none but NULLs. */
    private @Nullable ColumnBounds bounds(RowGroupFooter rowGroup, ColumnPath column) {
        ColumnNode node = NodeOpener.find(footer.columns(), column);
        if (node == null) {
            return null;
        }
        if (!(node instanceof ColumnNode.Leaf leaf) || leaf.repetition() > 0) {
            return new ColumnBounds(null, null, -1, true);
        }
        ColumnChunkMetaData chunk = rowGroup.chunk(leaf.descriptor().getPath());
        if (chunk == null) {
            return new ColumnBounds(null, null, -1, true);
        }
        ColumnBounds bounds = ColumnBounds.of(leaf, chunk);
        return bounds.nullCount() >= rowGroup.rowCount() && bounds.min() == null ? null : bounds;
    }

    private static boolean mayMatch(ColumnBounds bounds, Predicate.Operator operator, Object value) {
        Object wanted = BoundOrder.comparable(value);
        if (wanted == null || bounds.min() == null || bounds.max() == null) {
            return true;
        }
        Integer toMin = BoundOrder.compare(wanted, bounds.min());
        Integer toMax = BoundOrder.compare(wanted, bounds.max());
        if (toMin == null || toMax == null) {
            return true;
        }
        boolean zero = BoundOrder.isFloatingZero(wanted);
        boolean unordered = value instanceof java.util.UUID;
        return switch (operator) {
            case EQUAL -> toMin >= 0 && toMax <= 0;
            case NOT_EQUAL -> toMin != 0 || toMax != 0 || zero || bounds.mayHaveNaN();
            case LESS -> unordered || toMin > 0 || toMin == 0 && zero;
            case LESS_OR_EQUAL -> unordered || toMin >= 0;
            case GREATER -> unordered || bounds.mayHaveNaN() || toMax < 0 || toMax == 0 && zero;
            case GREATER_OR_EQUAL -> unordered || bounds.mayHaveNaN() || toMax <= 0;
        };
    }

    private static boolean mayStartWith(ColumnBounds bounds, String text) {
        if (!(bounds.min() instanceof byte[] min) || !(bounds.max() instanceof byte[] max)) {
            return true;
        }
        byte[] prefix = text.getBytes(StandardCharsets.UTF_8);
        byte[] start = Arrays.copyOf(min, Math.min(min.length, prefix.length));
        return Arrays.compareUnsigned(start, prefix) <= 0 && Arrays.compareUnsigned(max, prefix) >= 0;
    }
}
