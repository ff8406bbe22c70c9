// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.join;

import io.datasetdb.vector.Vector;

/** Turns the keys of one join, of any number of columns, into one 64-bit code each. Used by one thread at a time. */
abstract class KeyCodes {
    /** The code of a key that is not in the table; negative where codes have a {@link #size}. */
    static final long ABSENT = -1;

    /**
     * The most compact codes for the keys that were seen: numbers from 0 where the ranges of all columns multiply to few,
     * the words of a single column, else hashes.
     */
    static KeyCodes of(JoinKeys keys, KeyRanges ranges) {
        PackedCodes packed = PackedCodes.of(keys, ranges);
        if (packed != null) {
            return packed;
        }
        boolean words = keys.size() == 1
                && !keys.nullSafe()[0]
                && ranges.words(0) != null
                && PackedCodes.isWord(keys.otherTypes().get(0));
        return words ? new WordCodes(ranges) : new HashedCodes();
    }

    /**
     * The codes of the keys at the first {@code count} positions, none of which has a NULL that matches nothing.
     *
     * @param keys one vector a column
     */
    abstract void encode(Vector[] keys, int[] positions, int count, long[] codes);

    /** Whether equal codes mean equal keys, always. */
    abstract boolean isExact();

    /** Codes are from 0 to this - 1; -1 if they are any number. */
    long size() {
        return -1;
    }

    /** The same codes for one more thread. */
    abstract KeyCodes reader();
}
