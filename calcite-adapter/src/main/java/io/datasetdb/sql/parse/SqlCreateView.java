// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.parse;

import java.util.List;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/**
 * {@code CREATE [OR REPLACE] VIEW [IF NOT EXISTS] name [(column, …)] [COMMENT '…'] AS query}.
 */
public final class SqlCreateView extends SqlStatement {
    private static final StatementOperator OPERATOR =
            new StatementOperator("CREATE VIEW", SqlKind.OTHER_DDL, SqlCreateView::new);

    private final @Nullable String queryText;

    private SqlCreateView(Operands operands) {
        this(operands, null);
    }

    private SqlCreateView(Operands operands, @Nullable String queryText) {
        super(OPERATOR, operands);
        this.queryText = queryText;
    }

    /** @param queryText the part of the statement that follows {@code AS}, as it was written */
    public SqlCreateView(
            SqlParserPos pos,
            SqlIdentifier name,
            @Nullable SqlNodeList columns,
            @Nullable SqlLiteral comment,
            SqlNode query,
            boolean replace,
            boolean ifNotExists,
            String queryText) {
        this(
                Operands.of(pos, name, query, Operands.flag(replace), Operands.flag(ifNotExists), columns, comment),
                queryText);
    }

    /** The query as it was written, with its comments and line breaks; a copied node writes it anew. */
    public String queryText() {
        return queryText == null ? StatementParser.toSql(query()) : queryText;
    }

    public SqlIdentifier name() {
        return operands.identifier(0);
    }

    public SqlNode query() {
        return operands.node(1);
    }

    public boolean replace() {
        return operands.isSet(2);
    }

    public boolean ifNotExists() {
        return operands.isSet(3);
    }

    /** The names of its columns; empty for those of the query. */
    public List<String> columns() {
        SqlNodeList columns = operands.optionalList(4);
        return columns == null
                ? List.of()
                : columns.stream()
                        .map(column -> ((SqlIdentifier) column).getSimple())
                        .toList();
    }

    public @Nullable String comment() {
        return stringOrNull(operands.optionalLiteral(5));
    }

    @Override
    void write(SqlWriter writer) {
        writer.keyword(replace() ? "CREATE OR REPLACE VIEW" : "CREATE VIEW");
        if (ifNotExists()) {
            writer.keyword("IF NOT EXISTS");
        }
        writeNode(writer, name());
        SqlNodeList columns = operands.optionalList(4);
        if (columns != null) {
            Labels.writeList(writer, columns);
        }
        writeClause(writer, "COMMENT", operands.optionalLiteral(5));
        writer.keyword("AS");
        writeNode(writer, query());
    }
}
