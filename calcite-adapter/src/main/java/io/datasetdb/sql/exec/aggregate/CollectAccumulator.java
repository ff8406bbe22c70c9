// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.aggregate;

import io.datasetdb.vector.DataType;
import io.datasetdb.vector.ListVector;
import io.datasetdb.vector.Vector;
import java.util.Arrays;
import java.util.List;

/**
 * ARRAY_AGG and COLLECT (all values, also NULLs, as an array), FUSION and ARRAY_CONCAT_AGG (all elements of all
 * arrays).
 */
final class CollectAccumulator implements Accumulator {
    private final DataType type;
    private final boolean nullWhenEmpty;
    private final boolean flattens;
    private final GroupedRows rows;

    /**
     * @param nullWhenEmpty whether a group without rows is NULL rather than an empty array
     * @param flattens whether the argument is an array whose elements are collected
     */
    CollectAccumulator(DataType argument, DataType type, boolean nullWhenEmpty, boolean flattens) {
        this.type = type;
        this.nullWhenEmpty = nullWhenEmpty;
        this.flattens = flattens;
        this.rows = new GroupedRows(List.of(argument));
    }

    @Override
    public void resize(int groups) {
        // a group comes with its rows
    }

    @Override
    public void add(int[] groups, int[] positions, int count, Vector[] arguments) {
        rows.add(groups, positions, count, arguments);
    }

    @Override
    public void merge(Accumulator other, int[] from, int[] to, int count) {
        rows.merge(((CollectAccumulator) other).rows, from, to, count);
    }

    @Override
    public Vector result(int from, int to) {
        int groups = to - from;
        int base = rows.start(from);
        int size = rows.end(to - 1) - base;
        int[] members = Arrays.copyOfRange(rows.members(), base, base + size);
        Vector values = rows.rows().column(0).gather(members, size);
        int[] offsets = new int[groups + 1];
        boolean[] any = new boolean[groups];
        for (int i = 0; i < groups; i++) {
            int end = rows.end(from + i) - base;
            any[i] = end > offsets[i];
            offsets[i + 1] = end;
        }
        Vector elements = values;
        if (flattens) {
            ListVector lists = (ListVector) values.flatten();
            elements = lists.elements();
            for (int i = 1; i <= groups; i++) {
                offsets[i] = lists.offsets()[offsets[i]];
            }
        }
        long[] validity = nullWhenEmpty ? Results.validity(any, 0, groups) : null;
        return new ListVector(type, groups, offsets, elements, validity);
    }

    @Override
    public long heapBytes() {
        return rows.heapBytes();
    }
}
