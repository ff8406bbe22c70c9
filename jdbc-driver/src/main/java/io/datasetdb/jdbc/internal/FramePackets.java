// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.jdbc.internal;

import io.datasetdb.vector.Schema;
import java.sql.SQLException;
import java.util.Iterator;
import java.util.List;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.MissingResultsException;
import org.apache.calcite.avatica.NoSuchStatementException;
import org.jspecify.annotations.Nullable;

/** Takes the packets out of frames, and fetches frame after frame until the engine says that it was the last. */
final class FramePackets implements PacketSource {
    private final ClientMeta meta;
    private final Meta.StatementHandle handle;
    private Iterator<Object> elements;
    private boolean done;
    private long offset;
    private @Nullable Schema schema;

    FramePackets(ClientMeta meta, Meta.StatementHandle handle, Meta.Frame firstFrame) {
        this.meta = meta;
        this.handle = handle;
        this.elements = firstFrame.rows.iterator();
        this.done = firstFrame.done;
    }

    @Override
    public @Nullable Packet next() throws SQLException {
        while (true) {
            if (elements.hasNext()) {
                offset++;
                return packet(elements.next());
            }
            if (done) {
                return null;
            }
            fetch();
        }
    }

    private void fetch() throws SQLException {
        try {
            Meta.Frame frame = meta.fetch(handle, offset, 0);
            elements = frame.rows.iterator();
            done = frame.done;
        } catch (NoSuchStatementException | MissingResultsException e) {
            done = true;
            throw Failures.of("Cannot fetch more rows: the statement was closed or expired on the server", "24000", e);
        } catch (RuntimeException e) {
            done = true;
            throw Failures.sql(e);
        }
    }

    /** In process the element is the packet; over HTTP it is a row of one VARBINARY. */
    private Packet packet(Object element) throws SQLException {
        Packet packet;
        if (element instanceof Packet object) {
            packet = object;
        } else if (element instanceof List<?> row && row.size() == 1 && row.get(0) instanceof byte[] bytes) {
            try {
                packet = PacketCodec.decode(bytes, schema);
            } catch (IllegalArgumentException e) {
                throw Failures.of("Cannot read the server's answer: " + e.getMessage(), "08P01", e);
            }
        } else {
            throw Failures.of("Cannot read the server's answer: it holds rows instead of packets", "08P01", null);
        }
        if (packet instanceof Packet.Header header) {
            schema = header.schema();
        }
        return packet;
    }
}
