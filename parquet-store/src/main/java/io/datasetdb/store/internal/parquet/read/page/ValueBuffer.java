// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.store.internal.parquet.read.page;

import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Validity;
import io.datasetdb.vector.Vector;
import org.jspecify.annotations.Nullable;

/**
 * Collects the slots of one batch of a leaf in the array form of its physical type. Values come densely; {@link
 * #spread} then moves the last ones apart to make room for NULLs.
 */
abstract sealed class ValueBuffer permits FixedBuffers.Fixed, BytesValueBuffer {
    /** Makes room for {@code capacity} slots. */
    abstract void ensure(int capacity);

    /** Puts the next {@code count} values at {@code start} and behind it. */
    abstract void decode(ValueDecoder decoder, int start, int count);

    /** Passes over {@code count} values; only while the buffer is empty. */
    void skip(ValueDecoder decoder, int count) {
        ensure(count);
        decode(decoder, 0, count);
    }

    /** As {@link #decode}, with values of a dictionary that this kind of buffer made. */
    abstract void lookUp(Vector dictionary, int[] ids, int offset, int start, int count);

    /**
     * Moves the {@code present} values at {@code start} to those of the {@code slots} positions there that are valid.
     */
    abstract void spread(int start, int slots, int present, long[] validity);

    /** The first {@code size} slots as a vector; the buffer starts anew. */
    abstract Vector take(DataType type, int size, long @Nullable [] validity);

    /** Moves {@code present} ids apart, as {@link #spread}; id 0 stands for NULL. */
    static void spreadIds(int[] ids, int start, int slots, int present, long[] validity) {
        int from = start + present;
        for (int i = start + slots - 1; i >= start; i--) {
            ids[i] = Validity.isValid(validity, i) ? ids[--from] : 0;
        }
    }
}
