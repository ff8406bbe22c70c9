// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.rows;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.sql.kernel.KernelError;

/** How arrays grow. */
public final class Growth {
    private static final int MAX_ARRAY = Integer.MAX_VALUE - 8;

    private Growth() {}

    /**
     * The new length of an array that has {@code length} elements and needs {@code needed}.
     *
     * @throws DatasetDbException {@link KernelError#OUT_OF_MEMORY} if no array can be that long
     */
    public static int grown(int length, long needed) {
        if (needed > MAX_ARRAY) {
            throw new DatasetDbException(
                    KernelError.OUT_OF_MEMORY,
                    "Cannot keep rows in memory: an array holds at most " + MAX_ARRAY + " elements (" + needed + ")");
        }
        return (int) Math.min(MAX_ARRAY, Math.max(needed, Math.max(16, length + (length >> 1))));
    }

    /** Twice the length, a power of two, of a hash table. */
    static int doubled(int length) {
        if (length >= 1 << 30) {
            return grown(length, length * 2L);
        }
        return length * 2;
    }
}
