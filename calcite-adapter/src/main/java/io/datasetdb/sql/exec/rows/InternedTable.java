// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.rows;

import io.datasetdb.vector.Validity;
import io.datasetdb.vector.Vector;
import java.util.List;

/** Keys of one column of variable width: the codes of its values are the numbers, but for the one of NULL. */
final class InternedTable extends GroupTable {
    private final Interned column;
    private long[][] words = new long[1][0];
    private int nullId = -1;

    InternedTable(Interned column, boolean fast) {
        super(fast);
        this.column = column;
    }

    @Override
    public GroupTable reader() {
        InternedTable reader = new InternedTable(column.reader(), false);
        reader.nullId = nullId;
        return reader;
    }

    @Override
    public int size() {
        return column.codes() + (nullId >= 0 ? 1 : 0);
    }

    @Override
    void insert(Vector[] keys, int[] positions, int count, int[] ids) {
        Vector vector = keys[0];
        if (nullId < 0 && vector.mayHaveNulls()) {
            putUntilNull(vector, positions, count, ids);
            return;
        }
        encode(vector, positions, count, ids, true);
    }

    /** Codes before the first NULL are final; those made after it come after its number. */
    private void putUntilNull(Vector vector, int[] positions, int count, int[] ids) {
        int first = 0;
        while (first < count && !vector.isNull(positions[first])) {
            first++;
        }
        encode(vector, positions, first, ids, true);
        if (first < count) {
            nullId = column.codes();
            int[] rest = java.util.Arrays.copyOfRange(positions, first, count);
            int[] restIds = new int[rest.length];
            encode(vector, rest, rest.length, restIds, true);
            System.arraycopy(restIds, 0, ids, first, rest.length);
        }
    }

    @Override
    public void find(Vector[] keys, int[] positions, int count, int[] ids) {
        encode(keys[0], positions, count, ids, false);
    }

    private void encode(Vector vector, int[] positions, int count, int[] ids, boolean insert) {
        if (words[0].length < count) {
            words = new long[1][count];
        }
        column.encode(vector, positions, count, words, insert);
        long[] codes = words[0];
        int limit = nullId < 0 ? Integer.MAX_VALUE : nullId;
        for (int i = 0; i < count; i++) {
            int code = (int) codes[i];
            ids[i] = code < limit ? code : code + 1;
        }
        if (vector.mayHaveNulls()) {
            for (int i = 0; i < count; i++) {
                if (vector.isNull(positions[i])) {
                    ids[i] = nullId;
                }
            }
        }
    }

    @Override
    public List<Vector> keys(int from, int to) {
        int[] numbers = new int[to - from];
        for (int i = 0; i < numbers.length; i++) {
            numbers[i] = from + i;
        }
        return keys(numbers, numbers.length);
    }

    @Override
    public List<Vector> keys(int[] numbers, int count) {
        int[] codes = new int[count];
        long[] validity = null;
        for (int i = 0; i < count; i++) {
            int id = numbers[i];
            if (id == nullId) {
                validity = validity == null ? Validity.allValid(count) : validity;
                Validity.setNull(validity, i);
            } else {
                codes[i] = nullId < 0 || id < nullId ? id : id - 1;
            }
        }
        return List.of(column.decode(codes, validity));
    }

    @Override
    long tableBytes() {
        return column.heapBytes();
    }
}
