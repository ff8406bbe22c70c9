// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.parse;

import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * {@code REFRESH DATASET name [FULL]}.
 */
public final class SqlRefreshDataset extends SqlStatement {
    private static final StatementOperator OPERATOR =
            new StatementOperator("REFRESH DATASET", SqlKind.OTHER_DDL, SqlRefreshDataset::new);

    private SqlRefreshDataset(Operands operands) {
        super(OPERATOR, operands);
    }

    public SqlRefreshDataset(SqlParserPos pos, SqlIdentifier name, boolean full) {
        this(Operands.of(pos, name, Operands.flag(full)));
    }

    public SqlIdentifier name() {
        return operands.identifier(0);
    }

    /** Whether everything is computed anew. */
    public boolean full() {
        return operands.isSet(1);
    }

    @Override
    void write(SqlWriter writer) {
        writer.keyword("REFRESH DATASET");
        writeNode(writer, name());
        if (full()) {
            writer.keyword("FULL");
        }
    }
}
