// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.parse;

import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/**
 * {@code COMMENT ON DATASET | VIEW name IS '…' | NULL}, {@code COMMENT ON COLUMN name.column IS '…' | NULL} and {@code ALTER
 * DATASET | VIEW name SET COMMENT '…'}, which means the first.
 */
public final class SqlComment extends SqlStatement {
    private static final StatementOperator OPERATOR =
            new StatementOperator("COMMENT", SqlKind.OTHER_DDL, SqlComment::new);

    private SqlComment(Operands operands) {
        super(OPERATOR, operands);
    }

    public SqlComment(SqlParserPos pos, Subject subject, SqlIdentifier name, @Nullable SqlLiteral comment) {
        this(Operands.of(pos, SqlLiteral.createSymbol(subject, pos), name, comment));
    }

    /** On what the comment is. */
    public Subject subject() {
        return operands.literal(0).getValueAs(Subject.class);
    }

    /** The dataset or view; of a column the whole name, because only the registry knows where the column's part begins. */
    public SqlIdentifier name() {
        return operands.identifier(1);
    }

    /** The new comment; null takes the old one away. */
    public @Nullable String comment() {
        return stringOrNull(operands.optionalLiteral(2));
    }

    @Override
    void write(SqlWriter writer) {
        SqlLiteral comment = operands.optionalLiteral(2);
        writer.keyword("COMMENT ON " + subject());
        writeNode(writer, name());
        if (comment == null) {
            writer.keyword("IS NULL");
        } else {
            writeClause(writer, "IS", comment);
        }
    }

    /** What can be commented on. */
    public enum Subject {
        DATASET,
        VIEW,
        COLUMN
    }
}
