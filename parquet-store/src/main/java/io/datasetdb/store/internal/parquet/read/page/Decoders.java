// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet.read.page;

import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.jspecify.annotations.Nullable;

/** Which decoder reads which encoding. */
final class Decoders {
    private static final int INT96_BYTES = 12;

    private Decoders() {}

    /**
     * A decoder of a page's values that are not dictionary positions.
     *
     * @param valueCount values of the page, NULLs counted
     * @param before the decoder of the page before, if any
     */
    static ValueDecoder of(
            Encoding encoding, ColumnDescriptor column, Slice values, int valueCount, @Nullable ValueDecoder before) {
        if (values.length() == 0) {
            // A page of NULLs may lack even the headers of its encoding.
            return new PlainDecoder(values, fixedLength(column));
        }
        PrimitiveTypeName physical = column.getPrimitiveType().getPrimitiveTypeName();
        return switch (encoding) {
            case PLAIN -> new PlainDecoder(values, fixedLength(column));
            case DELTA_BINARY_PACKED -> new DeltaBinaryPackedDecoder(values);
            case DELTA_LENGTH_BYTE_ARRAY -> new DeltaLengthDecoder(values);
            case DELTA_BYTE_ARRAY ->
                new DeltaByteArrayDecoder(
                        values,
                        fixedLength(column),
                        before instanceof DeltaByteArrayDecoder previous ? previous.last() : new byte[0]);
            case RLE ->
                physical == PrimitiveTypeName.BOOLEAN
                        ? new RleBooleanDecoder(values)
                        : new FallbackDecoder(values, encoding, column, valueCount);
            case BIT_PACKED, PLAIN_DICTIONARY, RLE_DICTIONARY, BYTE_STREAM_SPLIT ->
                new FallbackDecoder(values, encoding, column, valueCount);
        };
    }

    /** The length of every value in bytes, or -1 if each has its own. */
    static int fixedLength(ColumnDescriptor column) {
        return switch (column.getPrimitiveType().getPrimitiveTypeName()) {
            case FIXED_LEN_BYTE_ARRAY -> column.getPrimitiveType().getTypeLength();
            case INT96 -> INT96_BYTES;
            case BINARY, BOOLEAN, INT32, INT64, FLOAT, DOUBLE -> -1;
        };
    }
}
