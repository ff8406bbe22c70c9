// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.parse;

import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/**
 * {@code SET name = value}, also written with {@code TO}, and {@code RESET name | ALL}, which {@code SET name = DEFAULT} is
 * too.
 */
public final class SqlSetting extends SqlStatement {
    private static final StatementOperator OPERATOR = new StatementOperator("SET", SqlKind.OTHER, SqlSetting::new);

    private SqlSetting(Operands operands) {
        super(OPERATOR, operands);
    }

    public SqlSetting(SqlParserPos pos, @Nullable SqlIdentifier name, @Nullable SqlNode value) {
        this(Operands.of(pos, name, value));
    }

    /** The setting; null for all of them. */
    public @Nullable SqlIdentifier name() {
        return operands.optionalIdentifier(0);
    }

    /** A literal or a word; null for the default. */
    public @Nullable SqlNode value() {
        return operands.optional(1);
    }

    @Override
    void write(SqlWriter writer) {
        SqlIdentifier name = name();
        SqlNode value = value();
        writer.keyword(value == null ? "RESET" : "SET");
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
