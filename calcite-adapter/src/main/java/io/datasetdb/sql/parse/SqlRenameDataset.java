// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.parse;

import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * {@code ALTER DATASET name RENAME TO newName}.
 */
public final class SqlRenameDataset extends SqlStatement {
    private static final StatementOperator OPERATOR =
            new StatementOperator("RENAME DATASET", SqlKind.OTHER_DDL, SqlRenameDataset::new);

    private SqlRenameDataset(Operands operands) {
        super(OPERATOR, operands);
    }

    public SqlRenameDataset(SqlParserPos pos, SqlIdentifier name, SqlIdentifier newName) {
        this(Operands.of(pos, name, newName));
    }

    public SqlIdentifier name() {
        return operands.identifier(0);
    }

    /** The new name; where it is not qualified the dataset stays in its project. */
    public SqlIdentifier newName() {
        return operands.identifier(1);
    }

    @Override
    void write(SqlWriter writer) {
        writer.keyword("ALTER DATASET");
        writeNode(writer, name());
        writer.keyword("RENAME TO");
        writeNode(writer, newName());
    }
}
