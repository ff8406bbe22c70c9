// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet.write;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.store.StoreError;
import io.datasetdb.store.internal.parquet.write.LeafSummary.KeyRange;
import io.datasetdb.store.internal.parquet.write.LeafValues.Bound;
import io.datasetdb.store.internal.parquet.write.LeafValues.Side;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.parquet.column.values.bloomfilter.BlockSplitBloomFilter;
import org.apache.parquet.format.ColumnMetaData;
import org.apache.parquet.format.Encoding;
import org.apache.parquet.format.PageEncodingStats;
import org.apache.parquet.format.PageType;
import org.apache.parquet.format.Statistics;
import org.apache.parquet.format.Type;
import org.jspecify.annotations.Nullable;

/** Turns the leaf columns of a row group into column chunks, one after the other. */
final class ChunkEncoder {
    /** Bytes to which the bounds of a chunk are cut. */
    private static final int MAX_BOUND = 256;

    /** Below, a reader is faster without a filter. */
    private static final int MIN_FILTERED = 1024;

    private final PageCompressor compressor;
    private final ByteSink bytes = new ByteSink();
    private final ByteSink page = new ByteSink();
    private final PageWriter pages;
    private final DistinctSketch sketch = new DistinctSketch();
    private int[] levels = new int[0];
    private long[] hashes = new long[0];

    ChunkEncoder(PageCompressor compressor) {
        this.compressor = compressor;
        this.pages = new PageWriter(compressor, bytes);
    }

    /** Encodes a column; {@link Chunk#bytes()} is valid until the next call. */
    Chunk encode(LeafBuffer leaf) {
        LeafValues values = leaf.values();
        Dictionary dictionary = values.count() == 0 ? null : values.dictionary();
        Encoding encoding =
                values.count() == 0 ? Encoding.PLAIN : dictionary != null ? Encoding.RLE_DICTIONARY : values.encoding();
        pages.beginChunk();
        if (dictionary != null) {
            writeDictionary(values, dictionary);
        }
        ChunkIndex index = new ChunkIndex(values);
        PageCut cut = new PageCut(leaf);
        while (cut.next()) {
            int start = bytes.size();
            writePage(leaf, cut, encoding, dictionary);
            index.add(cut, start, bytes.size() - start, dictionary);
        }
        requireDomain(leaf, index.range());
        BlockSplitBloomFilter filter = summarise(leaf, index, dictionary);
        return new Chunk(bytes, metaData(leaf, index, encoding, dictionary), index, filter);
    }

    /** The range says for all values at once whether the column's type has them. */
    private static void requireDomain(LeafBuffer leaf, @Nullable KeyRange range) {
        if (range == null) {
            return;
        }
        for (Object key : List.of(range.min(), range.max())) {
            if (!leaf.values().isInDomain(key)) {
                throw new DatasetDbException(
                        StoreError.BAD_VALUE,
                        "Cannot write column " + leaf.name() + ": "
                                + leaf.type().sql() + " does not have this value ("
                                + leaf.values().describe(key) + ")");
            }
        }
    }

    private void writeDictionary(LeafValues values, Dictionary dictionary) {
        page.truncate(0);
        for (int entry = 0; entry < dictionary.size(); entry++) {
            values.encodePlain(dictionary.firsts()[entry], page);
        }
        pages.writeDictionary(page, dictionary.size());
    }

    private void writePage(LeafBuffer leaf, PageCut cut, Encoding encoding, @Nullable Dictionary dictionary) {
        page.truncate(0);
        if (leaf.isRepeated()) {
            putLevels(leaf.repetitions(), leaf.descriptor().getMaxRepetitionLevel(), cut);
        }
        int repetitionBytes = page.size();
        if (leaf.descriptor().getMaxDefinitionLevel() > 0) {
            putLevels(leaf.definitions(), leaf.descriptor().getMaxDefinitionLevel(), cut);
        }
        int definitionBytes = page.size() - repetitionBytes;
        if (dictionary != null) {
            int width = RunLengthEncoder.width(dictionary.size() - 1);
            page.write(width);
            RunLengthEncoder.encode(dictionary.ids(), cut.fromValue(), cut.toValue(), width, page);
        } else if (leaf.values().count() > 0) {
            leaf.values().encode(encoding, cut.fromValue(), cut.toValue(), page);
        }
        pages.writeData(
                page,
                new PageWriter.Layout(
                        cut.rows(),
                        cut.toSlot() - cut.fromSlot(),
                        cut.toValue() - cut.fromValue(),
                        repetitionBytes,
                        definitionBytes,
                        encoding));
    }

    /** Levels that are all the largest one come as {@code null}. */
    private void putLevels(byte @Nullable [] source, int max, PageCut cut) {
        int from = cut.fromSlot();
        int count = cut.toSlot() - from;
        if (levels.length < count) {
            levels = new int[count];
        }
        if (source == null) {
            Arrays.fill(levels, 0, count, max);
        } else {
            for (int i = 0; i < count; i++) {
                levels[i] = source[from + i];
            }
        }
        RunLengthEncoder.encode(levels, 0, count, RunLengthEncoder.width(max), page);
    }

    /** Adds the chunk to the column's summary; makes a Bloom filter if the column looks like a key. */
    private @Nullable BlockSplitBloomFilter summarise(
            LeafBuffer leaf, ChunkIndex index, @Nullable Dictionary dictionary) {
        LeafSummary summary = leaf.summary();
        if (summary == null) {
            return null;
        }
        LeafValues values = leaf.values();
        int count = dictionary == null ? values.count() : dictionary.size();
        if (hashes.length < count) {
            hashes = new long[count];
        }
        if (dictionary == null) {
            values.hash(0, count, hashes);
        } else {
            long[] one = new long[1];
            for (int entry = 0; entry < count; entry++) {
                values.hash(dictionary.firsts()[entry], 1, one);
                hashes[entry] = one[0];
            }
        }
        sketch.reset();
        for (int i = 0; i < count; i++) {
            sketch.add(hashes[i]);
        }
        summary.add(
                values,
                (long) leaf.slots() - values.count(),
                index.range(),
                sketch,
                dictionary == null ? -1 : dictionary.size());
        boolean filtered = dictionary == null
                && count >= MIN_FILTERED
                && values.isKeyLike()
                && !index.isSorted()
                && sketch.estimate() >= count * 0.9;
        return filtered ? filter(count) : null;
    }

    /** Eight to sixteen bits a value: false positives of at most 4 %. */
    private BlockSplitBloomFilter filter(int count) {
        BlockSplitBloomFilter filter = new BlockSplitBloomFilter(Integer.highestOneBit(count * 2));
        for (int i = 0; i < count; i++) {
            filter.insertHash(hashes[i]);
        }
        return filter;
    }

    private ColumnMetaData metaData(
            LeafBuffer leaf, ChunkIndex index, Encoding encoding, @Nullable Dictionary dictionary) {
        List<Encoding> encodings = new ArrayList<>(List.of(Encoding.RLE));
        List<PageEncodingStats> counts = new ArrayList<>();
        if (dictionary != null) {
            encodings.add(Encoding.PLAIN);
            counts.add(new PageEncodingStats(PageType.DICTIONARY_PAGE, Encoding.PLAIN, 1));
        }
        if (!encodings.contains(encoding)) {
            encodings.add(encoding);
        }
        counts.add(new PageEncodingStats(PageType.DATA_PAGE_V2, encoding, index.pages()));
        ColumnMetaData result = new ColumnMetaData(
                physical(leaf),
                encodings,
                List.of(leaf.descriptor().getPath()),
                compressor.format(),
                leaf.slots(),
                pages.uncompressedBytes(),
                bytes.size(),
                index.firstOffset());
        if (dictionary != null) {
            result.setDictionary_page_offset(0);
        }
        result.setEncoding_stats(counts);
        result.setStatistics(statistics(leaf, index.range(), dictionary));
        return result;
    }

    private static Statistics statistics(LeafBuffer leaf, @Nullable KeyRange range, @Nullable Dictionary dictionary) {
        LeafValues values = leaf.values();
        Statistics result = new Statistics();
        result.setNull_count((long) leaf.slots() - values.count());
        if (range != null) {
            Bound min = values.bound(range.min(), Side.MIN, MAX_BOUND);
            Bound max = values.bound(range.max(), Side.MAX, MAX_BOUND);
            result.setMin_value(min.bytes());
            result.setIs_min_value_exact(min.exact());
            result.setMax_value(max.bytes());
            result.setIs_max_value_exact(max.exact());
        }
        if (dictionary != null) {
            result.setDistinct_count(dictionary.size());
        }
        return result;
    }

    private static Type physical(LeafBuffer leaf) {
        return switch (leaf.descriptor().getPrimitiveType().getPrimitiveTypeName()) {
            case BOOLEAN -> Type.BOOLEAN;
            case INT32 -> Type.INT32;
            case INT64 -> Type.INT64;
            case INT96 -> Type.INT96;
            case FLOAT -> Type.FLOAT;
            case DOUBLE -> Type.DOUBLE;
            case BINARY -> Type.BYTE_ARRAY;
            case FIXED_LEN_BYTE_ARRAY -> Type.FIXED_LEN_BYTE_ARRAY;
        };
    }

    /** An encoded column, its offsets counted from its own beginning. */
    record Chunk(
            ByteSink bytes,
            ColumnMetaData metaData,
            ChunkIndex index,
            @Nullable BlockSplitBloomFilter filter) {}
}
