// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.rows;

import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Vector;
import org.jspecify.annotations.Nullable;

/** Values of a type of at most 64 bits as words that are equal exactly where the values are. Has no state. */
public final class WordColumn {
    private final KeyColumn column;

    private WordColumn(KeyColumn column) {
        this.column = column;
    }

    /** Nothing for types that need more than one word. */
    public static @Nullable WordColumn of(DataType type) {
        KeyColumn column = KeyColumn.of(type);
        return column instanceof KeyColumns.Fixed && column.words() == 1 ? new WordColumn(column) : null;
    }

    /**
     * The words of the values at the first {@code count} positions; 0 at NULL positions.
     *
     * @param vector of this type, wrapped or not; whole numbers of any width go for each other
     */
    public void encode(Vector vector, int[] positions, int count, long[] words) {
        column.encode(vector, positions, count, new long[][] {words}, false);
    }
}
