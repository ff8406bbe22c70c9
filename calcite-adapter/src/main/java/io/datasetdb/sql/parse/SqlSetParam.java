// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.parse;

import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/**
 * {@code SET PARAM name = literal} and {@code RESET PARAM name | ALL}.
 */
public final class SqlSetParam extends SqlStatement {
    private static final StatementOperator OPERATOR =
            new StatementOperator("SET PARAM", SqlKind.OTHER, SqlSetParam::new);

    private SqlSetParam(Operands operands) {
        super(OPERATOR, operands);
    }

    public SqlSetParam(SqlParserPos pos, @Nullable SqlIdentifier name, @Nullable SqlNode value) {
        this(Operands.of(pos, name, value));
    }

    /** The parameter; null for all, which only RESET can mean. */
    public @Nullable SqlIdentifier name() {
        return operands.optionalIdentifier(0);
    }

    /** A literal; null takes the parameter away. */
    public @Nullable SqlNode value() {
        return operands.optional(1);
    }

    @Override
    void write(SqlWriter writer) {
        SqlIdentifier name = name();
        SqlNode value = value();
        writer.keyword(value == null ? "RESET PARAM" : "SET PARAM");
        if (name == null) {
            writer.keyword("ALL");
        } else {
            writeNode(writer, name);
        }
        if (value != null) {
            writer.keyword("=");
            writeNode(writer, value);
        }
    }
}
