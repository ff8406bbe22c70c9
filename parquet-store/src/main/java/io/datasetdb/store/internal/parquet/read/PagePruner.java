// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet.read;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.store.ColumnPath;
import io.datasetdb.store.Predicate;
import io.datasetdb.store.Storage;
import io.datasetdb.store.internal.parquet.ColumnNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.format.OffsetIndex;
import org.apache.parquet.format.PageLocation;
import org.apache.parquet.format.Util;
import org.apache.parquet.format.converter.ParquetMetadataConverter;
import org.apache.parquet.internal.column.columnindex.ColumnIndex;
import org.apache.parquet.schema.PrimitiveType;
import org.jspecify.annotations.Nullable;

/**
 * Tells from the column indexes (<a
 * href="https://github.com/apache/parquet-format/blob/master/PageIndex.md">PageIndex.md</a>) which rows of a row group lie on
 * pages that may hold a match. What is missing, malformed or contradicts itself prunes nothing: the indexes have no checksum.
 */
final class PagePruner {
    /** Indexes are small; a longer one is not looked at. */
    private static final int MAX_INDEX = 16 << 20;

    private final Storage.Input input;
    private final RowGroupSplit split;
    private final Map<ColumnPath, Pages> known = new HashMap<>();

    /**
     * The pages of a column.
     *
     * @param starts first row of each page, and the number of rows behind them
     */
    private record Pages(ColumnNode.Leaf leaf, ColumnIndex index, long[] starts) {}

    PagePruner(Storage.Input input, RowGroupSplit split) {
        this.input = input;
        this.split = split;
    }

    /** The rows that may match. */
    RowRanges rows(Predicate predicate) {
        if (predicate instanceof Predicate.And and) {
            RowRanges rest = all();
            for (Predicate operand : and.operands()) {
                rest = rest.isEmpty() ? rest : rest.and(rows(operand));
            }
            return rest;
        }
        if (predicate instanceof Predicate.Or or) {
            RowRanges found = RowRanges.none();
            for (Predicate operand : or.operands()) {
                found = found.or(rows(operand));
            }
            return found;
        }
        Pages pages = pages(RowGroupPruner.column(predicate));
        if (pages == null) {
            return all();
        }
        RowRanges result = RowRanges.none();
        for (int page = 0; page + 1 < pages.starts.length; page++) {
            if (mayMatch(predicate, pages, page)) {
                result = result.or(RowRanges.of(pages.starts[page], pages.starts[page + 1]));
            }
        }
        return result;
    }

    private RowRanges all() {
        return RowRanges.of(0, split.rowCount());
    }

    private static boolean mayMatch(Predicate predicate, Pages pages, int page) {
        if (pages.index.getNullPages().get(page)) {
            return RowGroupPruner.mayMatch(predicate, null, pages.leaf);
        }
        try {
            return RowGroupPruner.mayMatch(predicate, bounds(pages, page), pages.leaf);
        } catch (RuntimeException e) {
            // A bound that is none of the type's values.
            return true;
        }
    }

    private static ColumnBounds bounds(Pages pages, int page) {
        PrimitiveType type = pages.leaf.descriptor().getPrimitiveType();
        Statistics.Builder builder = Statistics.getBuilderForReading(type)
                .withMin(bytes(pages.index.getMinValues().get(page)))
                .withMax(bytes(pages.index.getMaxValues().get(page)));
        List<Long> nulls = pages.index.getNullCounts();
        if (nulls != null && nulls.size() > page) {
            builder = builder.withNumNulls(nulls.get(page));
        }
        return ColumnBounds.of(pages.leaf, builder.build());
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] result = new byte[buffer.remaining()];
        buffer.duplicate().get(result);
        return result;
    }

    private @Nullable Pages pages(ColumnPath column) {
        if (!known.containsKey(column)) {
            ColumnNode node = NodeOpener.find(split.footer().columns(), column);
            Pages pages = null;
            if (node instanceof ColumnNode.Leaf leaf && leaf.repetition() == 0) {
                try {
                    pages = read(leaf);
                } catch (DatasetDbException e) {
                    throw e;
                } catch (IOException | RuntimeException e) {
                    pages = null;
                }
            }
            known.put(column, pages);
        }
        return known.get(column);
    }

    private @Nullable Pages read(ColumnNode.Leaf leaf) throws IOException {
        String[] path = leaf.descriptor().getPath();
        RowGroupFooter.PageIndexes places = split.rowGroup().pageIndexes(path);
        if (places == null) {
            return null;
        }
        ByteArrayInputStream offsetBytes = bytes(places.offsetIndex(), places.offsetIndexLength());
        if (offsetBytes == null) {
            return null;
        }
        OffsetIndex offsets = Util.readOffsetIndex(offsetBytes);
        long[] starts = new long[offsets.getPage_locationsSize() + 1];
        for (int i = 0; i + 1 < starts.length; i++) {
            PageLocation location = offsets.getPage_locations().get(i);
            starts[i] = location.getFirst_row_index();
        }
        starts[starts.length - 1] = split.rowCount();
        // A single page holds what the row group's own statistics have already been asked about.
        if (starts.length <= 2 || !isAscending(starts)) {
            return null;
        }
        ByteArrayInputStream columnBytes = bytes(places.columnIndex(), places.columnIndexLength());
        if (columnBytes == null) {
            return null;
        }
        ColumnIndex index = ParquetMetadataConverter.fromParquetColumnIndex(
                leaf.descriptor().getPrimitiveType(), Util.readColumnIndex(columnBytes));
        int pages = starts.length - 1;
        boolean complete = index != null
                && index.getNullPages().size() == pages
                && index.getMinValues().size() == pages
                && index.getMaxValues().size() == pages;
        return complete ? new Pages(leaf, index, starts) : null;
    }

    private static boolean isAscending(long[] starts) {
        for (int i = 1; i < starts.length; i++) {
            if (starts[i] <= starts[i - 1]) {
                return false;
            }
        }
        return starts[0] == 0;
    }

    private @Nullable ByteArrayInputStream bytes(long position, int length) {
        if (position < 0 || length <= 0 || length > MAX_INDEX || position + length > input.size()) {
            return null;
        }
        byte[] bytes = new byte[length];
        input.readFully(position, ByteBuffer.wrap(bytes));
        return new ByteArrayInputStream(bytes);
    }
}
