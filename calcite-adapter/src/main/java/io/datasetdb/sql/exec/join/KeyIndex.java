// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.join;

/**
 * Finds codes. The rows of a table stand in places, numbered from 0, those of one key side by side; a code is found at the
 * first place of its key. Immutable, for any number of threads.
 */
interface KeyIndex {
    /**
     * Looks up the first {@code count} codes.
     *
     * @param places receives the first place with each code, or -1
     */
    void find(long[] codes, int count, int[] places);

    /** Bytes on the heap. */
    long heapBytes();
}
