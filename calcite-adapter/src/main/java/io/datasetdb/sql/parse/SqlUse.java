// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.parse;

import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * {@code USE [namespace.]project}.
 */
public final class SqlUse extends SqlStatement {
    private static final StatementOperator OPERATOR = new StatementOperator("USE", SqlKind.OTHER, SqlUse::new);

    private SqlUse(Operands operands) {
        super(OPERATOR, operands);
    }

    public SqlUse(SqlParserPos pos, SqlIdentifier name) {
        this(Operands.of(pos, name));
    }

    /** The project, or namespace and project. */
    public SqlIdentifier name() {
        return operands.identifier(0);
    }

    @Override
    void write(SqlWriter writer) {
        writer.keyword("USE");
        writeNode(writer, name());
    }
}
