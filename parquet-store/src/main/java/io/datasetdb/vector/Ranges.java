// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.vector;

/** Gathering of variable-length ranges, shared by lists and maps. */
final class Ranges {
    private Ranges() {}

    /** The offsets of the gathered ranges; a position of -1 is an empty range. */
    static int[] offsets(int[] offsets, int[] positions, int count) {
        int[] result = new int[count + 1];
        for (int i = 0; i < count; i++) {
            int position = positions[i];
            int length = position < 0 ? 0 : offsets[position + 1] - offsets[position];
            result[i + 1] = Math.addExact(result[i], length);
        }
        return result;
    }

    /** The element positions that the gathered ranges cover, one after the other. */
    static int[] expand(int[] offsets, int[] positions, int count, int[] newOffsets) {
        int[] result = new int[newOffsets[count]];
        for (int i = 0; i < count; i++) {
            int length = newOffsets[i + 1] - newOffsets[i];
            for (int j = 0; j < length; j++) {
                result[newOffsets[i] + j] = offsets[positions[i]] + j;
            }
        }
        return result;
    }
}
