// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.aggregate;

import io.datasetdb.vector.Vector;

/**
 * The running state of one aggregate call for all groups. Groups are numbered densely from 0. Used by one thread at a
 * time.
 */
public interface Accumulator {
    /** Makes sure that groups 0 to {@code groups - 1} exist; new ones are as without any row. Never shrinks. */
    void resize(int groups);

    /**
     * Takes rows into their groups, in order.
     *
     * @param groups the group of the {@code i}th row
     * @param positions where the {@code i}th row stands in the argument vectors
     * @param count how many elements of {@code groups} and {@code positions} count
     * @param arguments the argument vectors, perhaps wrapped
     */
    void add(int[] groups, int[] positions, int count, Vector[] arguments);

    /**
     * Takes the rows of a batch into their groups, as {@link #add(int[], int[], int, Vector[])} does, but perhaps group by
     * group where there are few groups and the order of a group's rows does not matter.
     */
    default void add(GroupedBatch rows, Vector[] arguments) {
        add(rows.groups(), rows.positions(), rows.count(), arguments);
    }

    /** Says that no more rows come, so that several threads may {@link #merge} from this accumulator at once. */
    default void seal() {}

    /**
     * Takes the state of other groups into groups of this accumulator, one pair after the other, as if their rows came
     * after
     * the rows seen so far. {@code other} may be this accumulator; then a pair sees what earlier pairs did.
     *
     * @param other an accumulator made by the same call; {@link #seal sealed} if other threads merge from it, too
     * @param from the group of {@code other} of the {@code i}th pair
     * @param to the group of this accumulator of the {@code i}th pair
     * @param count how many pairs there are
     */
    void merge(Accumulator other, int[] from, int[] to, int count);

    /** The results of groups {@code from} to {@code to - 1}; may be asked for once all rows are in. */
    Vector result(int from, int to);

    /** Bytes on the heap, roughly; for memory budgets. */
    long heapBytes();
}
