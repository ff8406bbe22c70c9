// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec;

import io.datasetdb.sql.exec.rows.GroupTable;
import io.datasetdb.sql.exec.rows.Growth;
import io.datasetdb.sql.exec.rows.RowBuffer;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Vector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The build side of a hash join: its rows, and for each distinct key the rows that have it, side by side. A key column
 * that
 * is not null-safe matches nothing where it is NULL.
 */
final class JoinTable {
    private final RowBuffer rows;
    private final GroupTable keys;
    private final int[] ordinals;
    private final boolean[] nullSafe;
    private int[] groups = {};
    private int[] starts = {};
    private int[] members = {};
    private boolean nullKeys;
    private boolean unique;

    /**
     * @param types the columns of the build side
     * @param keepsRows whether the rows are wanted, not only whether a key is there
     * @param otherKeys the types of the key columns on the other side
     */
    JoinTable(List<DataType> types, boolean keepsRows, int[] ordinals, boolean[] nullSafe, List<DataType> otherKeys) {
        this.rows = new RowBuffer(keepsRows ? types : List.of());
        this.ordinals = ordinals;
        this.nullSafe = nullSafe;
        List<DataType> keyTypes = new ArrayList<>();
        for (int i = 0; i < ordinals.length; i++) {
            keyTypes.add(wider(types.get(ordinals[i]), otherKeys.get(i)));
        }
        this.keys = GroupTable.of(keyTypes);
    }

    private JoinTable(JoinTable sealed) {
        this.rows = sealed.rows;
        this.ordinals = sealed.ordinals;
        this.nullSafe = sealed.nullSafe;
        this.keys = sealed.keys.reader();
        this.starts = sealed.starts;
        this.members = sealed.members;
        this.nullKeys = sealed.nullKeys;
        this.unique = sealed.unique;
    }

    /** The same table for the look-ups of one more thread; only once it is sealed. */
    JoinTable reader() {
        return new JoinTable(this);
    }

    private static DataType wider(DataType type, DataType other) {
        return type instanceof DataType.Decimal decimal && decimal.isLong() && other instanceof DataType.Decimal
                ? other
                : type;
    }

    void add(Batch batch) {
        int count = batch.size();
        int[] positions = batch.selection().positions();
        int base = rows.size();
        rows.append(batch.columns(), positions, count);
        if (groups.length < rows.size()) {
            groups = Arrays.copyOf(groups, Growth.grown(groups.length, rows.size()));
        }
        int[] ids = new int[count];
        lookUp(batch, ordinals, positions, count, ids, true);
        for (int i = 0; i < count; i++) {
            nullKeys |= ids[i] < 0;
        }
        System.arraycopy(ids, 0, groups, base, count);
    }

    /** Ends the building: counting sort of the rows by key. */
    void seal() {
        rows.seal();
        unique = keys.size() == rows.size();
        if (unique) {
            groups = new int[0];
            return;
        }
        starts = new int[keys.size() + 1];
        int size = rows.size();
        for (int row = 0; row < size; row++) {
            if (groups[row] >= 0) {
                starts[groups[row] + 1]++;
            }
        }
        for (int key = 0; key < keys.size(); key++) {
            starts[key + 1] += starts[key];
        }
        members = new int[starts[keys.size()]];
        int[] next = Arrays.copyOf(starts, keys.size());
        for (int row = 0; row < size; row++) {
            if (groups[row] >= 0) {
                members[next[groups[row]]++] = row;
            }
        }
        groups = new int[0];
    }

    /**
     * The keys of rows of the other side: -1 where nothing matches.
     *
     * @param otherOrdinals where the key columns are in that batch
     */
    void find(Batch batch, int[] otherOrdinals, int[] positions, int count, int[] ids) {
        lookUp(batch, otherOrdinals, positions, count, ids, false);
    }

    private void lookUp(Batch batch, int[] columns, int[] positions, int count, int[] ids, boolean insert) {
        Vector[] vectors = new Vector[columns.length];
        boolean mayDrop = false;
        for (int i = 0; i < columns.length; i++) {
            vectors[i] = batch.column(columns[i]);
            mayDrop |= !nullSafe[i] && vectors[i].mayHaveNulls();
        }
        if (!mayDrop) {
            lookUp(vectors, positions, count, ids, insert);
            return;
        }
        int[] kept = new int[count];
        int[] places = new int[count];
        int keptCount = 0;
        for (int i = 0; i < count; i++) {
            if (!hasNull(vectors, positions[i])) {
                kept[keptCount] = positions[i];
                places[keptCount++] = i;
            }
        }
        int[] keptIds = new int[keptCount];
        lookUp(vectors, kept, keptCount, keptIds, insert);
        Arrays.fill(ids, 0, count, -1);
        for (int i = 0; i < keptCount; i++) {
            ids[places[i]] = keptIds[i];
        }
    }

    private void lookUp(Vector[] vectors, int[] positions, int count, int[] ids, boolean insert) {
        if (insert) {
            keys.put(vectors, positions, count, ids);
        } else {
            keys.find(vectors, positions, count, ids);
        }
    }

    private boolean hasNull(Vector[] vectors, int position) {
        for (int i = 0; i < vectors.length; i++) {
            if (!nullSafe[i] && vectors[i].isNull(position)) {
                return true;
            }
        }
        return false;
    }

    RowBuffer rows() {
        return rows;
    }

    /** Whether every row has a key of its own: then key {@code k} is row {@code k}. */
    boolean isUnique() {
        return unique;
    }

    /** Whether some row can match nothing because of a NULL. */
    boolean hasNullKeys() {
        return nullKeys;
    }

    /** Where the rows of a key start in {@link #member}. */
    int start(int key) {
        return unique ? key : starts[key];
    }

    int end(int key) {
        return unique ? key + 1 : starts[key + 1];
    }

    /** The row at a place from {@link #start} to {@link #end}. */
    int member(int place) {
        return unique ? place : members[place];
    }

    long heapBytes() {
        return rows.heapBytes() + keys.heapBytes() + 4L * (groups.length + starts.length + members.length);
    }
}
