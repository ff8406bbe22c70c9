// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.aggregate;

import io.datasetdb.sql.exec.rows.RowOrder;
import io.datasetdb.sql.exec.rows.SortKey;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Vector;
import java.util.Arrays;
import java.util.List;

/** Keeps all rows and passes them on in order once the first result is asked for. */
final class OrderedAccumulator implements Accumulator {
    private final Accumulator inner;
    private final List<SortKey> keys;
    private final int passed;
    private final GroupedRows rows;
    private boolean sorted;

    /**
     * @param types of the arguments
     * @param keys ordinals are places among the arguments
     * @param passed how many of the arguments {@code inner} takes
     */
    OrderedAccumulator(Accumulator inner, List<DataType> types, List<SortKey> keys, int passed) {
        this.inner = inner;
        this.keys = keys;
        this.passed = passed;
        this.rows = new GroupedRows(types);
    }

    @Override
    public void resize(int groups) {
        inner.resize(groups);
    }

    @Override
    public void add(int[] groups, int[] positions, int count, Vector[] arguments) {
        rows.add(groups, positions, count, arguments);
    }

    @Override
    public void merge(Accumulator other, int[] from, int[] to, int count) {
        rows.merge(((OrderedAccumulator) other).rows, from, to, count);
    }

    @Override
    public Vector result(int from, int to) {
        if (!sorted) {
            sorted = true;
            pass();
        }
        return inner.result(from, to);
    }

    private void pass() {
        int[] order = RowOrder.of(rows.rows(), keys).sorted();
        int[] positions = new int[Batch.SIZE];
        Arrays.setAll(positions, i -> i);
        for (int from = 0; from < order.length; from += Batch.SIZE) {
            int count = Math.min(Batch.SIZE, order.length - from);
            int[] part = Arrays.copyOfRange(order, from, from + count);
            int[] groups = new int[count];
            for (int i = 0; i < count; i++) {
                groups[i] = rows.groupOf(part[i]);
            }
            Vector[] vectors = rows.rows().gather(part, count).toArray(Vector[]::new);
            inner.add(groups, positions, count, Arrays.copyOf(vectors, passed));
        }
    }

    @Override
    public long heapBytes() {
        return rows.heapBytes() + inner.heapBytes();
    }
}
