// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.jdbc.internal;

import io.datasetdb.vector.Batch;
import io.datasetdb.vector.Schema;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Calendar;
import java.util.List;
import org.apache.calcite.avatica.ColumnMetaData;
import org.apache.calcite.avatica.util.ArrayImpl;
import org.apache.calcite.avatica.util.Cursor;
import org.jspecify.annotations.Nullable;

/**
 * Walks over the rows of packets without taking them apart: accessors read the vectors at the current position. Used by one
 * thread.
 */
public final class BatchCursor implements Cursor {
    private PacketSource packets;
    private final long maxRows;
    private @Nullable Header header;
    private @Nullable Batch batch;
    private int index;
    private long rows;
    private boolean ended;
    /** Whether it ended because of {@link #maxRows}. */
    private boolean cut;

    /** Whether all packets are here. */
    private boolean local;

    private long updateCount = -1;
    private boolean wasNull;

    /** What the header packet said. */
    private record Header(Schema schema, boolean query) {}

    /**
     * A cursor before the first row.
     *
     * @param maxRows after how many rows it ends, 0 for no limit
     */
    public BatchCursor(PacketSource packets, long maxRows) {
        this.packets = packets;
        this.maxRows = maxRows;
    }

    @Override
    public List<Accessor> createAccessors(
            List<ColumnMetaData> types, Calendar localCalendar, ArrayImpl.Factory factory) {
        List<Accessor> accessors = new ArrayList<>(types.size());
        for (ColumnMetaData type : types) {
            accessors.add(new VectorAccessor(this, accessors.size(), type.label));
        }
        return new ColumnAccessors(accessors);
    }

    @Override
    public boolean next() throws SQLException {
        if (maxRows > 0 && rows >= maxRows) {
            batch = null;
            cut = !ended;
            ended = true;
            return false;
        }
        Batch current = batch;
        if (current != null && index + 1 < current.size()) {
            index++;
            rows++;
            return true;
        }
        return nextBatch();
    }

    private boolean nextBatch() throws SQLException {
        batch = null;
        while (!ended) {
            Packet packet = packets.next();
            if (packet instanceof Packet.Rows found && found.batch().size() > 0) {
                batch = found.batch();
                index = 0;
                rows++;
                return true;
            }
            accept(packet);
        }
        return false;
    }

    private void accept(@Nullable Packet packet) {
        if (packet == null) {
            ended = true;
        } else if (packet instanceof Packet.Header found) {
            header = new Header(found.schema(), found.query());
        } else if (packet instanceof Packet.Trailer trailer) {
            updateCount = trailer.updateCount();
            ended = true;
        }
    }

    /** Whether the statement is a query; waits until that is known. */
    public boolean isQuery() throws SQLException {
        while (header == null && !ended) {
            accept(packets.next());
        }
        return header == null || header.query();
    }

    /** Pulls everything there is and keeps it, so that errors come now and {@link #updateCount()} is known. */
    public void readAll() throws SQLException {
        List<Packet> kept = new ArrayList<>();
        for (Packet packet = packets.next(); packet != null; packet = packets.next()) {
            kept.add(packet);
            if (packet instanceof Packet.Trailer trailer) {
                updateCount = trailer.updateCount();
            }
        }
        packets = PacketSource.of(kept);
        local = true;
    }

    /** Whether nothing is left to pull from the engine. */
    public boolean isAtEnd() {
        return ended && !cut || local;
    }

    /** Rows deposited or changed; -1 for a query and before the end. */
    public long updateCount() {
        return updateCount;
    }

    /** The current row's batch. */
    Batch batch() throws SQLException {
        Batch current = batch;
        if (current == null) {
            throw Failures.of("Cannot read the row: the cursor is not on one", "24000", null);
        }
        return current;
    }

    /** Where in the vectors of {@link #batch()} the current row is. */
    int position() throws SQLException {
        return batch().selection().position(index);
    }

    void wasNull(boolean value) {
        wasNull = value;
    }

    @Override
    public boolean wasNull() {
        return wasNull;
    }

    @Override
    public void close() {
        ended = true;
        batch = null;
    }
}
