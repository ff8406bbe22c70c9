// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet.write;

import io.datasetdb.store.internal.parquet.write.LeafSummary.KeyRange;
import io.datasetdb.store.internal.parquet.write.LeafValues.Side;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.apache.parquet.format.BoundaryOrder;
import org.apache.parquet.format.ColumnIndex;
import org.apache.parquet.format.OffsetIndex;
import org.apache.parquet.format.PageLocation;
import org.jspecify.annotations.Nullable;

/** Collects the column index and the offset index of a chunk (PageIndex.md), and from them the range of the chunk. */
final class ChunkIndex {
    /** Bytes to which bounds of pages are cut. */
    private static final int MAX_BOUND = 64;

    private final LeafValues values;
    private final List<PageLocation> locations = new ArrayList<>();
    private final List<Boolean> nullPages = new ArrayList<>();
    private final List<Long> nullCounts = new ArrayList<>();
    private final List<ByteBuffer> mins = new ArrayList<>();
    private final List<ByteBuffer> maxs = new ArrayList<>();
    private @Nullable KeyRange previous;
    private @Nullable KeyRange range;
    private boolean unordered;
    private boolean ascending = true;
    private boolean descending = true;
    private boolean overlapping;

    ChunkIndex(LeafValues values) {
        this.values = values;
    }

    void add(PageCut page, int offset, int bytes, @Nullable Dictionary dictionary) {
        locations.add(new PageLocation(offset, bytes, page.fromRow()));
        nullCounts.add((long) page.toSlot() - page.fromSlot() - (page.toValue() - page.fromValue()));
        boolean empty = page.fromValue() == page.toValue();
        nullPages.add(empty);
        int[] extremes = empty || unordered ? null : values.extremes(page.fromValue(), page.toValue(), dictionary);
        unordered |= !empty && extremes == null;
        if (extremes == null) {
            mins.add(ByteBuffer.allocate(0));
            maxs.add(ByteBuffer.allocate(0));
            return;
        }
        KeyRange found = new KeyRange(values.key(extremes[0]), values.key(extremes[1]));
        mins.add(ByteBuffer.wrap(values.bound(found.min(), Side.MIN, MAX_BOUND).bytes()));
        maxs.add(ByteBuffer.wrap(values.bound(found.max(), Side.MAX, MAX_BOUND).bytes()));
        order(found);
    }

    private void order(KeyRange found) {
        KeyRange before = previous;
        if (before != null) {
            int min = values.compare(before.min(), found.min());
            int max = values.compare(before.max(), found.max());
            ascending &= min <= 0 && max <= 0;
            descending &= min >= 0 && max >= 0;
            overlapping |= values.compare(before.max(), found.min()) > 0;
        }
        previous = found;
        KeyRange all = range;
        range = all == null
                ? found
                : new KeyRange(
                        values.compare(found.min(), all.min()) < 0 ? found.min() : all.min(),
                        values.compare(found.max(), all.max()) > 0 ? found.max() : all.max());
    }

    /** The smallest and the largest key of the chunk; {@code null} if it has no values or one is NaN. */
    @Nullable
    KeyRange range() {
        return unordered ? null : range;
    }

    /** Whether the pages follow each other in the order of their values, so that bounds find any value. */
    boolean isSorted() {
        return !unordered && ascending && !overlapping;
    }

    /** The column index, or {@code null} if the order of the values is undefined. */
    @Nullable
    ColumnIndex columnIndex() {
        if (unordered) {
            return null;
        }
        BoundaryOrder order =
                ascending ? BoundaryOrder.ASCENDING : descending ? BoundaryOrder.DESCENDING : BoundaryOrder.UNORDERED;
        return new ColumnIndex(nullPages, mins, maxs, order).setNull_counts(nullCounts);
    }

    /** The offset index of a chunk that begins at {@code start}. */
    OffsetIndex offsetIndex(long start) {
        for (PageLocation location : locations) {
            location.setOffset(start + location.getOffset());
        }
        return new OffsetIndex(locations);
    }

    int pages() {
        return locations.size();
    }

    /** Where the first data page is, relative to the chunk. */
    long firstOffset() {
        return locations.get(0).getOffset();
    }
}
