// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.window;

import io.datasetdb.sql.exec.rows.RowBuffer;

/**
 * Buffered rows in the order of a window: by partition keys, then by order keys. Peers are rows of a partition that are
 * equal in all order keys.
 */
public final class SortedRows {
    private final RowBuffer rows;
    private final int size;
    private final int[] partitionOf;
    private final int[] peersOf;
    private final int[] partitionStarts;
    private final int[] peersStarts;

    /**
     * @param rows in the order of the window
     * @param partitionOf the number of each row's partition, from 0
     * @param peersOf the number of each row's group of peers, from 0 through all partitions
     */
    public SortedRows(RowBuffer rows, int[] partitionOf, int[] peersOf) {
        this.rows = rows;
        this.size = rows.size();
        this.partitionOf = partitionOf;
        this.peersOf = peersOf;
        this.partitionStarts = starts(partitionOf);
        this.peersStarts = starts(peersOf);
    }

    private int[] starts(int[] numbers) {
        int count = size == 0 ? 0 : numbers[size - 1] + 1;
        int[] result = new int[count + 1];
        result[count] = size;
        for (int i = size - 1; i >= 0; i--) {
            result[numbers[i]] = i;
        }
        return result;
    }

    public int size() {
        return size;
    }

    public RowBuffer buffer() {
        return rows;
    }

    /** Partitions are numbered from 0. */
    int partition(int place) {
        return partitionOf[place];
    }

    int partitions() {
        return partitionStarts.length - 1;
    }

    int partitionStart(int place) {
        return partitionStarts[partitionOf[place]];
    }

    int partitionEnd(int place) {
        return partitionStarts[partitionOf[place] + 1];
    }

    /** Groups of peers are numbered from 0 through all partitions. */
    int peers(int place) {
        return peersOf[place];
    }

    int peersStart(int place) {
        return peersStarts[peersOf[place]];
    }

    int peersEnd(int place) {
        return peersStarts[peersOf[place] + 1];
    }

    /** Where the group of peers with this number starts. */
    int startOfPeers(int number) {
        return peersStarts[number];
    }
}
