// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.parse;

import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * {@code DROP PROJECT [IF EXISTS] name}.
 */
public final class SqlDropProject extends SqlStatement {
    private static final StatementOperator OPERATOR =
            new StatementOperator("DROP PROJECT", SqlKind.OTHER_DDL, SqlDropProject::new);

    private SqlDropProject(Operands operands) {
        super(OPERATOR, operands);
    }

    public SqlDropProject(SqlParserPos pos, SqlIdentifier name, boolean ifExists) {
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
        writer.keyword("DROP PROJECT");
        if (ifExists()) {
            writer.keyword("IF EXISTS");
        }
        writeNode(writer, name());
    }
}
