// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.aggregate;

import io.datasetdb.vector.Batch;

/**
 * Numbers of rows, group by group, each group's in order.
 *
 * @param members the numbers
 * @param starts where each group's start among them; groups beyond have none
 */
record GroupIndex(int[] members, int[] starts) {
    /** What is done with some rows. */
    @FunctionalInterface
    interface Slice {
        /**
         * @param rows numbers of rows
         * @param targets what goes with each of them
         * @param count how many elements of both count
         */
        void accept(int[] rows, int[] targets, int count);
    }

    /**
     * @param groups the group of each row
     * @param size how many rows there are
     */
    static GroupIndex of(int[] groups, int size) {
        int most = -1;
        for (int i = 0; i < size; i++) {
            most = Math.max(most, groups[i]);
        }
        int[] starts = new int[most + 2];
        for (int i = 0; i < size; i++) {
            starts[groups[i] + 1]++;
        }
        for (int group = 0; group <= most; group++) {
            starts[group + 1] += starts[group];
        }
        int[] next = starts.clone();
        int[] members = new int[size];
        for (int i = 0; i < size; i++) {
            members[next[groups[i]]++] = i;
        }
        return new GroupIndex(members, starts);
    }

    int start(int group) {
        return group < starts.length ? starts[group] : members.length;
    }

    int end(int group) {
        return start(group + 1);
    }

    /**
     * Passes on the rows of some groups, a batch at a time.
     *
     * @param from groups
     * @param to what goes with the rows of each of them
     * @param count how many groups
     */
    void forEach(int[] from, int[] to, int count, Slice action) {
        int[] rows = new int[Batch.SIZE];
        int[] targets = new int[Batch.SIZE];
        int size = 0;
        for (int pair = 0; pair < count; pair++) {
            int end = end(from[pair]);
            for (int at = start(from[pair]); at < end; at++) {
                rows[size] = members[at];
                targets[size++] = to[pair];
                if (size == Batch.SIZE) {
                    action.accept(rows, targets, size);
                    size = 0;
                }
            }
        }
        if (size > 0) {
            action.accept(rows, targets, size);
        }
    }

    long heapBytes() {
        return 4L * (members.length + starts.length);
    }
}
