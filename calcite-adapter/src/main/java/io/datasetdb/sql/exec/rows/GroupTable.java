// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.rows;

import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Vector;
import java.util.List;

/**
 * Numbers distinct keys densely from 0, in the order in which they first come. NULLs are equal to each other;
 * everything
 * else is as {@link io.datasetdb.sql.kernel.ValueOrder} says. Used by one thread at a time.
 */
public abstract class GroupTable {
    private final CodedKeys coded = new CodedKeys();

    GroupTable() {}

    /**
     * A table for keys of these types, none of which may come as another type, except that whole numbers of any width
     * go
     * for each other where 64 bits are enough, and DECIMALs of at most 18 digits for longer ones of the same scale.
     */
    public static GroupTable of(List<DataType> types) {
        if (types.isEmpty()) {
            return new NoKeyTable();
        }
        KeyColumn[] columns = types.stream().map(KeyColumn::of).toArray(KeyColumn[]::new);
        if (columns.length == 1 && columns[0] instanceof Interned interned) {
            return new InternedTable(interned);
        }
        return columns.length == 1 && columns[0].words() == 1 ? new LongTable(columns[0]) : new WordTable(columns);
    }

    /** The number of distinct keys. */
    public abstract int size();

    /**
     * The numbers of the keys at the first {@code count} positions; keys that are new get one.
     *
     * @param keys one vector a column
     * @param ids receives the number of the {@code i}th key
     */
    public final void put(Vector[] keys, int[] positions, int count, int[] ids) {
        if (!coded.put(this, keys, positions, count, ids)) {
            insert(keys, positions, count, ids);
        }
    }

    /** As {@link #put}, key by key. */
    abstract void insert(Vector[] keys, int[] positions, int count, int[] ids);

    /** As {@link #put}, with -1 for keys that are not there. */
    public abstract void find(Vector[] keys, int[] positions, int count, int[] ids);

    /**
     * The same table for the look-ups of one more thread. From then on nothing may be put into this one, and only readers,
     * one a thread, may look up.
     */
    public abstract GroupTable reader();

    /** The columns of the keys from number {@code from} to {@code to - 1}. */
    public abstract List<Vector> keys(int from, int to);

    /** Bytes on the heap, roughly. */
    public final long heapBytes() {
        return tableBytes() + coded.heapBytes();
    }

    abstract long tableBytes();
}
