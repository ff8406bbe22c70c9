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
 * {@code WHEN [NOT] MATCHED [BY SOURCE | TARGET] [AND condition] THEN UPDATE SET … | DELETE | DO NOTHING | INSERT [(columns)]
 * VALUES (…)}, a part of a {@link SqlMergeDataset}. The parser has checked that what is done goes with whether rows match.
 */
public final class SqlMergeClause extends SqlStatement {
    /** What becomes of the rows. */
    public enum Action {
        UPDATE,
        DELETE,
        INSERT,
        NOTHING
    }

    private static final StatementOperator OPERATOR =
            new StatementOperator("WHEN MATCHED", SqlKind.OTHER, SqlMergeClause::new);

    private SqlMergeClause(Operands operands) {
        super(OPERATOR, operands);
    }

    private static SqlMergeClause of(
            SqlParserPos pos,
            MergeRows rows,
            @Nullable SqlNode condition,
            Action action,
            @Nullable SqlNodeList columns,
            @Nullable SqlNodeList values) {
        return new SqlMergeClause(Operands.of(
                pos,
                SqlLiteral.createSymbol(rows, SqlParserPos.ZERO),
                condition,
                SqlLiteral.createSymbol(action, SqlParserPos.ZERO),
                columns,
                values));
    }

    public static SqlMergeClause update(
            SqlParserPos pos, MergeRows rows, @Nullable SqlNode condition, SqlNodeList columns, SqlNodeList values) {
        return of(pos, rows, condition, Action.UPDATE, columns, values);
    }

    public static SqlMergeClause delete(SqlParserPos pos, MergeRows rows, @Nullable SqlNode condition) {
        return of(pos, rows, condition, Action.DELETE, null, null);
    }

    public static SqlMergeClause nothing(SqlParserPos pos, MergeRows rows, @Nullable SqlNode condition) {
        return of(pos, rows, condition, Action.NOTHING, null, null);
    }

    /** @param columns that get values, {@code null} for all of them; none for DEFAULT VALUES */
    public static SqlMergeClause insert(
            SqlParserPos pos, @Nullable SqlNode condition, @Nullable SqlNodeList columns, SqlNodeList values) {
        return of(pos, MergeRows.NOT_MATCHED, condition, Action.INSERT, columns, values);
    }

    public MergeRows rows() {
        return operands.literal(0).getValueAs(MergeRows.class);
    }

    public @Nullable SqlNode condition() {
        return operands.optional(1);
    }

    public Action action() {
        return operands.literal(2).getValueAs(Action.class);
    }

    /** The columns that get values; null for all of them. */
    public @Nullable SqlNodeList columns() {
        return operands.optionalList(3);
    }

    /** The values of an UPDATE or INSERT. */
    public SqlNodeList values() {
        return operands.list(4);
    }

    @Override
    void write(SqlWriter writer) {
        writer.keyword(rows().words());
        SqlNode condition = condition();
        if (condition != null) {
            writer.keyword("AND");
            writeNode(writer, condition);
        }
        writer.keyword("THEN");
        switch (action()) {
            case DELETE -> writer.keyword("DELETE");
            case NOTHING -> writer.keyword("DO NOTHING");
            case UPDATE -> {
                writer.keyword("UPDATE SET");
                Assignments.write(writer, operands.list(3), values());
            }
            case INSERT -> writeInsert(writer);
        }
    }

    private void writeInsert(SqlWriter writer) {
        writer.keyword("INSERT");
        SqlNodeList columns = columns();
        if (columns != null && columns.isEmpty()) {
            writer.keyword("DEFAULT VALUES");
            return;
        }
        if (columns != null) {
            list(writer, columns);
        }
        writer.keyword("VALUES");
        list(writer, values());
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
