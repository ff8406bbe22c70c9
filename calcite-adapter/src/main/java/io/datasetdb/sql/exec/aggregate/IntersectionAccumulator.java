// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.aggregate;

import io.datasetdb.sql.exec.rows.GroupTable;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.ListVector;
import io.datasetdb.vector.Vector;
import io.datasetdb.vector.VectorBuilder;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * INTERSECTION: the elements that all arrays of a group have, each as often as in the array that has the fewest of it, in
 * the order in which they were first seen. NULL arrays do not count; NULL without any other.
 */
final class IntersectionAccumulator extends NonNullAccumulator {
    private final DataType type;
    private final DataType element;
    private final GroupedRows rows;

    IntersectionAccumulator(DataType argument, DataType type) {
        this.type = type;
        this.element = ((DataType.Array) argument).element();
        this.rows = new GroupedRows(List.of(argument));
    }

    @Override
    public void resize(int groups) {
        // a group comes with its rows
    }

    @Override
    void addValues(int[] groups, int[] positions, int count, Vector[] arguments) {
        rows.add(groups, positions, count, arguments);
    }

    @Override
    public void merge(Accumulator other, int[] from, int[] to, int count) {
        rows.merge(((IntersectionAccumulator) other).rows, from, to, count);
    }

    @Override
    public Vector result(int from, int to) {
        VectorBuilder builder = VectorBuilder.of(type, to - from);
        for (int group = from; group < to; group++) {
            builder.append(common(group));
        }
        return builder.build();
    }

    private @Nullable List<@Nullable Object> common(int group) {
        int start = rows.start(group);
        int end = rows.end(group);
        if (start == end) {
            return null;
        }
        int[] members = Arrays.copyOfRange(rows.members(), start, end);
        ListVector lists = (ListVector)
                rows.rows().column(0).gather(members, members.length).flatten();
        GroupTable table = GroupTable.of(List.of(element));
        int[] fewest = {};
        for (int list = 0; list < members.length; list++) {
            int[] counts = counts(table, lists, list);
            int known = list == 0 ? counts.length : fewest.length;
            fewest = list == 0 ? counts : Arrays.copyOf(fewest, known);
            for (int i = 0; i < known; i++) {
                fewest[i] = Math.min(fewest[i], counts[i]);
            }
        }
        return elements(table, fewest);
    }

    /** How often a list has each of the table's elements, which grow by those that it has for the first time. */
    private static int[] counts(GroupTable table, ListVector lists, int list) {
        int size = lists.length(list);
        int[] positions = new int[size];
        Arrays.setAll(positions, i -> lists.offsets()[list] + i);
        int[] ids = new int[size];
        if (size > 0) {
            table.put(new Vector[] {lists.elements()}, positions, size, ids);
        }
        int[] counts = new int[table.size()];
        for (int id : ids) {
            counts[id]++;
        }
        return counts;
    }

    private static List<@Nullable Object> elements(GroupTable table, int[] counts) {
        List<@Nullable Object> result = new ArrayList<>();
        for (int id = 0; id < counts.length; id++) {
            Object value =
                    counts[id] == 0 ? null : table.keys(id, id + 1).get(0).getObject(0);
            for (int i = 0; i < counts[id]; i++) {
                result.add(value);
            }
        }
        return result;
    }

    @Override
    public long heapBytes() {
        return rows.heapBytes();
    }
}
