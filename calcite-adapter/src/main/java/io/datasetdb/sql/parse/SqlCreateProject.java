// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.parse;

import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * {@code CREATE PROJECT [IF NOT EXISTS] name}.
 */
public final class SqlCreateProject extends SqlStatement {
    private static final StatementOperator OPERATOR =
            new StatementOperator("CREATE PROJECT", SqlKind.OTHER_DDL, SqlCreateProject::new);

    private SqlCreateProject(Operands operands) {
        super(OPERATOR, operands);
    }

    public SqlCreateProject(SqlParserPos pos, SqlIdentifier name, boolean ifNotExists) {
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
        writer.keyword("CREATE PROJECT");
        if (ifNotExists()) {
            writer.keyword("IF NOT EXISTS");
        }
        writeNode(writer, name());
    }
}
