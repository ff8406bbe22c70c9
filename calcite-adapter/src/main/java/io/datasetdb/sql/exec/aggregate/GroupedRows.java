// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.aggregate;

import io.datasetdb.sql.exec.rows.Growth;
import io.datasetdb.sql.exec.rows.RowBuffer;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Vector;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** All rows of all groups, for functions that need to see them together. */
final class GroupedRows {
    private final RowBuffer rows;
    private int[] groupOfRow = {};
    /** Made when somebody asks, after the last row. */
    private volatile @Nullable GroupIndex index;

    GroupedRows(List<DataType> types) {
        this.rows = new RowBuffer(types);
    }

    void add(int[] groupIds, int[] positions, int count, Vector[] vectors) {
        index = null;
        int base = rows.size();
        rows.append(Arrays.asList(vectors), positions, count);
        if (groupOfRow.length < rows.size()) {
            groupOfRow = Arrays.copyOf(groupOfRow, Growth.grown(groupOfRow.length, rows.size()));
        }
        System.arraycopy(groupIds, 0, groupOfRow, base, count);
    }

    /** Several threads may merge from {@code other} at once. */
    void merge(GroupedRows other, int[] from, int[] to, int count) {
        if (other == this && count > 1) {
            // a pair sees what the pairs before it did
            for (int i = 0; i < count; i++) {
                merge(this, new int[] {from[i]}, new int[] {to[i]}, 1);
            }
            return;
        }
        other.index().forEach(from, to, count, (numbers, groups, some) -> {
            int[] positions = new int[some];
            Arrays.setAll(positions, i -> i);
            add(groups, positions, some, other.rows.gather(numbers, some).toArray(Vector[]::new));
        });
    }

    RowBuffer rows() {
        return rows;
    }

    int groupOf(int row) {
        return groupOfRow[row];
    }

    /** Where the rows of a group start among {@link #members()}. */
    int start(int group) {
        return index().start(group);
    }

    int end(int group) {
        return index().end(group);
    }

    /** Row numbers, group by group, each group's in the order in which they came. */
    int[] members() {
        return index().members();
    }

    private GroupIndex index() {
        GroupIndex result = index;
        return result == null ? newIndex() : result;
    }

    private synchronized GroupIndex newIndex() {
        GroupIndex result = index;
        if (result == null) {
            rows.seal();
            result = GroupIndex.of(groupOfRow, rows.size());
            index = result;
        }
        return result;
    }

    long heapBytes() {
        GroupIndex made = index;
        return rows.heapBytes() + 4L * groupOfRow.length + (made == null ? 0 : made.heapBytes());
    }
}
