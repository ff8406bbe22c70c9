// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.parse;

import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/**
 * {@code REPRODUCE DATASET name [VERSION 'v']}.
 */
public final class SqlReproduceDataset extends SqlStatement {
    private static final StatementOperator OPERATOR =
            new StatementOperator("REPRODUCE DATASET", SqlKind.OTHER, SqlReproduceDataset::new);

    private SqlReproduceDataset(Operands operands) {
        super(OPERATOR, operands);
    }

    public SqlReproduceDataset(SqlParserPos pos, SqlIdentifier name, @Nullable SqlLiteral version) {
        this(Operands.of(pos, name, version));
    }

    public SqlIdentifier name() {
        return operands.identifier(0);
    }

    /** The version, as written; null for the latest. */
    public @Nullable String version() {
        return stringOrNull(operands.optionalLiteral(1));
    }

    @Override
    void write(SqlWriter writer) {
        writer.keyword("REPRODUCE DATASET");
        writeNode(writer, name());
        writeClause(writer, "VERSION", operands.optionalLiteral(1));
    }
}
