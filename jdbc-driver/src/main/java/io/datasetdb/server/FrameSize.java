// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.server;

import io.datasetdb.jdbc.internal.Packet;
import io.datasetdb.jdbc.internal.PacketCodec;
import io.datasetdb.jdbc.internal.WireForm;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.Schema;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How many rows go into a frame. */
final class FrameSize {
    /** Stock clients ask for 100, at which most of the time is spent on the way. */
    private static final int LEAST = 1_000;

    /** Beyond this, stock clients get slower: every cell is an object of theirs. */
    private static final int MOST = 10_000;

    private static final int NATIVE = 65_536;

    private FrameSize() {}

    static int rows(WireForm form, int requested) {
        return form == WireForm.NATIVE ? NATIVE : Math.max(LEAST, Math.min(MOST, requested));
    }

    /** The elements of the one frame of a result that is there already. */
    static List<Object> complete(Schema schema, Batch batch, WireForm form, boolean inProcess) {
        if (form != WireForm.NATIVE) {
            return new RowEncoder(form).rows(batch);
        }
        Stream<Packet> packets =
                Stream.of(new Packet.Header(schema, true), new Packet.Rows(batch), new Packet.Trailer(-1));
        return packets.map(packet -> inProcess ? (Object) packet : new Object[] {PacketCodec.encode(packet)})
                .collect(Collectors.toList());
    }
}
