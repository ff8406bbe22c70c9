// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet.read;

import io.datasetdb.store.ColumnPath;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.converter.ParquetMetadataConverter;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.jspecify.annotations.Nullable;

/**
 * A row group: its rows and where each leaf column's chunk is.
 *
 * @param ordinal from 0
 * @param rowCount rows
 * @param chunks by the path of the leaf
 * @param pageIndexes by the path of the leaf, where a chunk has them
 */
record RowGroupFooter(
        int ordinal,
        long rowCount,
        Map<List<String>, ColumnChunkMetaData> chunks,
        Map<List<String>, PageIndexes> pageIndexes) {
    /** Where in the file what is known of each page of a chunk stands. */
    record PageIndexes(long columnIndex, int columnIndexLength, long offsetIndex, int offsetIndexLength) {}

    static RowGroupFooter of(int ordinal, RowGroup rowGroup, MessageType type, @Nullable String writer) {
        ParquetMetadataConverter converter = new ParquetMetadataConverter();
        Map<List<String>, ColumnChunkMetaData> chunks = new HashMap<>();
        Map<List<String>, PageIndexes> indexes = new HashMap<>();
        for (ColumnChunk chunk : rowGroup.getColumns()) {
            String[] path = chunk.getMeta_data().getPath_in_schema().toArray(new String[0]);
            PrimitiveType leaf = type.getType(path).asPrimitiveType();
            ColumnMetaData stored = chunk.getMeta_data();
            ColumnChunkMetaData metaData = converter.buildColumnChunkMetaData(
                    stored, org.apache.parquet.hadoop.metadata.ColumnPath.get(path), leaf, writer);
            if (stored.isSetBloom_filter_offset()) {
                metaData.setBloomFilterOffset(stored.getBloom_filter_offset());
                metaData.setBloomFilterLength(stored.isSetBloom_filter_length() ? stored.getBloom_filter_length() : -1);
            }
            chunks.put(List.of(path), metaData);
            if (chunk.isSetColumn_index_offset() && chunk.isSetOffset_index_offset()) {
                indexes.put(
                        List.of(path),
                        new PageIndexes(
                                chunk.getColumn_index_offset(),
                                chunk.getColumn_index_length(),
                                chunk.getOffset_index_offset(),
                                chunk.getOffset_index_length()));
            }
        }
        return new RowGroupFooter(ordinal, rowGroup.getNum_rows(), Map.copyOf(chunks), Map.copyOf(indexes));
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

    @Nullable
    PageIndexes pageIndexes(String[] path) {
        return pageIndexes.get(Arrays.asList(path));
    }

    @Nullable
    ColumnChunkMetaData chunk(String[] path) {
        return chunks.get(Arrays.asList(path));
    }
}
