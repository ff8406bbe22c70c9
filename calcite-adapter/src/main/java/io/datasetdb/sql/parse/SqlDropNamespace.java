// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.parse;

import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * {@code DROP NAMESPACE [IF EXISTS] name}.
 */
public final class SqlDropNamespace extends SqlStatement {
    private static final StatementOperator OPERATOR =
            new StatementOperator("DROP NAMESPACE", SqlKind.OTHER_DDL, SqlDropNamespace::new);

    private SqlDropNamespace(Operands operands) {
        super(OPERATOR, operands);
    }

    public SqlDropNamespace(SqlParserPos pos, SqlIdentifier name, boolean ifExists) {
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
        writer.keyword("DROP NAMESPACE");
        if (ifExists()) {
            writer.keyword("IF EXISTS");
        }
        writeNode(writer, name());
    }
}
