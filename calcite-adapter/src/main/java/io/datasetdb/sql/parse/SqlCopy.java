// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.parse;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * {@code COPY (query) | name TO 'uri' [(FORMAT name, option value, …)]}.
 */
public final class SqlCopy extends SqlStatement {
    private static final StatementOperator OPERATOR = new StatementOperator("COPY", SqlKind.OTHER, SqlCopy::new);

    private SqlCopy(Operands operands) {
        super(OPERATOR, operands);
    }

    /** @param options lists of two: a name and a value */
    public SqlCopy(SqlParserPos pos, SqlNode source, SqlLiteral uri, SqlNodeList options) {
        this(Operands.of(pos, source, uri, options));
    }

    /** A query or a name ({@link SqlIdentifier}), which may name its version. */
    public SqlNode source() {
        return operands.node(0);
    }

    /** Where to write. */
    public String uri() {
        return string(operands.literal(1));
    }

    /**
     * The options, names in lower case, in the order given. A value is a literal, a name, or a list of names; an option
     * without a value is TRUE.
     */
    public Map<String, SqlNode> options() {
        Map<String, SqlNode> options = new LinkedHashMap<>();
        for (SqlNode option : operands.list(2)) {
            SqlNodeList pair = (SqlNodeList) option;
            String key = ((SqlIdentifier) pair.get(0)).getSimple().toLowerCase(Locale.ROOT);
            options.put(key, pair.get(1));
        }
        return Collections.unmodifiableMap(options);
    }

    @Override
    void write(SqlWriter writer) {
        writer.keyword("COPY");
        if (source() instanceof SqlIdentifier name) {
            writeNode(writer, name);
        } else {
            SqlWriter.Frame frame = writer.startList("(", ")");
            writeNode(writer, source());
            writer.endList(frame);
        }
        writeClause(writer, "TO", operands.literal(1));
        if (!operands.list(2).isEmpty()) {
            writeOptions(writer);
        }
    }

    private void writeOptions(SqlWriter writer) {
        SqlWriter.Frame frame = writer.startList("(", ")");
        for (SqlNode option : operands.list(2)) {
            SqlNodeList pair = (SqlNodeList) option;
            writer.sep(",");
            writeNode(writer, pair.get(0));
            if (pair.get(1) instanceof SqlNodeList names) {
                Labels.writeList(writer, names);
            } else {
                writeNode(writer, pair.get(1));
            }
        }
        writer.endList(frame);
    }
}
