// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet.read.page;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import org.apache.parquet.io.ParquetDecodingException;

/**
 * Bytes {@code offset .. end} of an array that is at least {@link #SLACK} longer, so that bits can be taken from 8-byte
 * loads up to the very end.
 */
record Slice(byte[] array, int offset, int end) {
    /** Readable bytes behind the end of every slice. */
    static final int SLACK = 8;

    static final VarHandle LONG = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    static final VarHandle INT = MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

    Slice {
        if (offset < 0 || end < offset || end > array.length - SLACK) {
            throw new ParquetDecodingException("a section of a page lies outside of it");
        }
    }

    static Slice empty() {
        return new Slice(new byte[SLACK], 0, 0);
    }

    int length() {
        return end - offset;
    }

    /** The first {@code length} bytes. */
    Slice first(int length) {
        return section(0, length);
    }

    /** All but the first {@code length} bytes. */
    Slice skip(int length) {
        return section(length, length() - length);
    }

    private Slice section(int from, int length) {
        if (from < 0 || length < 0 || from + (long) length > length()) {
            throw new ParquetDecodingException("a page ends before its data (" + length() + " bytes)");
        }
        return new Slice(array, offset + from, offset + from + length);
    }

    /** The little-endian number in the first four bytes. */
    int leadingInt() {
        if (length() < Integer.BYTES) {
            throw new ParquetDecodingException("a page ends before its data (" + length() + " bytes)");
        }
        return (int) INT.get(array, offset);
    }
}
