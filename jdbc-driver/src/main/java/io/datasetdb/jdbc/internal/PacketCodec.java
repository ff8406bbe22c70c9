// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.jdbc.internal;

import io.datasetdb.vector.Batch;
import io.datasetdb.vector.Schema;
import io.datasetdb.vector.Vector;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Packets as bytes. One tag byte ({@code H}, {@code R} or {@code T}), then: header = a byte whether it is a query, then the
 * schema ({@link TypeCodec}); rows = the number of rows, then the columns ({@link VectorCodec}); trailer = the update
 * count. Numbers are little-endian. Made for one version of client and server at both ends; {@link #VERSION} says which.
 */
public final class PacketCodec {
    /** Version of the format; the first byte of a header after its tag. */
    static final byte VERSION = 1;

    private PacketCodec() {}

    /** The bytes of a packet. */
    public static byte[] encode(Packet packet) {
        ByteWriter out = new ByteWriter(256);
        if (packet instanceof Packet.Header header) {
            out.writeByte('H');
            out.writeByte(VERSION);
            out.writeByte(header.query() ? 1 : 0);
            TypeCodec.write(out, header.schema());
        } else if (packet instanceof Packet.Rows rows) {
            Batch batch = rows.batch().compact();
            out.writeByte('R');
            out.writeInt(batch.rowCount());
            for (Vector column : batch.columns()) {
                VectorCodec.write(out, column.flatten());
            }
        } else if (packet instanceof Packet.Trailer trailer) {
            out.writeByte('T');
            out.writeLong(trailer.updateCount());
        }
        return out.toBytes();
    }

    /**
     * The packet of these bytes.
     *
     * @param schema from the header that came before; only a header can do without
     */
    public static Packet decode(byte[] bytes, @Nullable Schema schema) {
        ByteReader in = new ByteReader(bytes);
        byte tag = in.readByte();
        switch (tag) {
            case 'H' -> {
                byte version = in.readByte();
                if (version != VERSION) {
                    throw new IllegalArgumentException("the server speaks version " + version + ", this driver "
                            + VERSION + ": use the driver of the server's release");
                }
                boolean query = in.readByte() == 1;
                return new Packet.Header(TypeCodec.readSchema(in), query);
            }
            case 'R' -> {
                if (schema == null) {
                    throw new IllegalArgumentException("rows before their header");
                }
                int count = in.readInt();
                List<Vector> columns = new ArrayList<>(schema.size());
                for (int i = 0; i < schema.size(); i++) {
                    columns.add(VectorCodec.read(in, schema.field(i).type(), count));
                }
                return new Packet.Rows(Batch.of(columns, count));
            }
            case 'T' -> {
                return new Packet.Trailer(in.readLong());
            }
            default -> throw new IllegalArgumentException("not a packet (tag " + tag + ")");
        }
    }
}
