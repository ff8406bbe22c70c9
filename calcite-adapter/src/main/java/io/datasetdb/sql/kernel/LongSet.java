// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.kernel;

import io.datasetdb.vector.IntVector;
import io.datasetdb.vector.LongVector;
import io.datasetdb.vector.Selection;
import io.datasetdb.vector.Vector;

/** A fixed set of whole numbers: an open-addressing table, at most half full; 0 is kept apart. */
final class LongSet {
    private final long[] table;
    private boolean zero;

    private LongSet(int size) {
        table = new long[Integer.highestOneBit(Math.max(size, 1)) * 4];
    }

    static LongSet of(Vector values) {
        LongSet set = new LongSet(values.size());
        for (int i = 0; i < values.size(); i++) {
            set.add(ValueOrder.low(values, i));
        }
        return set;
    }

    private void add(long value) {
        if (value == 0) {
            zero = true;
            return;
        }
        int slot = slot(value);
        while (table[slot] != 0 && table[slot] != value) {
            slot = (slot + 1) & (table.length - 1);
        }
        table[slot] = value;
    }

    private int slot(long value) {
        return (int) ((value * 0x9E3779B97F4A7C15L) >>> 32) & (table.length - 1);
    }

    boolean contains(long value) {
        if (value == 0) {
            return zero;
        }
        int slot = slot(value);
        while (table[slot] != 0) {
            if (table[slot] == value) {
                return true;
            }
            slot = (slot + 1) & (table.length - 1);
        }
        return false;
    }

    Selection match(Vector flat, Selection selection) {
        int size = selection.size();
        int[] positions = new int[size];
        int count = 0;
        if (flat instanceof IntVector ints) {
            int[] values = ints.values();
            for (int k = 0; k < size; k++) {
                int p = selection.position(k);
                positions[count] = p;
                count += contains(values[p]) ? 1 : 0;
            }
        } else {
            long[] values = ((LongVector) flat).values();
            for (int k = 0; k < size; k++) {
                int p = selection.position(k);
                positions[count] = p;
                count += contains(values[p]) ? 1 : 0;
            }
        }
        return Selections.hits(selection, positions, count);
    }
}
