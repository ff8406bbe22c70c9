// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec;

import io.datasetdb.sql.exec.rows.RowBuffer;
import io.datasetdb.vector.Batch;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** Hands out buffered rows in a given order, batch by batch. */
final class SortedOutput implements Operator {
    private final RowBuffer rows;
    private final int[] order;
    private int next;

    /**
     * @param from how many rows of the order to skip
     */
    SortedOutput(RowBuffer rows, int[] order, long from) {
        this.rows = rows;
        this.order = order;
        this.next = (int) Math.min(from, order.length);
    }

    @Override
    public @Nullable Batch next() {
        int count = Math.min(Batch.SIZE, order.length - next);
        if (count <= 0) {
            return null;
        }
        int[] part = Arrays.copyOfRange(order, next, next + count);
        next += count;
        return Batch.of(rows.gather(part, count), count);
    }

    @Override
    public void close() {
        next = order.length;
    }
}
