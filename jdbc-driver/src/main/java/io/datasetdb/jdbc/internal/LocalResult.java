// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.jdbc.internal;

import io.datasetdb.vector.Batch;
import io.datasetdb.vector.Schema;
import io.datasetdb.vector.Vector;
import io.datasetdb.vector.VectorBuilder;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.TimeZone;
import org.apache.calcite.avatica.AvaticaResultSet;
import org.apache.calcite.avatica.AvaticaResultSetMetaData;
import org.apache.calcite.avatica.Meta;
import org.apache.calcite.avatica.QueryState;
import org.jspecify.annotations.Nullable;

/** Result sets that no statement made: of rows that are here already. */
public final class LocalResult extends AvaticaResultSet implements JsonRows {
    private LocalResult(Meta.Signature signature) throws SQLException {
        super(
                null,
                new QueryState(""),
                signature,
                new AvaticaResultSetMetaData(null, null, signature),
                TimeZone.getDefault(),
                null);
    }

    /** A result set of these rows, values given as the Java types that {@link io.datasetdb.vector.DataType} lists. */
    public static ResultSet of(Schema schema, List<? extends List<? extends @Nullable Object>> rows)
            throws SQLException {
        List<Vector> columns = new ArrayList<>();
        for (int i = 0; i < schema.size(); i++) {
            VectorBuilder builder = VectorBuilder.of(schema.field(i).type(), rows.size());
            for (List<? extends @Nullable Object> row : rows) {
                builder.append(row.get(i));
            }
            columns.add(builder.build());
        }
        List<Packet> packets = List.of(
                new Packet.Header(schema, true),
                new Packet.Rows(Batch.of(columns, rows.size())),
                new Packet.Trailer(-1));
        Meta.Signature signature = Columns.signature(schema, List.of(), "", WireForm.NATIVE);
        return new LocalResult(signature).execute2(new BatchCursor(PacketSource.of(packets), 0), signature.columns);
    }

    @Override
    public Object getObject(int columnIndex) throws SQLException {
        checkOpen();
        return accessorList.get(columnIndex - 1).getObject();
    }
}
