// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet.read;

import io.datasetdb.store.ColumnPath;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.jspecify.annotations.Nullable;

/**
 * A row group: its rows and where each leaf column's chunk is.
 *
 * @param ordinal from 0
 * @param rowCount rows
 * @param chunks by the path of the leaf
 */
record RowGroupFooter(int ordinal, long rowCount, Map<List<String>, ColumnChunkMetaData> chunks) {
    static RowGroupFooter of(int ordinal, BlockMetaData block) {
        Map<List<String>, ColumnChunkMetaData> chunks = new HashMap<>();
        for (ColumnChunkMetaData chunk : block.getColumns()) {
            chunks.put(Arrays.asList(chunk.getPath().toArray()), chunk);
        }
        return new RowGroupFooter(ordinal, block.getRowCount(), chunks);
    }

    /** The chunks of the leaf at {@code path} or of all leaves below it. */
    List<ColumnChunkMetaData> chunksBelow(ColumnPath path) {
        List<ColumnChunkMetaData> result = new ArrayList<>();
        int depth = path.names().size();
        chunks.forEach((leaf, chunk) -> {
            if (leaf.size() >= depth && leaf.subList(0, depth).equals(path.names())) {
                result.add(chunk);
            }
        });
        return result;
    }

    @Nullable ColumnChunkMetaData chunk(String[] path) {
        return chunks.get(Arrays.asList(path));
    }
}
