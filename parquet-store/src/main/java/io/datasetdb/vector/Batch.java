// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.vector;

import java.util.List;

/**
 * Some rows of a table, column by column. {@code rowCount} is the length of the vectors; {@code selection} says which of
 * these rows count. A filter only changes the selection, nothing is copied.
 */
public record Batch(List<Vector> columns, int rowCount, Selection selection) {
    /** The usual number of rows of a batch that an operator makes. Sources may hand out others. */
    public static final int SIZE = 2048;

    public Batch {
        columns = List.copyOf(columns);
    }

    /** A batch in which every row counts. */
    public static Batch of(List<Vector> columns, int rowCount) {
        return new Batch(columns, rowCount, Selection.all(rowCount));
    }

    /** How many rows count. */
    public int size() {
        return selection.size();
    }

    public Vector column(int ordinal) {
        return columns.get(ordinal);
    }

    /** The same rows under another selection, whose positions must be below {@link #rowCount()}. */
    public Batch select(Selection newSelection) {
        return new Batch(columns, rowCount, newSelection);
    }

    /** A batch of just the selected rows, in which every row counts; this batch if that is so already. */
    public Batch compact() {
        if (selection.isAll() && selection.size() == rowCount) {
            return this;
        }
        int[] positions = selection.positions();
        int count = selection.size();
        return Batch.of(
                columns.stream().map(column -> column.gather(positions, count)).toList(), count);
    }
}
