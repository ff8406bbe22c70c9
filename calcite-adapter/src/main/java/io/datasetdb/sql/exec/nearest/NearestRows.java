// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.nearest;

import java.util.Arrays;

/**
 * The nearest of the rows that it is given, in a heap with the farthest at its root; of rows at the same distance those that come
 * first in the dataset, or all if these ties are to be broken otherwise.
 */
final class NearestRows {
    private final double[] distances;
    private final long[] rows;
    private final boolean keepsTies;
    private int size;
    private int measurable;

    /** Rows as far as the farthest, without being among {@link #rows}. */
    private long[] ties = new long[0];

    private int tieCount;

    /**
     * Keeps at most {@code most} rows, at least one.
     *
     * @param keepsTies whether beyond these all are kept that are as far as the farthest
     */
    NearestRows(int most, boolean keepsTies) {
        this.distances = new double[most];
        this.rows = new long[most];
        this.keepsTies = keepsTies;
    }

    /** A distance of NaN is farther than all others. */
    void add(double distance, long row) {
        if (!Double.isNaN(distance)) {
            measurable++;
        }
        if (size < rows.length) {
            int at = size++;
            while (at > 0 && isNearer(distances[(at - 1) / 2], rows[(at - 1) / 2], distance, row)) {
                move((at - 1) / 2, at);
                at = (at - 1) / 2;
            }
            distances[at] = distance;
            rows[at] = row;
        } else if (keepsTies && Double.compare(distance, distances[0]) == 0) {
            addTie(row);
        } else if (isNearer(distance, row, distances[0], rows[0])) {
            double farthest = distances[0];
            long farthestRow = rows[0];
            replaceFarthest(distance, row);
            if (keepsTies && Double.compare(distances[0], farthest) == 0) {
                addTie(farthestRow);
            } else {
                tieCount = 0;
            }
        }
    }

    private void addTie(long row) {
        if (tieCount == ties.length) {
            ties = Arrays.copyOf(ties, Math.max(16, 2 * tieCount));
        }
        ties[tieCount++] = row;
    }

    private void replaceFarthest(double distance, long row) {
        int at = 0;
        while (true) {
            int child = 2 * at + 1;
            if (child >= size) {
                break;
            }
            if (child + 1 < size && isNearer(distances[child], rows[child], distances[child + 1], rows[child + 1])) {
                child++;
            }
            if (!isNearer(distance, row, distances[child], rows[child])) {
                break;
            }
            move(child, at);
            at = child;
        }
        distances[at] = distance;
        rows[at] = row;
    }

    private void move(int from, int to) {
        distances[to] = distances[from];
        rows[to] = rows[from];
    }

    private static boolean isNearer(double distance, long row, double otherDistance, long otherRow) {
        int order = Double.compare(distance, otherDistance);
        return order < 0 || order == 0 && row < otherRow;
    }

    /** Adds all that another has found, whose rows are counted from {@code firstRow} on. */
    void addAll(NearestRows other, long firstRow) {
        for (int i = 0; i < other.size; i++) {
            add(other.distances[i], firstRow + other.rows[i]);
        }
        for (int i = 0; i < other.tieCount; i++) {
            add(other.distances[0], firstRow + other.ties[i]);
        }
    }

    /** How many rows are kept, but for ties. */
    int size() {
        return size;
    }

    /** Whether as many rows at a distance that is a number were added as are kept at most. */
    boolean isFull() {
        return measurable >= rows.length;
    }

    /** The rows, with ties, in no order. */
    long[] rows() {
        long[] all = Arrays.copyOf(rows, size + tieCount);
        System.arraycopy(ties, 0, all, size, tieCount);
        return all;
    }
}
