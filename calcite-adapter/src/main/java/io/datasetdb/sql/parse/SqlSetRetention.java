// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.parse;

import java.util.OptionalLong;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/**
 * {@code ALTER DATASET name SET RETENTION {n VERSIONS | UNLIMITED}}; {@code RESET RETENTION} is the latter.
 */
public final class SqlSetRetention extends SqlStatement {
    private static final StatementOperator OPERATOR =
            new StatementOperator("SET RETENTION", SqlKind.OTHER_DDL, SqlSetRetention::new);

    private SqlSetRetention(Operands operands) {
        super(OPERATOR, operands);
    }

    public SqlSetRetention(SqlParserPos pos, SqlIdentifier name, @Nullable SqlLiteral versions) {
        this(Operands.of(pos, name, versions));
    }

    public SqlIdentifier name() {
        return operands.identifier(0);
    }

    /** How many versions are kept; empty: all. */
    public OptionalLong versions() {
        SqlLiteral versions = operands.optionalLiteral(1);
        return versions == null ? OptionalLong.empty() : OptionalLong.of(versions.longValue(true));
    }

    @Override
    void write(SqlWriter writer) {
        writer.keyword("ALTER DATASET");
        writeNode(writer, name());
        writer.keyword("SET RETENTION");
        OptionalLong versions = versions();
        if (versions.isPresent()) {
            writer.literal(String.valueOf(versions.getAsLong()));
            writer.keyword("VERSIONS");
        } else {
            writer.keyword("UNLIMITED");
        }
    }
}
