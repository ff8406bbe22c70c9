// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.exec.rows;

import io.datasetdb.vector.BytesVector;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Selection;
import io.datasetdb.vector.Validity;
import io.datasetdb.vector.Vector;
import io.datasetdb.vector.VectorBuilder;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Values of variable width: segments of equally many rows. */
final class SegmentedColumn extends ColumnBuffer {
    private static final int SHIFT = Integer.numberOfTrailingZeros(BLOCK);
    private static final int ROWS = BLOCK;

    private final List<Vector> full = new ArrayList<>();
    private final VectorBuilder open;
    /** What {@link #open} held when somebody last looked, or nothing if it was empty; {@link #open} is empty then. */
    private @Nullable Vector tail;

    /** Of the full segments. */
    private long bytes;

    /** Of what is in {@link #open} or {@link #tail}; an estimate from the vectors that it came from. */
    private long openBytes;

    private boolean nulls;

    SegmentedColumn(DataType type) {
        super(type);
        open = VectorBuilder.of(type, 64);
    }

    @Override
    public int size() {
        return (full.size() << SHIFT) + (tail == null ? open.size() : tail.size());
    }

    @Override
    public boolean mayHaveNulls() {
        return nulls;
    }

    @Override
    public void append(Vector vector, int[] positions, int count) {
        reopen();
        nulls |= vector.mayHaveNulls();
        long perRow = vector.heapBytes() / Math.max(1, vector.size());
        for (int i = 0; i < count; i++) {
            open.append(vector, positions[i]);
            openBytes += perRow;
            if (open.size() == ROWS) {
                Vector segment = open.build();
                bytes += segment.heapBytes();
                openBytes = 0;
                full.add(segment);
            }
        }
    }

    @Override
    void take(List<? extends ColumnBuffer> parts) {
        for (ColumnBuffer part : parts) {
            SegmentedColumn segments = (SegmentedColumn) part;
            full.addAll(segments.full);
            bytes += segments.bytes;
            nulls |= segments.nulls;
        }
        for (ColumnBuffer part : parts) {
            Vector rest = ((SegmentedColumn) part).tail();
            append(rest, Selection.all(rest.size()).positions(), rest.size());
        }
    }

    private void reopen() {
        Vector kept = tail;
        if (kept != null) {
            tail = null;
            for (int i = 0; i < kept.size(); i++) {
                open.append(kept, i);
            }
        }
    }

    @Override
    public Vector vector(int row) {
        int segment = row >>> SHIFT;
        return segment < full.size() ? full.get(segment) : tail();
    }

    @Override
    public void seal() {
        tail();
    }

    private Vector tail() {
        Vector result = tail;
        if (result == null) {
            result = open.build();
            tail = result;
        }
        return result;
    }

    @Override
    public int position(int row) {
        return row & (ROWS - 1);
    }

    @Override
    public Vector gather(int[] rows, int count) {
        DataType.Kind kind = type().kind();
        if (kind == DataType.Kind.VARCHAR || kind == DataType.Kind.VARBINARY) {
            return gatherBytes(rows, count);
        }
        VectorBuilder result = VectorBuilder.of(type(), count);
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            if (row < 0) {
                result.appendNull();
            } else {
                result.append(vector(row), position(row));
            }
        }
        return result.build();
    }

    private Vector gatherBytes(int[] rows, int count) {
        int[] offsets = new int[count + 1];
        long[] validity = null;
        for (int i = 0; i < count; i++) {
            int row = rows[i];
            int length = 0;
            BytesVector segment = row < 0 ? null : (BytesVector) vector(row);
            if (segment == null || segment.isNull(position(row))) {
                validity = validity == null ? Validity.allValid(count) : validity;
                Validity.setNull(validity, i);
            } else {
                length = segment.length(position(row));
            }
            offsets[i + 1] = Math.addExact(offsets[i], length);
        }
        byte[] data = new byte[offsets[count]];
        for (int i = 0; i < count; i++) {
            int length = offsets[i + 1] - offsets[i];
            if (length > 0) {
                BytesVector segment = (BytesVector) vector(rows[i]);
                System.arraycopy(segment.data(), segment.offsets()[position(rows[i])], data, offsets[i], length);
            }
        }
        return new BytesVector(type(), count, data, offsets, validity);
    }

    @Override
    public long heapBytes() {
        return bytes + openBytes;
    }
}
