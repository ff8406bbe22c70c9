// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.parse;

import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * {@code ALTER DATASET name RENAME TO newName}.
 */
public final class SqlRename extends SqlStatement {
    private static final StatementOperator OPERATOR =
            new StatementOperator("RENAME", SqlKind.OTHER_DDL, SqlRename::new);

    private SqlRename(Operands operands) {
        super(OPERATOR, operands);
    }

    public SqlRename(SqlParserPos pos, SqlIdentifier name, boolean view, SqlIdentifier newName) {
        this(Operands.of(pos, name, newName, Operands.flag(view)));
    }

    public SqlIdentifier name() {
        return operands.identifier(0);
    }

    /** The new name; where it is not qualified what is renamed stays in its project. */
    public SqlIdentifier newName() {
        return operands.identifier(1);
    }

    /** Whether a view is renamed, not a dataset. */
    public boolean isView() {
        return operands.isSet(2);
    }

    @Override
    void write(SqlWriter writer) {
        writer.keyword(isView() ? "ALTER VIEW" : "ALTER DATASET");
        writeNode(writer, name());
        writer.keyword("RENAME TO");
        writeNode(writer, newName());
    }
}
