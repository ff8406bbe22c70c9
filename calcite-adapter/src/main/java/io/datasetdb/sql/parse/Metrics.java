// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.parse;

import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlWriter;

/** The clause {@code METRICS (name = value, …)}. */
final class Metrics {
    private Metrics() {}

    /** @param list of {@code value AS name} */
    static void write(SqlWriter writer, SqlNodeList list) {
        writer.keyword("METRICS");
        SqlWriter.Frame frame = writer.startList("(", ")");
        for (SqlNode node : list) {
            SqlCall metric = (SqlCall) node;
            writer.sep(",");
            metric.operand(1).unparse(writer, 0, 0);
            writer.keyword("=");
            value(writer, metric.operand(0));
        }
        writer.endList(frame);
    }

    private static void value(SqlWriter writer, SqlNode value) {
        if (value.isA(SqlKind.QUERY)) {
            SqlWriter.Frame frame = writer.startList("(", ")");
            value.unparse(writer, 0, 0);
            writer.endList(frame);
        } else {
            value.unparse(writer, 0, 0);
        }
    }
}
