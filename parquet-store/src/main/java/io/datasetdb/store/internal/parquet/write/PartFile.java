// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet.write;

import io.datasetdb.store.ColumnStatistics;
import io.datasetdb.store.DataFile;
import io.datasetdb.store.Storage;
import io.datasetdb.store.internal.parquet.write.ChunkEncoder.Chunk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import org.apache.parquet.column.values.bloomfilter.BlockSplitBloomFilter;
import org.apache.parquet.format.BloomFilterAlgorithm;
import org.apache.parquet.format.BloomFilterCompression;
import org.apache.parquet.format.BloomFilterHash;
import org.apache.parquet.format.BloomFilterHeader;
import org.apache.parquet.format.ColumnChunk;
import org.apache.parquet.format.ColumnIndex;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.FileMetaData;
import org.apache.parquet.format.OffsetIndex;
import org.apache.parquet.format.RowGroup;
import org.apache.parquet.format.SplitBlockAlgorithm;
import org.apache.parquet.format.Uncompressed;
import org.apache.parquet.format.Util;
import org.apache.parquet.format.XxHash;
import org.apache.parquet.format.converter.ParquetMetadataConverter;
import org.apache.parquet.hadoop.metadata.ParquetMetadata;
import org.apache.parquet.schema.MessageType;
import org.jspecify.annotations.Nullable;

/**
 * One file: magic, row groups (each followed by its Bloom filters), column indexes, offset indexes, footer. Its checksum
 * is taken of the bytes on their way out.
 */
final class PartFile implements AutoCloseable {
    private static final byte[] MAGIC = "PAR1".getBytes(StandardCharsets.US_ASCII);
    private static final int FORMAT_VERSION = 1;
    private static final String CREATED_BY = "datasetdb version 0.1.0";

    private final String path;
    private final MessageType type;
    private final ChunkEncoder encoder;
    private final Storage.Output output;
    private final MessageDigest digest = sha256();
    private final ByteSink structures = new ByteSink();
    private final List<RowGroup> rowGroups = new ArrayList<>();
    private final List<Indexed> indexed = new ArrayList<>();
    private long rows;

    PartFile(Storage storage, String path, MessageType type, ChunkEncoder encoder) {
        this.path = path;
        this.type = type;
        this.encoder = encoder;
        this.output = storage.create(path);
    }

    /** Writes what every file begins with. */
    void begin() {
        write(MAGIC, 0, MAGIC.length);
    }

    /** Bytes written so far. */
    long position() {
        return output.position();
    }

    /** Appends what the leaves hold as a row group. */
    void writeRowGroup(List<LeafBuffer> leaves, int rowCount) {
        long start = position();
        long uncompressed = 0;
        List<ColumnChunk> columns = new ArrayList<>();
        List<@Nullable BlockSplitBloomFilter> filters = new ArrayList<>();
        for (LeafBuffer leaf : leaves) {
            Chunk chunk = encoder.encode(leaf);
            ColumnChunk column = place(chunk);
            columns.add(column);
            filters.add(chunk.filter());
            uncompressed += chunk.metaData().getTotal_uncompressed_size();
        }
        long compressed = position() - start;
        for (int i = 0; i < columns.size(); i++) {
            BlockSplitBloomFilter filter = filters.get(i);
            if (filter != null) {
                writeFilter(filter, columns.get(i).getMeta_data());
            }
        }
        RowGroup rowGroup = new RowGroup(columns, uncompressed, rowCount);
        rowGroup.setFile_offset(start);
        rowGroup.setTotal_compressed_size(compressed);
        if (rowGroups.size() <= Short.MAX_VALUE) {
            rowGroup.setOrdinal((short) rowGroups.size());
        }
        rowGroups.add(rowGroup);
        rows += rowCount;
    }

    private ColumnChunk place(Chunk chunk) {
        long start = position();
        ColumnMetaData metaData = chunk.metaData();
        metaData.setData_page_offset(start + metaData.getData_page_offset());
        if (metaData.isSetDictionary_page_offset()) {
            metaData.setDictionary_page_offset(start);
        }
        write(chunk.bytes().array(), 0, chunk.bytes().size());
        // The format's older field: where the metadata would be if it were repeated behind the chunk, which it is not.
        ColumnChunk column = new ColumnChunk(0);
        column.setMeta_data(metaData);
        indexed.add(
                new Indexed(column, chunk.index().columnIndex(), chunk.index().offsetIndex(start)));
        return column;
    }

    private void writeFilter(BlockSplitBloomFilter filter, ColumnMetaData metaData) {
        long start = position();
        BloomFilterHeader header = new BloomFilterHeader(
                filter.getBitsetSize(),
                BloomFilterAlgorithm.BLOCK(new SplitBlockAlgorithm()),
                BloomFilterHash.XXHASH(new XxHash()),
                BloomFilterCompression.UNCOMPRESSED(new Uncompressed()));
        int length = writeStructure(sink -> {
            Util.writeBloomFilterHeader(header, sink);
            filter.writeTo(sink);
        });
        metaData.setBloom_filter_offset(start);
        metaData.setBloom_filter_length(length);
    }

    /** Writes indexes and footer, makes the file durable and describes it. */
    DataFile finish(List<ColumnSummary> summaries) {
        for (Indexed column : indexed) {
            ColumnIndex index = column.columnIndex();
            if (index != null) {
                column.chunk().setColumn_index_offset(position());
                column.chunk().setColumn_index_length(writeStructure(sink -> Util.writeColumnIndex(index, sink)));
            }
        }
        for (Indexed column : indexed) {
            column.chunk().setOffset_index_offset(position());
            column.chunk()
                    .setOffset_index_length(writeStructure(sink -> Util.writeOffsetIndex(column.offsetIndex(), sink)));
        }
        int footer = writeStructure(sink -> Util.writeFileMetaData(footer(), sink));
        structures.truncate(0);
        structures.putInt(footer);
        structures.write(MAGIC, 0, MAGIC.length);
        write(structures.array(), 0, structures.size());
        long size = position();
        output.commit();
        output.close();
        List<ColumnStatistics> statistics =
                summaries.stream().map(ColumnSummary::take).toList();
        return new DataFile(path, rows, size, HexFormat.of().formatHex(digest.digest()), statistics);
    }

    /** Parquet's own converter knows how logical types, old and new annotations and column orders are written. */
    private FileMetaData footer() {
        FileMetaData result = new ParquetMetadataConverter()
                .toParquetMetadata(
                        FORMAT_VERSION,
                        new ParquetMetadata(
                                new org.apache.parquet.hadoop.metadata.FileMetaData(type, Map.of(), CREATED_BY),
                                List.of()));
        result.setNum_rows(rows);
        result.setRow_groups(rowGroups);
        return result;
    }

    private int writeStructure(Structure structure) {
        structures.truncate(0);
        try {
            structure.writeTo(structures);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        write(structures.array(), 0, structures.size());
        return structures.size();
    }

    private void write(byte[] bytes, int from, int length) {
        digest.update(bytes, from, length);
        output.write(ByteBuffer.wrap(bytes, from, length));
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Removes the file unless it is finished. */
    @Override
    public void close() {
        output.close();
    }

    /** A chunk and its indexes, which follow the last row group. */
    private record Indexed(ColumnChunk chunk, @Nullable ColumnIndex columnIndex, OffsetIndex offsetIndex) {}

    /** Something that serialises itself. */
    @FunctionalInterface
    private interface Structure {
        void writeTo(ByteSink sink) throws IOException;
    }
}
