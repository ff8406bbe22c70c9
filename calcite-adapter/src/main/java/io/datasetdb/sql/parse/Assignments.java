// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.parse;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.calcite.sql.SqlBasicCall;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWriter;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/**
 * What follows SET: which columns get which values. {@code (a, b) = (1, 2)} is two assignments, and so is {@code (a, b) =
 * (query)}, each with a column of the query.
 */
public final class Assignments {
    private final List<SqlNode> columns = new ArrayList<>();
    private final List<SqlNode> values = new ArrayList<>();

    public void add(SqlIdentifier column, SqlNode value) {
        columns.add(column);
        values.add(value);
    }

    /** Adds what is written as {@code (columns) = (given)}. */
    public void addAll(List<SqlIdentifier> names, SqlNodeList given) {
        boolean isQuery = given.size() == 1 && given.get(0).isA(SqlKind.QUERY);
        if (isQuery && names.size() > 1) {
            for (int i = 0; i < names.size(); i++) {
                add(names.get(i), column(given.get(0), i, names.size()));
            }
            return;
        }
        if (given.size() != names.size()) {
            throw SyntaxErrors.at(
                    given.getParserPosition(),
                    names.size() + " columns are set and " + given.size() + " values are given");
        }
        for (int i = 0; i < names.size(); i++) {
            add(names.get(i), given.get(i));
        }
    }

    /** One column of a query that yields at most one row. */
    private static SqlNode column(SqlNode query, int ordinal, int count) {
        SqlParserPos pos = query.getParserPosition();
        List<SqlNode> named = new ArrayList<>();
        named.add(copy(query));
        named.add(new SqlIdentifier("$set", pos));
        for (int i = 0; i < count; i++) {
            named.add(new SqlIdentifier("$" + i, pos));
        }
        SqlNode from = new SqlBasicCall(SqlStdOperatorTable.AS, named, pos);
        SqlNodeList items = SqlNodeList.of(new SqlIdentifier("$" + ordinal, pos));
        return new SqlSelect(pos, null, items, from, null, null, null, null, null, null, null, null, SqlNodeList.EMPTY);
    }

    public SqlNodeList columns() {
        return new SqlNodeList(columns, SqlParserPos.ZERO);
    }

    public SqlNodeList values() {
        return new SqlNodeList(values, SqlParserPos.ZERO);
    }

    /** Writes {@code a = 1, b = 2}. */
    static void write(SqlWriter writer, SqlNodeList columns, SqlNodeList values) {
        for (int i = 0; i < columns.size(); i++) {
            if (i > 0) {
                writer.print(",");
            }
            columns.get(i).unparse(writer, 0, 0);
            writer.keyword("=");
            SqlWriter.Frame frame = writer.startList(SqlWriter.FrameTypeEnum.SELECT_LIST);
            values.get(i).unparse(writer, 0, 0);
            writer.endList(frame);
        }
    }

    /** The same tree with other nodes: validation changes what it validates, so that no two places can have the same. */
    public static SqlNode copy(SqlNode node) {
        return Objects.requireNonNull(node.accept(new SqlShuttle() {
            @Override
            public @Nullable SqlNode visit(SqlCall call) {
                CallCopyingArgHandler copy = new CallCopyingArgHandler(call, true);
                call.getOperator().acceptCall(this, call, false, copy);
                return copy.result();
            }

            @Override
            public SqlNode visit(SqlNodeList list) {
                List<SqlNode> copies = new ArrayList<>();
                list.forEach(item -> copies.add(item.accept(this)));
                return new SqlNodeList(copies, list.getParserPosition());
            }
        }));
    }
}
