// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet.read.page;

import io.datasetdb.store.internal.parquet.ColumnNode;
import io.datasetdb.vector.DictionaryVector;
import io.datasetdb.vector.Validity;
import io.datasetdb.vector.Vector;
import java.util.Arrays;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.io.ParquetDecodingException;
import org.jspecify.annotations.Nullable;

/**
 * The values of a leaf as batches are filled page by page: dictionary positions as long as pages have nothing else,
 * values from the first page on that does.
 */
final class LeafValues {
    private enum Form {
        NONE,
        IDS,
        VALUES
    }

    private final ColumnDescriptor column;
    private final LeafConversion conversion;
    private final ValueBuffer buffer;

    /** The dictionary as stored and as read. */
    private @Nullable Vector storedDictionary;

    private @Nullable Vector dictionary;

    private @Nullable RunLengthReader idReader;
    private @Nullable ValueDecoder decoder;

    private Form form = Form.NONE;
    /** Of the last batch; the next one is likely to be as large. */
    private int lastSlots;

    private int[] ids = new int[0];
    private int[] scratch = new int[0];

    LeafValues(ColumnNode.Leaf leaf) {
        this.column = leaf.descriptor();
        this.conversion = LeafConversion.of(leaf);
        this.buffer = newBuffer();
    }

    private ValueBuffer newBuffer() {
        return switch (column.getPrimitiveType().getPrimitiveTypeName()) {
            case BOOLEAN -> new FixedBuffers.Booleans();
            case INT32 -> new FixedBuffers.Ints();
            case INT64 -> new FixedBuffers.Longs();
            case FLOAT -> new FixedBuffers.Floats();
            case DOUBLE -> new FixedBuffers.Doubles();
            case BINARY, FIXED_LEN_BYTE_ARRAY, INT96 -> new BytesValueBuffer();
        };
    }

    void begin() {
        form = Form.NONE;
    }

    void dictionary(Page.Dictionary page) {
        if (storedDictionary != null || decoder != null) {
            throw new ParquetDecodingException("the column has a dictionary behind its values");
        }
        if (page.encoding() != Encoding.PLAIN && !page.encoding().usesDictionary()) {
            throw new ParquetDecodingException("a dictionary has an unknown encoding (" + page.encoding() + ")");
        }
        if (page.values() > page.data().length()) {
            throw new ParquetDecodingException("a dictionary holds fewer values than it announces");
        }
        ValueBuffer entries = newBuffer();
        entries.ensure(page.values());
        entries.decode(new PlainDecoder(page.data(), Decoders.fixedLength(column)), 0, page.values());
        Vector stored = entries.take(conversion.rawType(), page.values(), null);
        storedDictionary = stored;
        dictionary = conversion.apply(stored);
    }

    /** The dictionary as read, if there has been one. */
    @Nullable
    Vector dictionary() {
        return dictionary;
    }

    void page(DataPage page) {
        if (page.encoding().usesDictionary()) {
            int width = page.data().length() == 0
                    ? 0
                    : page.data().array()[page.data().offset()];
            Slice runs = page.data().length() == 0 ? page.data() : page.data().skip(1);
            idReader = new RunLengthReader(runs, width);
        } else {
            idReader = null;
            decoder = Decoders.of(page.encoding(), column, page.data(), page.values(), decoder);
        }
    }

    /** Reads the next {@code present} values of the page into those of {@code slots} slots that are valid. */
    void append(int start, int slots, int present, long @Nullable [] validity) {
        if (idReader != null) {
            appendIds(idReader, start, slots, present, validity);
            return;
        }
        if (form == Form.IDS) {
            flush(start, validity);
        }
        form = Form.VALUES;
        buffer.ensure(Math.max(start + slots, lastSlots));
        if (present > 0) {
            buffer.decode(decoder(), start, present);
        }
        spread(start, slots, present, validity);
    }

    /** Passes over the next {@code count} values of the page; only between batches. */
    void skip(int count) {
        if (idReader != null) {
            idReader.skip(count);
        } else if (count > 0) {
            buffer.skip(decoder(), count);
        }
    }

    private ValueDecoder decoder() {
        if (decoder == null) {
            throw new ParquetDecodingException("the column has values before its first page");
        }
        return decoder;
    }

    private void spread(int start, int slots, int present, long @Nullable [] validity) {
        if (present < slots && validity != null) {
            buffer.spread(start, slots, present, validity);
        }
    }

    private void appendIds(RunLengthReader reader, int start, int slots, int present, long @Nullable [] validity) {
        Vector entries = storedDictionary;
        int size = entries == null ? 0 : entries.size();
        if (form != Form.VALUES && size > 0) {
            form = Form.IDS;
            if (ids.length < start + slots) {
                ids = Arrays.copyOf(ids, Math.max(start + slots, 2 * ids.length));
            }
            readIds(reader, ids, start, present, size);
            if (present < slots && validity != null) {
                ValueBuffer.spreadIds(ids, start, slots, present, validity);
            }
            return;
        }
        form = Form.VALUES;
        buffer.ensure(start + slots);
        if (present > 0) {
            int[] positions = scratch(present);
            readIds(reader, positions, 0, present, size);
            buffer.lookUp(stored(), positions, 0, start, present);
        }
        spread(start, slots, present, validity);
    }

    private static void readIds(RunLengthReader reader, int[] target, int start, int count, int size) {
        reader.read(target, start, count);
        int signs = 0;
        for (int i = start; i < start + count; i++) {
            signs |= target[i] | (size - 1 - target[i]);
        }
        if (signs < 0) {
            throw new ParquetDecodingException("a value is outside of the dictionary (of " + size + " values)");
        }
    }

    /** Turns the ids of the first {@code count} slots into values. */
    private void flush(int count, long @Nullable [] validity) {
        buffer.ensure(count);
        if (validity == null) {
            buffer.lookUp(stored(), ids, 0, 0, count);
            return;
        }
        int[] dense = scratch(count);
        int present = 0;
        for (int i = 0; i < count; i++) {
            if (Validity.isValid(validity, i)) {
                dense[present++] = ids[i];
            }
        }
        buffer.lookUp(stored(), dense, 0, 0, present);
        spread(0, count, present, validity);
    }

    private Vector stored() {
        if (storedDictionary == null) {
            throw new ParquetDecodingException("the column has no dictionary");
        }
        return storedDictionary;
    }

    private int[] scratch(int size) {
        if (scratch.length < size) {
            scratch = new int[size];
        }
        return scratch;
    }

    /** The first {@code slots} slots of the batch. */
    Vector take(int slots, long @Nullable [] validity) {
        if (form == Form.IDS && dictionary != null) {
            int[] taken = ids;
            ids = new int[taken.length];
            return new DictionaryVector(slots, taken, dictionary, validity);
        }
        buffer.ensure(slots);
        lastSlots = slots;
        return conversion.apply(buffer.take(conversion.rawType(), slots, validity));
    }
}
