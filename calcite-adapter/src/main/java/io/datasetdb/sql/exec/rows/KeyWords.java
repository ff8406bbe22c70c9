// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.rows;

import io.datasetdb.sql.kernel.ValueOrder;
import io.datasetdb.vector.Vector;
import java.util.List;

/**
 * The sort keys of the rows of one batch, to be compared with those of other batches: a word a key and row that mostly
 * decides
 * (normalised key), and the value itself where it does not. Immutable.
 */
public final class KeyWords {
    private final SortKey[] keys;
    private final Vector[] columns;
    private final long[][] words;
    private final boolean[] exact;

    /**
     * @param columns of the batch, in which every row counts
     * @param keys the most important first
     */
    public KeyWords(List<Vector> columns, int rows, List<SortKey> keys) {
        this.keys = keys.toArray(SortKey[]::new);
        this.columns = new Vector[this.keys.length];
        this.words = new long[this.keys.length][rows];
        this.exact = new boolean[this.keys.length];
        int[] positions = new int[rows];
        for (int i = 0; i < rows; i++) {
            positions[i] = i;
        }
        for (int key = 0; key < this.keys.length; key++) {
            Vector column = columns.get(this.keys[key].ordinal()).flatten();
            this.columns[key] = column;
            exact[key] = OrderWords.isExact(column.type());
            long[] word = words[key];
            OrderWords.leading(column, positions, rows, word);
            if (!this.keys[key].ascending()) {
                for (int i = 0; i < rows; i++) {
                    word[i] = ~word[i];
                }
            }
        }
    }

    /** Negative, zero or positive, as a row comes before, together with or after a row of another batch. */
    public int compare(int row, KeyWords other, int otherRow) {
        for (int key = 0; key < keys.length; key++) {
            Vector column = columns[key];
            Vector otherColumn = other.columns[key];
            boolean isNull = column.isNull(row);
            boolean otherIsNull = otherColumn.isNull(otherRow);
            if (isNull || otherIsNull) {
                if (isNull != otherIsNull) {
                    return isNull == keys[key].nullsFirst() ? -1 : 1;
                }
                continue;
            }
            long word = words[key][row];
            long otherWord = other.words[key][otherRow];
            if (word != otherWord) {
                return word < otherWord ? -1 : 1;
            }
            if (!exact[key]) {
                int order = ValueOrder.compare(column, row, otherColumn, otherRow);
                if (order != 0) {
                    return keys[key].ascending() ? order : -order;
                }
            }
        }
        return 0;
    }
}
