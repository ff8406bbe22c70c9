// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet.read;

import io.datasetdb.store.internal.parquet.ColumnNode;
import io.datasetdb.store.internal.parquet.read.page.StoredValue;
import io.datasetdb.vector.DataType;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation.IntervalLogicalTypeAnnotation;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.jspecify.annotations.Nullable;

/**
 * What the statistics of a chunk or page promise about its values. parquet-java has already dropped what cannot be trusted:
 * bounds in an undefined or legacy (signed) order, of writers known to get them wrong, and those that are NaN.
 *
 * @param min no value is less; {@code null} if unknown. As {@link BoundOrder} compares them
 * @param max no value is greater, likewise
 * @param nullCount NULLs, or -1 if unknown
 * @param mayHaveNaN whether there may be NaNs, which bounds leave out
 */
record ColumnBounds(@Nullable Object min, @Nullable Object max, long nullCount, boolean mayHaveNaN) {
    static ColumnBounds of(ColumnNode.Leaf leaf, ColumnChunkMetaData chunk) {
        return of(leaf, chunk.getStatistics());
    }

    /** As for a chunk, for a part of it. */
    static ColumnBounds of(ColumnNode.Leaf leaf, @Nullable Statistics<?> statistics) {
        boolean floating =
                leaf.type().kind() == DataType.Kind.REAL || leaf.type().kind() == DataType.Kind.DOUBLE;
        if (statistics == null) {
            return new ColumnBounds(null, null, -1, floating);
        }
        long nulls = statistics.isNumNullsSet() ? statistics.getNumNulls() : -1;
        boolean mayHaveNaN = floating && !(statistics.isNanCountSet() && statistics.getNanCount() == 0);
        if (!statistics.hasNonNullValue() || !isOrdered(leaf)) {
            return new ColumnBounds(null, null, nulls, mayHaveNaN);
        }
        return new ColumnBounds(
                bound(leaf, statistics.genericGetMin()), bound(leaf, statistics.genericGetMax()), nulls, mayHaveNaN);
    }

    /** Whether our values are in the same order as the stored ones. */
    private static boolean isOrdered(ColumnNode.Leaf leaf) {
        PrimitiveTypeName physical = leaf.stored().getPrimitiveTypeName();
        boolean inexact = leaf.type().kind() == DataType.Kind.DOUBLE && physical != PrimitiveTypeName.DOUBLE;
        return physical != PrimitiveTypeName.INT96
                && !inexact
                && !(leaf.stored().getLogicalTypeAnnotation() instanceof IntervalLogicalTypeAnnotation);
    }

    private static @Nullable Object bound(ColumnNode.Leaf leaf, Object stored) {
        // Byte strings may be cut off in the middle of a character, and UUIDs compare as bytes do.
        Object value = stored instanceof Binary bytes && isBytes(leaf.type())
                ? bytes.getBytes()
                : StoredValue.toObject(leaf, stored);
        return value == null ? null : BoundOrder.comparable(value);
    }

    private static boolean isBytes(DataType type) {
        return type.kind() == DataType.Kind.VARCHAR
                || type.kind() == DataType.Kind.VARBINARY
                || type.kind() == DataType.Kind.UUID;
    }
}
