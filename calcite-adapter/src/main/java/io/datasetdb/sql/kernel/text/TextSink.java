// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.kernel.text;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.sql.kernel.KernelError;
import io.datasetdb.vector.BytesVector;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Validity;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Collects the bytes of a VARCHAR or VARBINARY vector of a known number of positions. Values are begun in ascending order of
 * their positions; a position that is never begun is empty.
 */
public final class TextSink {
    private final int rowCount;
    private final int[] offsets;
    private byte[] data;
    private int length;
    private int next;
    private long @Nullable [] validity;

    public TextSink(int rowCount, int expectedBytes) {
        this.rowCount = rowCount;
        this.offsets = new int[rowCount + 1];
        this.data = new byte[Math.max(expectedBytes, 64)];
    }

    /** What is appended from now on belongs to this position. */
    public void begin(int position) {
        while (next <= position) {
            offsets[next++] = length;
        }
    }

    /** The position is NULL and gets no bytes. */
    public void setNull(int position) {
        begin(position);
        if (validity == null) {
            validity = Validity.allValid(rowCount);
        }
        Validity.setNull(validity, position);
    }

    /** Forgets what was appended since {@link #begin}. */
    public void rewind() {
        length = offsets[next - 1];
    }

    public void append(byte[] bytes, int from, int to) {
        ensure(to - from);
        System.arraycopy(bytes, from, data, length, to - from);
        length += to - from;
    }

    public void append(byte value) {
        ensure(1);
        data[length++] = value;
    }

    /** Appends text of any characters. */
    public void append(String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        append(bytes, 0, bytes.length);
    }

    /** Appends text; quick if it is all ASCII. */
    public void append(StringBuilder text) {
        int count = text.length();
        ensure(count);
        for (int i = 0; i < count; i++) {
            char c = text.charAt(i);
            if (c >= 0x80) {
                append(text.toString());
                return;
            }
            data[length + i] = (byte) c;
        }
        length += count;
    }

    /** Makes room for so many bytes and returns the array to write to, from {@link #length()} on; then call {@link #advance}. */
    public byte[] reserve(int bytes) {
        ensure(bytes);
        return data;
    }

    public int length() {
        return length;
    }

    /** Counts in bytes written to what {@link #reserve} returned. */
    public void advance(int bytes) {
        length += bytes;
    }

    private void ensure(int more) {
        long needed = (long) length + more;
        if (needed > data.length) {
            if (needed > Integer.MAX_VALUE - 16) {
                throw new DatasetDbException(
                        KernelError.OUT_OF_MEMORY, "Cannot build text: one batch would need " + needed + " bytes");
            }
            data = Arrays.copyOf(data, (int) Math.min(Integer.MAX_VALUE - 16L, Math.max(needed, data.length * 2L)));
        }
    }

    public BytesVector build(DataType type) {
        begin(rowCount);
        return new BytesVector(type, rowCount, data, offsets, validity);
    }
}
