// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.parse;

import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/**
 * {@code WHEN [NOT] MATCHED [AND condition] THEN UPDATE SET … | DELETE | INSERT [(columns)] VALUES (…)}, a part of a {@link
 * SqlMergeDataset}. The parser has checked that what is done goes with whether rows match.
 */
public final class SqlMergeClause extends SqlStatement {
    private static final StatementOperator OPERATOR =
            new StatementOperator("WHEN MATCHED", SqlKind.OTHER, SqlMergeClause::new);

    private SqlMergeClause(Operands operands) {
        super(OPERATOR, operands);
    }

    /**
     * @param columns that get values; {@code null} for all of them, and of a DELETE
     * @param values for the columns; {@code null} of a DELETE
     */
    public SqlMergeClause(
            SqlParserPos pos,
            boolean matched,
            @Nullable SqlNode condition,
            @Nullable SqlNodeList columns,
            @Nullable SqlNodeList values) {
        this(Operands.of(pos, Operands.flag(matched), condition, columns, values));
    }

    /** Whether it speaks for rows that match, and not for those that do not. */
    public boolean matched() {
        return ((SqlLiteral) operands.node(0)).booleanValue();
    }

    public @Nullable SqlNode condition() {
        return operands.optional(1);
    }

    public @Nullable SqlNodeList columns() {
        return operands.optionalList(2);
    }

    public @Nullable SqlNodeList values() {
        return operands.optionalList(3);
    }

    @Override
    void write(SqlWriter writer) {
        writer.keyword(matched() ? "WHEN MATCHED" : "WHEN NOT MATCHED");
        SqlNode condition = condition();
        if (condition != null) {
            writer.keyword("AND");
            writeNode(writer, condition);
        }
        writer.keyword("THEN");
        SqlNodeList columns = columns();
        SqlNodeList values = values();
        if (values == null) {
            writer.keyword("DELETE");
        } else if (matched()) {
            writer.keyword("UPDATE SET");
            for (int i = 0; columns != null && i < columns.size(); i++) {
                if (i > 0) {
                    writer.print(",");
                }
                writeNode(writer, columns.get(i));
                writer.keyword("=");
                writeNode(writer, values.get(i));
            }
        } else {
            writer.keyword("INSERT");
            if (columns != null) {
                list(writer, columns);
            }
            writer.keyword("VALUES");
            list(writer, values);
        }
    }

    private static void list(SqlWriter writer, SqlNodeList nodes) {
        SqlWriter.Frame frame = writer.startList("(", ")");
        for (SqlNode node : nodes) {
            writer.sep(",");
            writeNode(writer, node);
        }
        writer.endList(frame);
    }
}
