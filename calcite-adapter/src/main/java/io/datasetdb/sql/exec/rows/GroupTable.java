// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.rows;

import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Vector;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Numbers distinct keys densely from 0, in the order in which they first come. NULLs are equal to each other;
 * everything
 * else is as {@link io.datasetdb.sql.kernel.ValueOrder} says. Used by one thread at a time.
 */
public abstract class GroupTable {
    private final @Nullable CodedKeys coded;

    GroupTable(boolean fast) {
        coded = fast ? new CodedKeys() : null;
    }

    /**
     * A table for keys of these types, none of which may come as another type, except that whole numbers of any width
     * go
     * for each other where 64 bits are enough, and DECIMALs of at most 18 digits for longer ones of the same scale.
     */
    public static GroupTable of(List<DataType> types) {
        return of(types, true);
    }

    /**
     * As {@link #of(List)}.
     *
     * @param fast whether dictionary codes and ranges of keys may be made use of
     */
    public static GroupTable of(List<DataType> types, boolean fast) {
        if (types.isEmpty()) {
            return new NoKeyTable();
        }
        KeyColumn[] columns = types.stream().map(KeyColumn::of).toArray(KeyColumn[]::new);
        if (columns.length == 1 && columns[0] instanceof Interned interned) {
            return new InternedTable(interned, fast);
        }
        return columns.length == 1 && columns[0].words() == 1
                ? new LongTable(columns[0], fast)
                : new WordTable(columns, fast);
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
        if (coded == null || !coded.put(this, keys, positions, count, ids)) {
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

    /** The columns of the keys with the first {@code count} of these numbers. */
    public abstract List<Vector> keys(int[] numbers, int count);

    /** The least and the greatest key if keys are numbers that lie close together, else {@code null}. */
    public @Nullable Bounds bounds() {
        return null;
    }

    /** Where numbers lie. */
    public record Bounds(long low, long high) {
        /** Where the numbers of both lie. */
        public Bounds and(Bounds other) {
            return new Bounds(Math.min(low, other.low), Math.max(high, other.high));
        }
    }

    /**
     * Divides the range of keys, which have {@link #bounds}, into pieces of equal width.
     *
     * @param whole what is divided
     * @return the piece of each key; NULL is in the first
     */
    public int[] pieces(Bounds whole, int pieces) {
        throw new IllegalStateException("keys without bounds");
    }

    /** Bytes on the heap, roughly. */
    public final long heapBytes() {
        return tableBytes() + (coded == null ? 0 : coded.heapBytes());
    }

    abstract long tableBytes();
}
