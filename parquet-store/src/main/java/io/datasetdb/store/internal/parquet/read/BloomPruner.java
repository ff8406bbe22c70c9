// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet.read;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.store.ColumnPath;
import io.datasetdb.store.Predicate;
import io.datasetdb.store.Storage;
import io.datasetdb.store.internal.parquet.ColumnNode;
import io.datasetdb.vector.DataType;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.apache.parquet.column.values.bloomfilter.BlockSplitBloomFilter;
import org.apache.parquet.format.BloomFilterHeader;
import org.apache.parquet.format.Util;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.jspecify.annotations.Nullable;

/**
 * Tells from Bloom filters (<a
 * href="https://github.com/apache/parquet-format/blob/master/BloomFilter.md">BloomFilter.md</a>) that a row group certainly
 * lacks the values that are looked for. Asked about whole numbers, dates, strings and UUIDs, whose equality is that of their
 * bytes. What is missing or malformed prunes nothing: the filters have no checksum, but those of ours end where they should.
 */
final class BloomPruner {
    /** Of a header, whose length nobody says. */
    private static final int MAX_HEADER = 64;

    private static final int MAX_FILTER = 16 << 20;

    private final Storage.Input input;
    private final RowGroupSplit split;
    private final Map<ColumnNode.Leaf, @Nullable BlockSplitBloomFilter> known = new HashMap<>();

    BloomPruner(Storage.Input input, RowGroupSplit split) {
        this.input = input;
        this.split = split;
    }

    /** Whether some row of the row group may match. */
    boolean mayMatch(Predicate predicate) {
        if (predicate instanceof Predicate.And and) {
            return and.operands().stream().allMatch(this::mayMatch);
        }
        if (predicate instanceof Predicate.Or or) {
            return or.operands().stream().anyMatch(this::mayMatch);
        }
        if (predicate instanceof Predicate.In in) {
            return in.values().stream().anyMatch(value -> mayContain(in.column(), value));
        }
        return !(predicate instanceof Predicate.Comparison comparison)
                || comparison.operator() != Predicate.Operator.EQUAL
                || mayContain(comparison.column(), comparison.value());
    }

    private boolean mayContain(ColumnPath column, Object value) {
        ColumnNode node = NodeOpener.find(split.footer().columns(), column);
        if (!(node instanceof ColumnNode.Leaf leaf) || leaf.repetition() > 0) {
            return true;
        }
        Object stored = stored(leaf, value);
        if (stored == null) {
            return true;
        }
        BlockSplitBloomFilter filter = filter(leaf);
        return filter == null || filter.findHash(filter.hash(stored));
    }

    /** The value as it would stand in the column; {@code null} if that is not for sure. */
    private static @Nullable Object stored(ColumnNode.Leaf leaf, Object value) {
        PrimitiveTypeName physical = leaf.stored().getPrimitiveTypeName();
        DataType.Kind kind = leaf.type().kind();
        boolean isWhole =
                value instanceof Byte || value instanceof Short || value instanceof Integer || value instanceof Long;
        if (isWhole && kind == DataType.Kind.BIGINT && physical == PrimitiveTypeName.INT64) {
            return ((Number) value).longValue();
        }
        if (isWhole && kind == DataType.Kind.INTEGER && physical == PrimitiveTypeName.INT32) {
            int number = ((Number) value).intValue();
            return number == ((Number) value).longValue() ? (Object) number : null;
        }
        if (value instanceof LocalDate date && kind == DataType.Kind.DATE && physical == PrimitiveTypeName.INT32) {
            return (int) date.toEpochDay();
        }
        if (value instanceof String text && kind == DataType.Kind.VARCHAR && physical == PrimitiveTypeName.BINARY) {
            return Binary.fromString(text);
        }
        return value instanceof UUID && physical == PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY
                ? Binary.fromConstantByteArray((byte[]) BoundOrder.comparable(value))
                : null;
    }

    private @Nullable BlockSplitBloomFilter filter(ColumnNode.Leaf leaf) {
        if (!known.containsKey(leaf)) {
            BlockSplitBloomFilter filter = null;
            try {
                filter = read(leaf);
            } catch (DatasetDbException e) {
                throw e;
            } catch (IOException | RuntimeException e) {
                filter = null;
            }
            known.put(leaf, filter);
        }
        return known.get(leaf);
    }

    private @Nullable BlockSplitBloomFilter read(ColumnNode.Leaf leaf) throws IOException {
        ColumnChunkMetaData chunk = split.rowGroup().chunk(leaf.descriptor().getPath());
        if (chunk == null || chunk.getBloomFilterOffset() <= 0) {
            return null;
        }
        long start = chunk.getBloomFilterOffset();
        int length = chunk.getBloomFilterLength();
        ByteArrayInputStream head = bytes(start, (int) Math.min(MAX_HEADER, input.size() - start));
        if (head == null) {
            return null;
        }
        int before = head.available();
        BloomFilterHeader header = Util.readBloomFilterHeader(head);
        int headerLength = before - head.available();
        boolean isKnown = header.getAlgorithm().isSetBLOCK()
                && header.getHash().isSetXXHASH()
                && header.getCompression().isSetUNCOMPRESSED()
                && (length <= 0 || length == headerLength + header.getNumBytes());
        ByteArrayInputStream bits = isKnown ? bytes(start + headerLength, header.getNumBytes()) : null;
        return bits == null ? null : new BlockSplitBloomFilter(bits.readAllBytes());
    }

    private @Nullable ByteArrayInputStream bytes(long position, int length) {
        if (length <= 0 || length > MAX_FILTER || position + length > input.size()) {
            return null;
        }
        byte[] bytes = new byte[length];
        input.readFully(position, ByteBuffer.wrap(bytes));
        return new ByteArrayInputStream(bytes);
    }
}
