// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.parse;

import java.util.Map;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.parser.SqlParserPos;

/**
 * {@code ALTER DATASET name SET LABELS ('k=v', …)}: replaces all labels.
 */
public final class SqlSetLabels extends SqlStatement {
    private static final StatementOperator OPERATOR =
            new StatementOperator("SET LABELS", SqlKind.OTHER_DDL, SqlSetLabels::new);

    private SqlSetLabels(Operands operands) {
        super(OPERATOR, operands);
    }

    public SqlSetLabels(SqlParserPos pos, SqlIdentifier name, SqlNodeList labels) {
        this(Operands.of(pos, name, labels));
    }

    public SqlIdentifier name() {
        return operands.identifier(0);
    }

    /** The labels in the order given. */
    public Map<String, String> labels() {
        return Labels.toMap(operands.list(1));
    }

    @Override
    void write(SqlWriter writer) {
        writer.keyword("ALTER DATASET");
        writeNode(writer, name());
        writer.keyword("SET");
        Labels.write(writer, operands.list(1));
    }
}
