// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.parse;

import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/**
 * {@code SHOW name}, the value of one setting, and {@code SHOW SETTINGS}, also written {@code SHOW ALL}.
 */
public final class SqlShowSettings extends SqlStatement {
    private static final StatementOperator OPERATOR =
            new StatementOperator("SHOW SETTINGS", SqlKind.OTHER, SqlShowSettings::new);

    private SqlShowSettings(Operands operands) {
        super(OPERATOR, operands);
    }

    public SqlShowSettings(SqlParserPos pos, @Nullable SqlIdentifier name) {
        this(Operands.of(pos, name));
    }

    /** The setting; null for all of them. */
    public @Nullable SqlIdentifier name() {
        return operands.optionalIdentifier(0);
    }

    @Override
    void write(SqlWriter writer) {
        SqlIdentifier name = name();
        writer.keyword(name == null ? "SHOW SETTINGS" : "SHOW");
        if (name != null) {
            writeNode(writer, name);
        }
    }
}
