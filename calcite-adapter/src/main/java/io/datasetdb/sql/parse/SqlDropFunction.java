// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.parse;

import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * {@code DROP FUNCTION [IF EXISTS] name}.
 */
public final class SqlDropFunction extends SqlStatement {
    private static final StatementOperator OPERATOR =
            new StatementOperator("DROP FUNCTION", SqlKind.OTHER_DDL, SqlDropFunction::new);

    private SqlDropFunction(Operands operands) {
        super(OPERATOR, operands);
    }

    public SqlDropFunction(SqlParserPos pos, SqlIdentifier name, boolean ifExists) {
        this(Operands.of(pos, name, Operands.flag(ifExists)));
    }

    public SqlIdentifier name() {
        return operands.identifier(0);
    }

    public boolean ifExists() {
        return operands.isSet(1);
    }

    @Override
    void write(SqlWriter writer) {
        writer.keyword("DROP FUNCTION");
        if (ifExists()) {
            writer.keyword("IF EXISTS");
        }
        writeNode(writer, name());
    }
}
