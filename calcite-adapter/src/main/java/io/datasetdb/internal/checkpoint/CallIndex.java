// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.internal.checkpoint;

/** Where the results of calls are, by key: a hash table with linear probing, in which a key may occur several times. */
final class CallIndex {
    private static final long FREE = -1;
    private static final long TAKEN = -2;

    private long[] high = new long[64];
    private long[] low = new long[64];
    private long[] places = free(64);
    private int size;

    private static long[] free(int length) {
        long[] result = new long[length];
        java.util.Arrays.fill(result, FREE);
        return result;
    }

    /** Adds a call; {@code place} is not negative. */
    void add(CallKey key, long place) {
        if (2 * (size + 1) > places.length) {
            grow();
        }
        insert(key.high(), key.low(), place);
        size++;
    }

    /** The place of one call of this key that was not asked for yet, -1 if there is none. */
    long take(CallKey key) {
        for (int i = slot(key.low()); places[i] != FREE; i = i + 1 & places.length - 1) {
            if (places[i] != TAKEN && high[i] == key.high() && low[i] == key.low()) {
                long place = places[i];
                places[i] = TAKEN;
                return place;
            }
        }
        return -1;
    }

    private int slot(long lowBits) {
        return (int) lowBits & places.length - 1;
    }

    private void insert(long highBits, long lowBits, long place) {
        int i = slot(lowBits);
        while (places[i] != FREE) {
            i = i + 1 & places.length - 1;
        }
        high[i] = highBits;
        low[i] = lowBits;
        places[i] = place;
    }

    private void grow() {
        long[] oldHigh = high;
        long[] oldLow = low;
        long[] oldPlaces = places;
        int length = Math.multiplyExact(2, oldPlaces.length);
        high = new long[length];
        low = new long[length];
        places = free(length);
        for (int i = 0; i < oldPlaces.length; i++) {
            if (oldPlaces[i] >= 0) {
                insert(oldHigh[i], oldLow[i], oldPlaces[i]);
            }
        }
    }
}
