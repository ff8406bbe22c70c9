// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet.read.page;

import io.datasetdb.store.ScanCounters;
import io.datasetdb.store.Storage;
import io.datasetdb.store.internal.parquet.ColumnNode;
import java.util.Arrays;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.io.ParquetDecodingException;
import org.jspecify.annotations.Nullable;

/** A column outside of lists: every row has one entry. */
final class FlatLeafReader extends LeafReader {
    private byte @Nullable [] definitions;

    FlatLeafReader(
            Storage.Input file,
            ColumnChunkMetaData chunk,
            ColumnNode.Leaf leaf,
            long rowCount,
            long limit,
            ChunkContext context,
            ScanCounters counters) {
        super(file, chunk, leaf, limit, context, counters);
        if (chunk.getValueCount() != rowCount) {
            throw new ParquetDecodingException("the column has another number of values than rows ("
                    + chunk.getValueCount() + " and " + rowCount + ")");
        }
    }

    @Override
    LeafBatch readRows(int rows) {
        definitions = null;
        for (int done = 0; done < rows; ) {
            if (pageLeft == 0 && !nextPage()) {
                throw new ParquetDecodingException("the column ends before the last row");
            }
            int step = Math.min(rows - done, pageLeft);
            int present = flatLevels(done, step, rows);
            values.append(done, step, present, validity);
            pageLeft -= step;
            done += step;
        }
        return new LeafBatch(rows, null, null, definitions, values.take(rows, validity));
    }

    /** Reads the levels of {@code count} rows from {@code start} on and returns how many have a value. */
    private int flatLevels(int start, int count, int rows) {
        byte[] levels = definitions;
        if (maxDefinition == 0 || definitionReader.skipAll(maxDefinition, count)) {
            if (levels != null) {
                Arrays.fill(levels, start, start + count, (byte) maxDefinition);
            }
            return count;
        }
        if (levels == null) {
            levels = new byte[rows];
            definitions = levels;
            Arrays.fill(levels, 0, start, (byte) maxDefinition);
        }
        definitionReader.read(levels, start, count);
        int present = countPresent(levels, start, start + count);
        if (present < count) {
            long[] bits = ensureValidity(rows);
            for (int i = start; i < start + count; i++) {
                bits[i >>> 6] &= ~((levels[i] == maxDefinition ? 0L : 1L) << i);
            }
        }
        return present;
    }

    @Override
    void skipRows(int rows) {
        for (int left = rows; left > 0; ) {
            if (pageLeft == 0) {
                int passed = passPage(left);
                if (passed > 0) {
                    left -= passed;
                    continue;
                }
                if (pageLeft == 0) {
                    throw new ParquetDecodingException("the column ends before the last row");
                }
            }
            int step = Math.min(Math.min(left, pageLeft), BLOCK);
            values.skip(skippedLevels(step));
            pageLeft -= step;
            left -= step;
        }
    }

    /** Passes over levels and returns how many of them have a value. */
    private int skippedLevels(int count) {
        if (maxDefinition == 0 || definitionReader.skipAll(maxDefinition, count)) {
            return count;
        }
        definitionReader.read(blockDefinitions, 0, count);
        return countPresent(blockDefinitions, 0, count);
    }

    @Override
    boolean isInsideBlock() {
        return false;
    }

    @Override
    void start(DataPage page) {}
}
