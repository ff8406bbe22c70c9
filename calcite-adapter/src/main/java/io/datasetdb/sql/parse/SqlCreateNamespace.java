// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.parse;

import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * {@code CREATE NAMESPACE [IF NOT EXISTS] name}.
 */
public final class SqlCreateNamespace extends SqlStatement {
    private static final StatementOperator OPERATOR =
            new StatementOperator("CREATE NAMESPACE", SqlKind.OTHER_DDL, SqlCreateNamespace::new);

    private SqlCreateNamespace(Operands operands) {
        super(OPERATOR, operands);
    }

    public SqlCreateNamespace(SqlParserPos pos, SqlIdentifier name, boolean ifNotExists) {
        this(Operands.of(pos, name, Operands.flag(ifNotExists)));
    }

    public SqlIdentifier name() {
        return operands.identifier(0);
    }

    public boolean ifNotExists() {
        return operands.isSet(1);
    }

    @Override
    void write(SqlWriter writer) {
        writer.keyword("CREATE NAMESPACE");
        if (ifNotExists()) {
            writer.keyword("IF NOT EXISTS");
        }
        writeNode(writer, name());
    }
}
