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

/** {@code MERGE INTO name [AS alias] USING source ON condition WHEN … [WHEN …]}: of its clauses the first that holds counts. */
public final class SqlMergeDataset extends SqlStatement {
    private static final StatementOperator OPERATOR =
            new StatementOperator("MERGE", SqlKind.MERGE, SqlMergeDataset::new);

    private SqlMergeDataset(Operands operands) {
        super(OPERATOR, operands);
    }

    /** @param clauses a {@link SqlMergeClause} each */
    public SqlMergeDataset(
            SqlParserPos pos,
            SqlIdentifier target,
            @Nullable SqlIdentifier alias,
            SqlNode source,
            SqlNode condition,
            SqlNodeList clauses) {
        this(Operands.of(pos, target, alias, source, condition, clauses));
    }

    public SqlIdentifier target() {
        return operands.identifier(0);
    }

    public @Nullable SqlIdentifier alias() {
        return operands.optionalIdentifier(1);
    }

    /** What stands in a FROM clause. */
    public SqlNode source() {
        return operands.node(2);
    }

    public SqlNode condition() {
        return operands.node(3);
    }

    public List<SqlMergeClause> clauses() {
        List<SqlMergeClause> result = new ArrayList<>();
        for (SqlNode clause : operands.list(4)) {
            result.add((SqlMergeClause) clause);
        }
        return result;
    }

    @Override
    void write(SqlWriter writer) {
        writer.keyword("MERGE INTO");
        writeNode(writer, target());
        writeAlias(writer, alias());
        writeFrom(writer, "USING", source());
        writer.keyword("ON");
        writeNode(writer, condition());
        clauses().forEach(clause -> clause.write(writer));
    }
}
