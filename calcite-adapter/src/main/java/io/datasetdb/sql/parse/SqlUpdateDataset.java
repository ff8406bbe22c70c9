// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.parse;

import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** {@code [WITH …] UPDATE name [AS alias] SET column = value, … [FROM …] [WHERE condition]}. */
public final class SqlUpdateDataset extends SqlStatement implements WithQueries {
    private static final StatementOperator OPERATOR =
            new StatementOperator("UPDATE", SqlKind.UPDATE, SqlUpdateDataset::new);

    private SqlUpdateDataset(Operands operands) {
        super(OPERATOR, operands);
    }

    /**
     * @param columns as {@link Assignments} has them
     * @param values for the columns
     */
    public SqlUpdateDataset(
            SqlParserPos pos,
            @Nullable SqlNodeList with,
            SqlIdentifier target,
            @Nullable SqlIdentifier alias,
            SqlNodeList columns,
            SqlNodeList values,
            @Nullable SqlNode source,
            @Nullable SqlNode condition) {
        this(Operands.of(pos, with, target, alias, columns, values, source, condition));
    }

    @Override
    public @Nullable SqlNodeList with() {
        return operands.optionalList(0);
    }

    public SqlIdentifier target() {
        return operands.identifier(1);
    }

    public @Nullable SqlIdentifier alias() {
        return operands.optionalIdentifier(2);
    }

    public SqlNodeList columns() {
        return operands.list(3);
    }

    public SqlNodeList values() {
        return operands.list(4);
    }

    /** What stands behind FROM. */
    public @Nullable SqlNode source() {
        return operands.optional(5);
    }

    public @Nullable SqlNode condition() {
        return operands.optional(6);
    }

    @Override
    void write(SqlWriter writer) {
        WithQueries.write(writer, with());
        writer.keyword("UPDATE");
        writeNode(writer, target());
        writeAlias(writer, alias());
        writer.keyword("SET");
        Assignments.write(writer, columns(), values());
        writeFrom(writer, "FROM", source());
        writeWhere(writer, condition());
    }
}
