// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet.read.page;

import java.io.IOException;
import java.nio.ByteBuffer;
import org.apache.parquet.bytes.ByteBufferInputStream;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.ValuesType;
import org.apache.parquet.column.values.ValuesReader;
import org.apache.parquet.io.ParquetDecodingException;
import org.apache.parquet.io.api.Binary;

/** Any encoding that parquet-java knows, one value at a time. */
final class FallbackDecoder implements ValueDecoder {
    private final ValuesReader reader;
    private int left;

    /** Decodes a page of {@code valueCount} values, NULLs counted. */
    FallbackDecoder(Slice slice, Encoding encoding, ColumnDescriptor column, int valueCount) {
        this.reader = encoding.getValuesReader(column, ValuesType.VALUES);
        this.left = valueCount;
        try {
            reader.initFromPage(
                    valueCount,
                    ByteBufferInputStream.wrap(ByteBuffer.wrap(slice.array(), slice.offset(), slice.length())));
        } catch (IOException e) {
            throw new ParquetDecodingException("a page's values do not decode", e);
        }
    }

    private void count(int values) {
        if (values > left) {
            throw new ParquetDecodingException("a page holds fewer values than it announces");
        }
        left -= values;
    }

    @Override
    public void read(boolean[] out, int offset, int count) {
        count(count);
        for (int i = offset; i < offset + count; i++) {
            out[i] = reader.readBoolean();
        }
    }

    @Override
    public void read(int[] out, int offset, int count) {
        count(count);
        for (int i = offset; i < offset + count; i++) {
            out[i] = reader.readInteger();
        }
    }

    @Override
    public void read(long[] out, int offset, int count) {
        count(count);
        for (int i = offset; i < offset + count; i++) {
            out[i] = reader.readLong();
        }
    }

    @Override
    public void read(float[] out, int offset, int count) {
        count(count);
        for (int i = offset; i < offset + count; i++) {
            out[i] = reader.readFloat();
        }
    }

    @Override
    public void read(double[] out, int offset, int count) {
        count(count);
        for (int i = offset; i < offset + count; i++) {
            out[i] = reader.readDouble();
        }
    }

    @Override
    public void skipBytes(int count) {
        count(count);
        reader.skip(count);
    }

    @Override
    public void read(BytesBuffer out, int count) {
        count(count);
        out.ensureValues(count);
        for (int i = 0; i < count; i++) {
            Binary value = reader.readBytes();
            byte[] bytes = value.getBytesUnsafe();
            out.append(bytes, 0, bytes.length);
        }
    }
}
