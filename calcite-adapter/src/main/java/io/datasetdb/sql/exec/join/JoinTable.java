// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.join;

import io.datasetdb.sql.exec.rows.ColumnBuffer;
import io.datasetdb.sql.exec.rows.RowBuffer;
import io.datasetdb.vector.ConstantVector;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Vector;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The side of a hash join that is kept: its rows, and an index from their keys to places, where the rows of one key stand side
 * by side. Immutable; each thread looks up through a {@link JoinLookup} of its own.
 */
public final class JoinTable {
    private final List<DataType> types;
    private final int[] kept;
    private final RowBuffer rows;
    private final int rowCount;
    private final boolean nullKeys;
    final JoinKeys keys;
    final KeyCodes codes;
    private final IndexedRows indexed;

    JoinTable(JoinSide side, RowBuffer rows, int rowCount, KeyCodes codes, IndexedRows indexed) {
        this.types = side.types();
        this.kept = side.kept();
        this.keys = side.keys();
        this.rows = rows;
        this.rowCount = rowCount;
        this.codes = codes;
        this.indexed = indexed;
        this.nullKeys = indexed.rows().length < rowCount;
    }

    /** How many rows there are. */
    public int rowCount() {
        return rowCount;
    }

    /** Whether some row can match nothing because of a NULL. */
    public boolean hasNullKeys() {
        return nullKeys;
    }

    /** Whether no two rows have the same key. */
    public boolean isUnique() {
        return indexed.more() == null;
    }

    /** The row at a place. */
    public int row(int place) {
        return indexed.rows()[place];
    }

    /** Whether the next place has the same key. */
    public boolean hasMore(int place) {
        boolean[] more = indexed.more();
        return more != null && more[place];
    }

    /** The columns of these rows, in this order; a row of -1 is a row of NULLs, and so is a column that is not kept. */
    public List<Vector> gather(int[] rowNumbers, int count) {
        List<Vector> result = new ArrayList<>(types.size());
        for (int i = 0; i < types.size(); i++) {
            result.add(
                    kept[i] < 0
                            ? ConstantVector.ofNull(types.get(i), count)
                            : rows.column(kept[i]).gather(rowNumbers, count));
        }
        return result;
    }

    KeyIndex index() {
        return indexed.index();
    }

    ColumnBuffer keyColumn(int key) {
        return rows.column(kept[keys.ordinals()[key]]);
    }

    /** Bytes on the heap, roughly. */
    public long heapBytes() {
        return rows.heapBytes() + indexed.heapBytes();
    }

    @Nullable
    RankIndex ranks() {
        return indexed.index() instanceof RankIndex ranks ? ranks : null;
    }
}
