// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.parse;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.apache.calcite.schema.ColumnStrategy;
import org.apache.calcite.sql.SqlDataTypeSpec;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.ddl.SqlColumnDeclaration;
import org.apache.calcite.sql.ddl.SqlDdlNodes;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;

/** The columns of a dataset as a statement declares them: {@code (a INTEGER NOT NULL, b VARCHAR)}. */
public final class ColumnDefinitions {
    private ColumnDefinitions() {}

    /** One column. */
    public static SqlNode column(SqlIdentifier name, SqlDataTypeSpec type, boolean nullable) {
        ColumnStrategy strategy = nullable ? ColumnStrategy.NULLABLE : ColumnStrategy.NOT_NULLABLE;
        return SqlDdlNodes.column(name.getParserPosition(), name, type.withNullable(nullable), null, strategy);
    }

    /** A query that has these columns and no rows. */
    public static SqlNode noRows(SqlNodeList columns) {
        List<SqlNode> items = new ArrayList<>();
        for (SqlNode node : columns) {
            SqlColumnDeclaration column = (SqlColumnDeclaration) node;
            SqlNode value = SqlStdOperatorTable.CAST.createCall(
                    node.getParserPosition(),
                    SqlLiteral.createNull(node.getParserPosition()),
                    column.dataType.withNullable(true));
            items.add(SqlStdOperatorTable.AS.createCall(node.getParserPosition(), value, column.name));
        }
        SqlParserPos pos = columns.getParserPosition();
        SqlNode none = SqlLiteral.createBoolean(false, pos);
        SqlNodeList list = new SqlNodeList(items, pos);
        return new SqlSelect(pos, null, list, null, none, null, null, null, null, null, null, null, null);
    }

    /** The names of the columns that are declared NOT NULL. */
    static Set<String> notNull(SqlNodeList columns) {
        Set<String> names = new LinkedHashSet<>();
        for (SqlNode node : columns) {
            SqlColumnDeclaration column = (SqlColumnDeclaration) node;
            if (column.strategy == ColumnStrategy.NOT_NULLABLE) {
                names.add(column.name.getSimple());
            }
        }
        return names;
    }

    static void write(SqlWriter writer, SqlNodeList columns) {
        SqlWriter.Frame frame = writer.startList("(", ")");
        for (SqlNode node : columns) {
            writer.sep(",");
            SqlColumnDeclaration column = (SqlColumnDeclaration) node;
            column.name.unparse(writer, 0, 0);
            column.dataType.withNullable(true).unparse(writer, 0, 0);
            if (column.strategy == ColumnStrategy.NOT_NULLABLE) {
                writer.keyword("NOT NULL");
            }
        }
        writer.endList(frame);
    }
}
