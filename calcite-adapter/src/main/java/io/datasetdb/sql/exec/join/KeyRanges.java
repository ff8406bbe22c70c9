// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.join;

import io.datasetdb.sql.exec.rows.WordColumn;
import io.datasetdb.vector.Vector;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The least and the greatest word of each key column so far. Used by one thread at a time. */
final class KeyRanges {
    private final @Nullable WordColumn[] columns;
    private final long[] least;
    private final long[] greatest;
    private long[] words = {};

    KeyRanges(JoinKeys keys) {
        columns = keys.types().stream().map(WordColumn::of).toArray(WordColumn[]::new);
        least = new long[columns.length];
        greatest = new long[columns.length];
        Arrays.fill(least, Long.MAX_VALUE);
        Arrays.fill(greatest, Long.MIN_VALUE);
    }

    void add(Vector[] keys, int[] positions, int count) {
        if (words.length < count) {
            words = new long[count];
        }
        for (int c = 0; c < columns.length; c++) {
            WordColumn column = columns[c];
            if (column == null) {
                continue;
            }
            Vector vector = keys[c];
            column.encode(vector, positions, count, words);
            boolean nulls = vector.mayHaveNulls();
            long low = least[c];
            long high = greatest[c];
            for (int i = 0; i < count; i++) {
                if (!nulls || !vector.isNull(positions[i])) {
                    low = Math.min(low, words[i]);
                    high = Math.max(high, words[i]);
                }
            }
            least[c] = low;
            greatest[c] = high;
        }
    }

    void add(KeyRanges other) {
        for (int c = 0; c < columns.length; c++) {
            least[c] = Math.min(least[c], other.least[c]);
            greatest[c] = Math.max(greatest[c], other.greatest[c]);
        }
    }

    /** The words of a column, or nothing if its values are no words. */
    @Nullable
    WordColumn words(int column) {
        return columns[column];
    }

    long least(int column) {
        return least[column];
    }

    /** How many words lie between the least and the greatest, both included; -1 for more than 2^62. */
    long span(int column) {
        if (greatest[column] < least[column]) {
            return 0;
        }
        long span = greatest[column] - least[column];
        return span < 0 || span >= 1L << 62 ? -1 : span + 1;
    }
}
