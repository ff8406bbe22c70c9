// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.parse;

import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/** {@code [WITH …] DELETE FROM name [AS alias] [USING …] [WHERE condition]}. */
public final class SqlDeleteDataset extends SqlStatement implements WithQueries {
    private static final StatementOperator OPERATOR =
            new StatementOperator("DELETE", SqlKind.DELETE, SqlDeleteDataset::new);

    private SqlDeleteDataset(Operands operands) {
        super(OPERATOR, operands);
    }

    public SqlDeleteDataset(
            SqlParserPos pos,
            @Nullable SqlNodeList with,
            SqlIdentifier target,
            @Nullable SqlIdentifier alias,
            @Nullable SqlNode source,
            @Nullable SqlNode condition) {
        this(Operands.of(pos, with, target, alias, source, condition));
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

    /** What stands behind USING. */
    public @Nullable SqlNode source() {
        return operands.optional(3);
    }

    public @Nullable SqlNode condition() {
        return operands.optional(4);
    }

    /** Whether all rows go, whatever is in them. */
    public boolean deletesAll() {
        return source() == null && condition() == null;
    }

    @Override
    void write(SqlWriter writer) {
        WithQueries.write(writer, with());
        writer.keyword("DELETE FROM");
        writeNode(writer, target());
        writeAlias(writer, alias());
        writeFrom(writer, "USING", source());
        writeWhere(writer, condition());
    }
}
