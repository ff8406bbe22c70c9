// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.parse;

import java.util.ArrayList;
import java.util.List;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/**
 * {@code [WITH …] MERGE INTO name [AS alias] USING source ON condition WHEN … [WHEN …]}: of its clauses the first that holds
 * counts.
 */
public final class SqlMergeDataset extends SqlStatement implements WithQueries {
    private static final StatementOperator OPERATOR =
            new StatementOperator("MERGE", SqlKind.MERGE, SqlMergeDataset::new);

    private SqlMergeDataset(Operands operands) {
        super(OPERATOR, operands);
    }

    /** @param clauses a {@link SqlMergeClause} each */
    public SqlMergeDataset(
            SqlParserPos pos,
            @Nullable SqlNodeList with,
            SqlIdentifier target,
            @Nullable SqlIdentifier alias,
            SqlNode source,
            SqlNode condition,
            SqlNodeList clauses) {
        this(Operands.of(pos, with, target, alias, source, condition, clauses));
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

    /** What stands in a FROM clause. */
    public SqlNode source() {
        return operands.node(3);
    }

    public SqlNode condition() {
        return operands.node(4);
    }

    public List<SqlMergeClause> clauses() {
        List<SqlMergeClause> result = new ArrayList<>();
        for (SqlNode clause : operands.list(5)) {
            result.add((SqlMergeClause) clause);
        }
        return result;
    }

    @Override
    void write(SqlWriter writer) {
        WithQueries.write(writer, with());
        writer.keyword("MERGE INTO");
        writeNode(writer, target());
        writeAlias(writer, alias());
        writeFrom(writer, "USING", source());
        writer.keyword("ON");
        writeNode(writer, condition());
        clauses().forEach(clause -> clause.write(writer));
    }
}
