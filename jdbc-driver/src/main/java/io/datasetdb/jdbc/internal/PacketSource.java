// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.jdbc.internal;

import java.sql.SQLException;
import java.util.Iterator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The packets of one result, pulled by one thread. */
public interface PacketSource {
    /** The next packet, or {@code null} at the end. */
    @Nullable
    Packet next() throws SQLException;

    /** Packets that are there already. */
    static PacketSource of(List<Packet> packets) {
        Iterator<Packet> iterator = packets.iterator();
        return () -> iterator.hasNext() ? iterator.next() : null;
    }
}
