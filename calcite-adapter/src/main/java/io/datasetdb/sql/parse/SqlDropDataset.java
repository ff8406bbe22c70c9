// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.parse;

import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/**
 * {@code DROP DATASET [IF EXISTS] name [VERSION 'v'] [PURGE]}: all versions or one.
 */
public final class SqlDropDataset extends SqlStatement {
    private static final StatementOperator OPERATOR =
            new StatementOperator("DROP DATASET", SqlKind.OTHER_DDL, SqlDropDataset::new);

    private SqlDropDataset(Operands operands) {
        super(OPERATOR, operands);
    }

    public SqlDropDataset(
            SqlParserPos pos, SqlIdentifier name, boolean ifExists, @Nullable SqlLiteral version, boolean purge) {
        this(Operands.of(pos, name, Operands.flag(ifExists), version, Operands.flag(purge)));
    }

    public SqlIdentifier name() {
        return operands.identifier(0);
    }

    public boolean ifExists() {
        return operands.isSet(1);
    }

    /** The one version to drop, as written; null for all. */
    public @Nullable String version() {
        return stringOrNull(operands.optionalLiteral(2));
    }

    /** Whether the files go now rather than when garbage is collected. */
    public boolean purge() {
        return operands.isSet(3);
    }

    @Override
    void write(SqlWriter writer) {
        writer.keyword("DROP DATASET");
        if (ifExists()) {
            writer.keyword("IF EXISTS");
        }
        writeNode(writer, name());
        writeClause(writer, "VERSION", operands.optionalLiteral(2));
        if (purge()) {
            writer.keyword("PURGE");
        }
    }
}
