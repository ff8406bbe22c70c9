// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.parse;

import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * {@code CREATE VECTOR INDEX ON name (column)}.
 */
public final class SqlCreateVectorIndex extends SqlStatement {
    private static final StatementOperator OPERATOR =
            new StatementOperator("CREATE VECTOR INDEX", SqlKind.OTHER_DDL, SqlCreateVectorIndex::new);

    private SqlCreateVectorIndex(Operands operands) {
        super(OPERATOR, operands);
    }

    public SqlCreateVectorIndex(SqlParserPos pos, SqlIdentifier name, SqlIdentifier column) {
        this(Operands.of(pos, name, column));
    }

    /** The dataset. */
    public SqlIdentifier name() {
        return operands.identifier(0);
    }

    public SqlIdentifier column() {
        return operands.identifier(1);
    }

    @Override
    void write(SqlWriter writer) {
        writer.keyword("CREATE VECTOR INDEX ON");
        writeNode(writer, name());
        SqlWriter.Frame frame = writer.startList("(", ")");
        writeNode(writer, column());
        writer.endList(frame);
    }
}
