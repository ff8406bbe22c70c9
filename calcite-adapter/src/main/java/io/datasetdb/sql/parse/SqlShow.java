// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.parse;

import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/**
 * {@code SHOW NAMESPACES | PROJECTS | DATASETS | VIEWS | FUNCTIONS | PARAMS [LIKE '…']} and {@code SHOW VERSIONS | LINEAGE |
 * METRICS OF name}.
 */
public final class SqlShow extends SqlStatement {
    private static final StatementOperator OPERATOR = new StatementOperator("SHOW", SqlKind.OTHER, SqlShow::new);

    private SqlShow(Operands operands) {
        super(OPERATOR, operands);
    }

    /** @param what a symbol literal of {@link Subject} */
    public SqlShow(SqlParserPos pos, SqlLiteral what, @Nullable SqlIdentifier name, @Nullable SqlLiteral like) {
        this(Operands.of(pos, what, name, like));
    }

    /** What to list. */
    public Subject subject() {
        return operands.literal(0).getValueAs(Subject.class);
    }

    /** The dataset whose versions, lineage or metrics to list; null for the other subjects. */
    public @Nullable SqlIdentifier name() {
        return operands.optionalIdentifier(1);
    }

    /** The pattern that names must match, as in {@code LIKE}; null for all. */
    public @Nullable String like() {
        return stringOrNull(operands.optionalLiteral(2));
    }

    @Override
    void write(SqlWriter writer) {
        writer.keyword("SHOW " + subject());
        SqlIdentifier name = name();
        if (name != null) {
            writer.keyword("OF");
            writeNode(writer, name);
        }
        writeClause(writer, "LIKE", operands.optionalLiteral(2));
    }

    /** What can be listed. */
    public enum Subject {
        NAMESPACES,
        PROJECTS,
        DATASETS,
        VIEWS,
        FUNCTIONS,
        PARAMS,
        VERSIONS,
        LINEAGE,
        METRICS
    }
}
