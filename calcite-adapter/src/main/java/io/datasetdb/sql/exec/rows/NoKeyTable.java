// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.rows;

import io.datasetdb.vector.Vector;
import java.util.Arrays;
import java.util.List;

/** Keys without columns, which are all equal. */
final class NoKeyTable extends GroupTable {
    private int size;

    NoKeyTable() {
        super(false);
    }

    @Override
    public int size() {
        return size;
    }

    @Override
    void insert(Vector[] keys, int[] positions, int count, int[] ids) {
        if (count > 0) {
            size = 1;
        }
        Arrays.fill(ids, 0, count, 0);
    }

    @Override
    public void find(Vector[] keys, int[] positions, int count, int[] ids) {
        Arrays.fill(ids, 0, count, size - 1);
    }

    @Override
    public GroupTable reader() {
        return this;
    }

    @Override
    public List<Vector> keys(int from, int to) {
        return List.of();
    }

    @Override
    public List<Vector> keys(int[] numbers, int count) {
        return List.of();
    }

    @Override
    long tableBytes() {
        return 0;
    }
}
