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
        ColumnPath column = column(predicate);
        ColumnNode node = NodeOpener.find(footer.columns(), column);
        return mayMatch(predicate, bounds(rowGroup, column), node);
    }

    /** The column of a predicate that has one. */
    static ColumnPath column(Predicate predicate) {
        if (predicate instanceof Predicate.IsNull isNull) {
            return isNull.column();
        }
        if (predicate instanceof Predicate.IsNotNull isNotNull) {
            return isNotNull.column();
        }
        if (predicate instanceof Predicate.Comparison comparison) {
            return comparison.column();
        }
        if (predicate instanceof Predicate.Like like) {
            return like.column();
        }
        return predicate instanceof Predicate.In in ? in.column() : ((Predicate.StartsWith) predicate).column();
    }

    /**
     * Whether a value may match a predicate on one column.
     *
     * @param bounds what is known of the values; {@code null} if there are none but NULLs
     * @param node the column, {@code null} if the file lacks it
     */
    static boolean mayMatch(Predicate predicate, @Nullable ColumnBounds bounds, @Nullable ColumnNode node) {
        if (predicate instanceof Predicate.IsNull) {
            return mayBeNull(bounds, node);
        }
        if (bounds == null || predicate instanceof Predicate.IsNotNull) {
            return bounds != null;
        }
        if (predicate instanceof Predicate.Comparison comparison) {
            return mayMatch(bounds, comparison.operator(), comparison.value());
        }
        if (predicate instanceof Predicate.In in) {
            return in.values().stream().anyMatch(value -> mayMatch(bounds, Predicate.Operator.EQUAL, value));
        }
        if (predicate instanceof Predicate.Like) {
            return true;
        }
        return mayStartWith(bounds, ((Predicate.StartsWith) predicate).prefix());
    }

    private static boolean mayBeNull(@Nullable ColumnBounds bounds, @Nullable ColumnNode node) {
        if (node == null) {
            return true;
        }
        if (node.definition() == 0) {
            return false;
        }
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
