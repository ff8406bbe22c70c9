// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.parse;

import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * {@code EXPLAIN [ANALYZE] statement}, also written {@code EXPLAIN PLAN FOR statement}.
 */
public final class SqlExplainStatement extends SqlStatement {
    private static final StatementOperator OPERATOR =
            new StatementOperator("EXPLAIN", SqlKind.OTHER, SqlExplainStatement::new);

    private SqlExplainStatement(Operands operands) {
        super(OPERATOR, operands);
    }

    public SqlExplainStatement(SqlParserPos pos, boolean analyze, SqlNode statement) {
        this(Operands.of(pos, Operands.flag(analyze), statement));
    }

    /** Whether the statement is run and its operators are measured. */
    public boolean analyze() {
        return operands.isSet(0);
    }

    public SqlNode statement() {
        return operands.node(1);
    }

    @Override
    void write(SqlWriter writer) {
        writer.keyword(analyze() ? "EXPLAIN ANALYZE" : "EXPLAIN");
        writeNode(writer, statement());
    }
}
