// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.window;

import io.datasetdb.sql.exec.rows.RowBuffer;
import io.datasetdb.sql.exec.rows.RowOrder;
import io.datasetdb.sql.exec.rows.SortKey;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Buffered rows in the order of a window: by partition keys, then by order keys. Rows are meant by their place in this
 * order
 * unless said otherwise. Peers are rows of a partition that are equal in all order keys.
 */
public final class SortedRows {
    private final RowBuffer rows;
    private final int[] order;
    private final int[] partitionOf;
    private final int[] peersOf;
    private final int[] partitionStarts;
    private final int[] peersStarts;

    public SortedRows(RowBuffer rows, int[] partitionKeys, List<SortKey> orderKeys) {
        this.rows = rows;
        List<SortKey> keys = new ArrayList<>();
        for (int key : partitionKeys) {
            keys.add(SortKey.ascending(key));
        }
        keys.addAll(orderKeys);
        RowOrder rowOrder = RowOrder.of(rows, keys);
        this.order = rowOrder.sorted();
        this.partitionOf = numbers(rowOrder, partitionKeys.length);
        this.peersOf = numbers(rowOrder, keys.size());
        this.partitionStarts = starts(partitionOf);
        this.peersStarts = starts(peersOf);
    }

    private int[] numbers(RowOrder rowOrder, int keys) {
        int[] result = new int[order.length];
        for (int i = 1; i < result.length; i++) {
            result[i] = result[i - 1] + (rowOrder.equal(order[i - 1], order[i], 0, keys) ? 0 : 1);
        }
        return result;
    }

    private static int[] starts(int[] numbers) {
        int count = numbers.length == 0 ? 0 : numbers[numbers.length - 1] + 1;
        int[] result = new int[count + 1];
        result[count] = numbers.length;
        for (int i = numbers.length - 1; i >= 0; i--) {
            result[numbers[i]] = i;
        }
        return result;
    }

    public int size() {
        return order.length;
    }

    public RowBuffer buffer() {
        return rows;
    }

    /** The number in the buffer of the row at this place. */
    int row(int place) {
        return order[place];
    }

    /** The numbers in the buffer of the rows at these places. */
    public int[] rows(int from, int to) {
        return Arrays.copyOfRange(order, from, to);
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

    /** Bytes on the heap besides the rows, roughly. */
    public long heapBytes() {
        return 4L * (3L * order.length + partitionStarts.length + peersStarts.length);
    }
}
