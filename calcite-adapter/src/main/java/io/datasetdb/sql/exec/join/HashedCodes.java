// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.join;

import io.datasetdb.sql.kernel.ValueHash;
import io.datasetdb.vector.Selection;
import io.datasetdb.vector.Vector;

/** Hashes of keys of any type: who finds one must compare the keys, too. */
final class HashedCodes extends KeyCodes {
    @Override
    void encode(Vector[] keys, int[] positions, int count, long[] codes) {
        Selection selection = Selection.of(positions, count);
        for (int c = 0; c < keys.length; c++) {
            ValueHash.hash(keys[c], selection, codes, c > 0);
        }
    }

    @Override
    boolean isExact() {
        return false;
    }

    @Override
    KeyCodes reader() {
        return this;
    }
}
