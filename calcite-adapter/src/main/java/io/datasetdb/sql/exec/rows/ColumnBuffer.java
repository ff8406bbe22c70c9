// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.rows;

import io.datasetdb.sql.kernel.ValueOrder;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Vector;
import java.util.List;

/**
 * Collects values of one column from many vectors and hands them out again in any order. Rows are numbered from 0 as
 * they
 * come. Values of fixed width stand in one array; others in segments, so that their total size is not bound to what one
 * array can hold. Used by one thread at a time.
 */
public abstract class ColumnBuffer {
    /** How many rows stand together whatever happens: those of a segment. */
    static final int BLOCK = 1 << 11;

    private final DataType type;

    ColumnBuffer(DataType type) {
        this.type = type;
    }

    /** An empty buffer for values of this type. */
    public static ColumnBuffer of(DataType type) {
        return switch (type.kind()) {
            case BOOLEAN -> new FixedColumns.Booleans(type);
            case TINYINT, SMALLINT, INTEGER, DATE -> new FixedColumns.Ints(type);
            case BIGINT, TIME, TIMESTAMP, TIMESTAMP_LTZ, INTERVAL_MONTH, INTERVAL_DAY -> new FixedColumns.Longs(type);
            case DECIMAL ->
                ((DataType.Decimal) type).isLong() ? new FixedColumns.Longs(type) : new FixedColumns.Int128s(type);
            case UUID -> new FixedColumns.Int128s(type);
            case REAL -> new FixedColumns.Floats(type);
            case DOUBLE -> new FixedColumns.Doubles(type);
            case VARCHAR, VARBINARY, ARRAY, MAP, ROW, NULL -> new SegmentedColumn(type);
        };
    }

    public final DataType type() {
        return type;
    }

    /** The number of rows. */
    public abstract int size();

    /** Adds the values at the first {@code count} of {@code positions} of a vector of this type, wrapped or not. */
    public abstract void append(Vector vector, int[] positions, int count);

    /**
     * Takes over the rows of other buffers, whose type is the same and which are not used any more: first all whole blocks,
     * part by part, then what is left of each part. This buffer is empty before.
     */
    abstract void take(List<? extends ColumnBuffer> parts);

    /** A vector of these rows, in this order; a row of -1 yields NULL. */
    public abstract Vector gather(int[] rows, int count);

    /** A vector in which the row stands, at {@link #position}, until the next append. */
    public abstract Vector vector(int row);

    /** Where in {@link #vector} the row stands. */
    public abstract int position(int row);

    /** Says that no more values come, so that several threads may read. */
    public abstract void seal();

    /** Bytes on the heap, roughly. */
    public abstract long heapBytes();

    public final boolean isNull(int row) {
        return vector(row).isNull(position(row));
    }

    /** Whether some row may be NULL; false is a promise. */
    public abstract boolean mayHaveNulls();

    /** The order of two rows, neither of which may be NULL. */
    public final int compare(int row, int other) {
        return ValueOrder.compare(vector(row), position(row), vector(other), position(other));
    }
}
