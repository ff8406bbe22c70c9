// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.rows;

import io.datasetdb.vector.DictionaryVector;
import io.datasetdb.vector.Vector;
import java.util.Arrays;

/**
 * What a table knows already about keys all of whose columns are dictionary-coded: an array from the combination of their
 * codes to the number of the key. It holds as long as batches come with the same dictionaries, which is a row group, so that
 * each combination is looked up once in a row group instead of once a row.
 */
final class CodedKeys {
    private static final int MAX_COMBINATIONS = 1 << 16;
    private static final int ALWAYS_WORTH = 1 << 10;
    private static final int WORTH_PER_ROW = 8;

    private Vector[] dictionaries = {};
    /** Number + 1 of each combination of codes, 0 if unknown. */
    private int[] numbers = {};

    private int[] missing = {};
    private int[] missingPositions = {};

    /**
     * As {@link GroupTable#put}, if the keys are such.
     *
     * @return whether they are, else nothing is done
     */
    boolean put(GroupTable table, Vector[] keys, int[] positions, int count, int[] ids) {
        if (!prepare(keys, count)) {
            return false;
        }
        combine(keys, positions, count, ids);
        int[] known = numbers;
        int unknown = 0;
        for (int i = 0; i < count; i++) {
            unknown += known[ids[i]] == 0 ? 1 : 0;
        }
        if (unknown > 0) {
            learn(table, keys, positions, count, ids);
        }
        for (int i = 0; i < count; i++) {
            ids[i] = known[ids[i]] - 1;
        }
        return true;
    }

    private boolean prepare(Vector[] keys, int count) {
        if (keys.length == 0) {
            return false;
        }
        boolean same = keys.length == dictionaries.length;
        long combinations = 1;
        for (int i = 0; i < keys.length; i++) {
            if (!(keys[i] instanceof DictionaryVector wrapper)) {
                return false;
            }
            same = same && dictionaries[i] == wrapper.dictionary();
            combinations *= wrapper.dictionary().size() + 1L;
            if (combinations > MAX_COMBINATIONS) {
                return false;
            }
        }
        if (same) {
            return true;
        }
        if (combinations > Math.max(ALWAYS_WORTH, (long) count * WORTH_PER_ROW)) {
            return false;
        }
        dictionaries = new Vector[keys.length];
        for (int i = 0; i < keys.length; i++) {
            dictionaries[i] = ((DictionaryVector) keys[i]).dictionary();
        }
        if (numbers.length < combinations) {
            numbers = new int[(int) combinations];
        } else {
            Arrays.fill(numbers, 0, (int) combinations, 0);
        }
        return true;
    }

    /** The combination of the codes of each row; the code of NULL is the one after the last of the dictionary. */
    private static void combine(Vector[] keys, int[] positions, int count, int[] result) {
        int factor = 1;
        for (int column = 0; column < keys.length; column++) {
            DictionaryVector vector = (DictionaryVector) keys[column];
            int[] codes = vector.ids();
            int nullCode = vector.dictionary().size();
            if (vector.mayHaveNulls()) {
                for (int i = 0; i < count; i++) {
                    int code = vector.isNull(positions[i]) ? nullCode : codes[positions[i]];
                    result[i] = column == 0 ? code : result[i] + code * factor;
                }
            } else if (column == 0) {
                for (int i = 0; i < count; i++) {
                    result[i] = codes[positions[i]];
                }
            } else {
                for (int i = 0; i < count; i++) {
                    result[i] += codes[positions[i]] * factor;
                }
            }
            factor *= nullCode + 1;
        }
    }

    /** Looks up the first row of every combination that is not known yet, in the order of the rows. */
    private void learn(GroupTable table, Vector[] keys, int[] positions, int count, int[] combinations) {
        int[] known = numbers;
        if (missing.length < count) {
            missing = new int[count];
            missingPositions = new int[count];
        }
        int size = 0;
        for (int i = 0; i < count; i++) {
            if (known[combinations[i]] == 0) {
                known[combinations[i]] = -1;
                missing[size] = combinations[i];
                missingPositions[size++] = positions[i];
            }
        }
        int[] found = new int[size];
        table.insert(keys, missingPositions, size, found);
        for (int i = 0; i < size; i++) {
            known[missing[i]] = found[i] + 1;
        }
    }

    long heapBytes() {
        return 4L * (numbers.length + missing.length + missingPositions.length);
    }
}
