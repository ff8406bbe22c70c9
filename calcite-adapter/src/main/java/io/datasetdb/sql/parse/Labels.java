// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.parse;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlWriter;

/** The clause {@code LABELS ('key=value', …)}. */
final class Labels {
    private Labels() {}

    /** Splits every literal at its first equals sign; a label without one has an empty value; the last of equal keys wins. */
    static Map<String, String> toMap(SqlNodeList list) {
        Map<String, String> labels = new LinkedHashMap<>();
        for (SqlNode node : list) {
            String label = SqlStatement.string((SqlLiteral) node);
            int equals = label.indexOf('=');
            String key = equals < 0 ? label : label.substring(0, equals);
            labels.put(
                    key.strip(), equals < 0 ? "" : label.substring(equals + 1).strip());
        }
        return Collections.unmodifiableMap(labels);
    }

    static void write(SqlWriter writer, SqlNodeList list) {
        writer.keyword("LABELS");
        writeList(writer, list);
    }

    /** Writes the elements between parentheses, separated by commas; none is written as {@code ()}. */
    static void writeList(SqlWriter writer, SqlNodeList list) {
        SqlWriter.Frame frame = writer.startList("(", ")");
        for (SqlNode node : list) {
            writer.sep(",");
            node.unparse(writer, 0, 0);
        }
        writer.endList(frame);
    }
}
