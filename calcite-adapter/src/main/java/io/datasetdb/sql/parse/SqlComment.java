// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.parse;

import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/**
 * {@code COMMENT ON DATASET name IS '…' | NULL}, {@code COMMENT ON COLUMN name.column IS '…' | NULL} and {@code ALTER
 * DATASET name SET COMMENT '…'}, which means the first.
 */
public final class SqlComment extends SqlStatement {
    private static final StatementOperator OPERATOR =
            new StatementOperator("COMMENT", SqlKind.OTHER_DDL, SqlComment::new);

    private SqlComment(Operands operands) {
        super(OPERATOR, operands);
    }

    public SqlComment(
            SqlParserPos pos, SqlIdentifier name, @Nullable SqlIdentifier column, @Nullable SqlLiteral comment) {
        this(Operands.of(pos, name, column, comment));
    }

    /** The dataset. */
    public SqlIdentifier name() {
        return operands.identifier(0);
    }

    /** The column; null if the comment is on the dataset itself. */
    public @Nullable String column() {
        SqlIdentifier column = operands.optionalIdentifier(1);
        return column == null ? null : column.getSimple();
    }

    /** The new comment; null takes the old one away. */
    public @Nullable String comment() {
        return stringOrNull(operands.optionalLiteral(2));
    }

    @Override
    void write(SqlWriter writer) {
        SqlIdentifier column = operands.optionalIdentifier(1);
        SqlLiteral comment = operands.optionalLiteral(2);
        writer.keyword(column == null ? "COMMENT ON DATASET" : "COMMENT ON COLUMN");
        writeNode(writer, column == null ? name() : name().plus(column.getSimple(), column.getParserPosition()));
        if (comment == null) {
            writer.keyword("IS NULL");
        } else {
            writeClause(writer, "IS", comment);
        }
    }
}
