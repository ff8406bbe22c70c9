// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.aggregate;

import io.datasetdb.sql.exec.rows.ColumnBuffer;
import io.datasetdb.sql.exec.rows.Growth;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Vector;
import java.util.Arrays;

/** One value of any type a group, or none; replaced values are thrown away now and then. */
final class ValueStore {
    private static final int SLACK = 8192;
    private static final int NONE = -1;

    private final DataType type;
    private ColumnBuffer buffer;
    private int[] rows = {};

    ValueStore(DataType type) {
        this.type = type;
        this.buffer = ColumnBuffer.of(type);
    }

    void resize(int groups) {
        int old = rows.length;
        if (groups > old) {
            rows = Arrays.copyOf(rows, Growth.grown(old, groups));
            Arrays.fill(rows, old, rows.length, NONE);
        }
    }

    boolean has(int group) {
        return rows[group] != NONE;
    }

    /** Sets the values of groups, which are distinct; a NULL is a value, too. */
    void put(int[] groups, int[] positions, int count, Vector vector) {
        int row = buffer.size();
        buffer.append(vector, positions, count);
        for (int i = 0; i < count; i++) {
            rows[groups[i]] = row++;
        }
        if (row > 2L * rows.length + SLACK) {
            compact();
        }
    }

    private void compact() {
        int[] live = new int[rows.length];
        int count = 0;
        for (int group = 0; group < rows.length; group++) {
            if (rows[group] != NONE) {
                live[count] = rows[group];
                rows[group] = count++;
            }
        }
        ColumnBuffer compacted = ColumnBuffer.of(type);
        int[] positions = new int[Math.min(count, SLACK)];
        Arrays.setAll(positions, i -> i);
        for (int from = 0; from < count; from += SLACK) {
            int size = Math.min(SLACK, count - from);
            compacted.append(buffer.gather(Arrays.copyOfRange(live, from, from + size), size), positions, size);
        }
        buffer = compacted;
    }

    /** Says that no more values come, so that several threads may read. */
    void seal() {
        buffer.seal();
    }

    /** A vector that holds the group's value, until the next {@link #put}. */
    Vector vector(int group) {
        return buffer.vector(rows[group]);
    }

    /** Where in {@link #vector}. */
    int position(int group) {
        return buffer.position(rows[group]);
    }

    /** The values, NULL where a group has none. */
    Vector result(int from, int to) {
        return buffer.gather(Arrays.copyOfRange(rows, from, to), to - from);
    }

    long heapBytes() {
        return buffer.heapBytes() + 4L * rows.length;
    }
}
