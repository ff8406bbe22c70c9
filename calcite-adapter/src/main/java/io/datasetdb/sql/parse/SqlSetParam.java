// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.parse;

import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * {@code SET PARAM name = literal}.
 */
public final class SqlSetParam extends SqlStatement {
    private static final StatementOperator OPERATOR =
            new StatementOperator("SET PARAM", SqlKind.OTHER, SqlSetParam::new);

    private SqlSetParam(Operands operands) {
        super(OPERATOR, operands);
    }

    public SqlSetParam(SqlParserPos pos, SqlIdentifier name, SqlNode value) {
        this(Operands.of(pos, name, value));
    }

    /** The parameter's name, as written. */
    public String name() {
        return operands.identifier(0).getSimple();
    }

    /** A literal; NULL takes the parameter away. */
    public SqlNode value() {
        return operands.node(1);
    }

    @Override
    void write(SqlWriter writer) {
        writer.keyword("SET PARAM");
        writeNode(writer, operands.identifier(0));
        writer.keyword("=");
        writeNode(writer, value());
    }
}
