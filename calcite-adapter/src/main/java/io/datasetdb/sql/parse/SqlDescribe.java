// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.parse;

import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * {@code DESCRIBE name} or {@code DESCRIBE query}: the columns of a dataset, which may name its version, or of a query.
 */
public final class SqlDescribe extends SqlStatement {
    private static final StatementOperator OPERATOR =
            new StatementOperator("DESCRIBE", SqlKind.OTHER, SqlDescribe::new);

    private SqlDescribe(Operands operands) {
        super(OPERATOR, operands);
    }

    public SqlDescribe(SqlParserPos pos, SqlNode target) {
        this(Operands.of(pos, target));
    }

    /** A name ({@link SqlIdentifier}) or a query. */
    public SqlNode target() {
        return operands.node(0);
    }

    @Override
    void write(SqlWriter writer) {
        writer.keyword("DESCRIBE");
        writeNode(writer, target());
    }
}
