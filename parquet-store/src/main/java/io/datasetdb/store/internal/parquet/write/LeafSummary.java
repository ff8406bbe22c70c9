// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet.write;

import io.datasetdb.store.ColumnPath;
import io.datasetdb.store.ColumnStatistics;
import io.datasetdb.store.internal.parquet.write.LeafValues.Side;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Gathers the statistics of a leaf column over the row groups of a file. */
final class LeafSummary implements ColumnSummary {
    private final ColumnPath path;
    private final DistinctSketch sketch = new DistinctSketch();
    private long nulls;
    private @Nullable Object min;
    private @Nullable Object max;
    private boolean unordered;
    private int chunks;
    private long exactDistinct = -1;
    private @Nullable LeafValues values;

    LeafSummary(ColumnPath path) {
        this.path = path;
    }

    /**
     * Adds a chunk.
     *
     * @param range its smallest and largest key, {@code null} if it has no values or an undefined order
     * @param distinct its exact number of distinct values, or -1
     */
    void add(LeafValues chunk, long chunkNulls, @Nullable KeyRange range, DistinctSketch chunkSketch, int distinct) {
        values = chunk;
        nulls += chunkNulls;
        sketch.merge(chunkSketch);
        chunks++;
        exactDistinct = chunks == 1 ? distinct : -1;
        if (range == null) {
            unordered |= chunk.count() > 0;
            return;
        }
        min = min == null || chunk.compare(range.min(), min) < 0 ? range.min() : min;
        max = max == null || chunk.compare(range.max(), max) > 0 ? range.max() : max;
    }

    @Override
    public ColumnStatistics take() {
        Object low = unordered ? null : min;
        Object high = unordered ? null : max;
        ColumnStatistics result = new ColumnStatistics(
                path,
                nulls,
                low == null ? null : Objects.requireNonNull(values).java(low, Side.MIN),
                high == null ? null : Objects.requireNonNull(values).java(high, Side.MAX),
                exactDistinct >= 0 ? exactDistinct : sketch.estimate());
        sketch.reset();
        nulls = 0;
        min = null;
        max = null;
        unordered = false;
        chunks = 0;
        exactDistinct = -1;
        return result;
    }

    /** The smallest and the largest key of some values. */
    record KeyRange(Object min, Object max) {}
}
