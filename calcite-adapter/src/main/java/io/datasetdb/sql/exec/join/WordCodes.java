// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.join;

import io.datasetdb.sql.exec.rows.WordColumn;
import io.datasetdb.vector.Vector;
import java.util.Objects;

/** The words of a single column whose range is too wide for anything better. */
final class WordCodes extends KeyCodes {
    private final WordColumn column;

    WordCodes(KeyRanges ranges) {
        this.column = Objects.requireNonNull(ranges.words(0));
    }

    @Override
    void encode(Vector[] keys, int[] positions, int count, long[] codes) {
        column.encode(keys[0], positions, count, codes);
    }

    @Override
    boolean isExact() {
        return true;
    }

    @Override
    KeyCodes reader() {
        return this;
    }
}
