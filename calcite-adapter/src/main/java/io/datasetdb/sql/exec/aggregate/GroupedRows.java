// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.aggregate;

import io.datasetdb.sql.exec.rows.Growth;
import io.datasetdb.sql.exec.rows.RowBuffer;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Vector;
import java.util.Arrays;
import java.util.List;

/** All rows of all groups, for functions that need to see them together. */
final class GroupedRows {
    private final RowBuffer rows;
    private int[] groupOfRow = {};
    private int groups;
    private boolean indexed;
    private int[] starts = {};
    private int[] members = {};

    GroupedRows(List<DataType> types) {
        this.rows = new RowBuffer(types);
    }

    void resize(int newGroups) {
        if (newGroups > groups) {
            groups = newGroups;
            indexed = false;
        }
    }

    void add(int[] groupIds, int[] positions, int count, Vector[] vectors) {
        indexed = false;
        int base = rows.size();
        rows.append(Arrays.asList(vectors), positions, count);
        if (groupOfRow.length < rows.size()) {
            groupOfRow = Arrays.copyOf(groupOfRow, Growth.grown(groupOfRow.length, rows.size()));
        }
        System.arraycopy(groupIds, 0, groupOfRow, base, count);
    }

    void merge(GroupedRows other, int[] from, int[] to, int count) {
        for (int i = 0; i < count; i++) {
            int[] members = other.members(from[i]);
            int[] ids = new int[members.length];
            Arrays.fill(ids, to[i]);
            int[] positions = new int[members.length];
            Arrays.setAll(positions, k -> k);
            Vector[] vectors = other.rows.gather(members, members.length).toArray(Vector[]::new);
            add(ids, positions, members.length, vectors);
        }
    }

    RowBuffer rows() {
        return rows;
    }

    int groupOf(int row) {
        return groupOfRow[row];
    }

    /** Where the rows of a group start among {@link #members()}. */
    int start(int group) {
        index();
        return starts[group];
    }

    int end(int group) {
        index();
        return starts[group + 1];
    }

    /** Row numbers, group by group, each group's in the order in which they came. */
    int[] members() {
        index();
        return members;
    }

    private int[] members(int group) {
        return Arrays.copyOfRange(members(), start(group), end(group));
    }

    private void index() {
        if (indexed) {
            return;
        }
        indexed = true;
        int size = rows.size();
        starts = new int[groups + 1];
        for (int row = 0; row < size; row++) {
            starts[groupOfRow[row] + 1]++;
        }
        for (int group = 0; group < groups; group++) {
            starts[group + 1] += starts[group];
        }
        members = new int[size];
        int[] next = Arrays.copyOf(starts, groups);
        for (int row = 0; row < size; row++) {
            members[next[groupOfRow[row]]++] = row;
        }
    }

    long heapBytes() {
        return rows.heapBytes() + 4L * (groupOfRow.length + starts.length + members.length);
    }
}
