// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.plan;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.sql.SqlError;
import io.datasetdb.sql.parse.Shorthands;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/**
 * {@code SELECT a, unnest(b) FROM t}: the list becomes one more table of the query, {@code SELECT a, u.x FROM t, UNNEST(b) AS
 * u(x)}. Rows whose list is empty or NULL go, as in PostgreSQL and DuckDB. Several go in step, the shorter ones followed by
 * NULL.
 */
final class UnnestedColumns {
    private static final String TABLE = "$unnest";
    private static final String COLUMN = "unnest";

    private UnnestedColumns() {}

    /** Changes a query in place. */
    static void rewrite(SqlSelect select) {
        List<SqlCall> found = new ArrayList<>();
        SqlShuttle replacing = new SqlShuttle() {
            @Override
            public @Nullable SqlNode visit(SqlCall call) {
                if (call.isA(SqlKind.QUERY)) {
                    return call;
                }
                if (call.getOperator().equals(Shorthands.UNNEST)) {
                    found.add(call);
                    return new SqlIdentifier(List.of(TABLE, column(found.size())), call.getParserPosition());
                }
                return super.visit(call);
            }
        };
        SqlNodeList items = select.getSelectList();
        SqlNodeList replaced = (SqlNodeList) Objects.requireNonNull(items.accept(replacing));
        if (found.isEmpty()) {
            return;
        }
        refuse(select, found.get(0));
        SqlNode from = select.getFrom();
        select.setSelectList(new SqlNodeList(columns(from, items, replaced), items.getParserPosition()));
        select.setFrom(from == null ? table(found) : join(from, table(found)));
    }

    private static String column(int number) {
        return COLUMN + number;
    }

    private static void refuse(SqlSelect select, SqlCall first) {
        boolean[] windows = {false};
        select.getSelectList().accept(new SqlShuttle() {
            @Override
            public @Nullable SqlNode visit(SqlCall call) {
                windows[0] |= call.getKind() == SqlKind.OVER;
                return call.isA(SqlKind.QUERY) ? call : super.visit(call);
            }
        });
        if (select.getGroup() != null || select.getHaving() != null || select.getQualify() != null || windows[0]) {
            throw unsupported("it has groups or windows, put them into a sub-query", first);
        }
    }

    private static DatasetDbException unsupported(String reason, SqlCall call) {
        SqlParserPos position = call.getParserPosition();
        return new DatasetDbException(
                SqlError.UNSUPPORTED,
                "Cannot unnest a column of the query: " + reason + " (at line " + position.getLineNum() + ", column "
                        + position.getColumnNum() + ")");
    }

    /** A star stands for the other tables alone. */
    private static List<SqlNode> columns(@Nullable SqlNode from, SqlNodeList items, SqlNodeList replaced) {
        List<SqlNode> columns = new ArrayList<>();
        for (int i = 0; i < replaced.size(); i++) {
            SqlNode item = replaced.get(i);
            if (item instanceof SqlIdentifier star && star.isStar() && star.names.size() == 1 && from != null) {
                stars(from, star.getParserPosition(), columns);
            } else if (items.get(i) instanceof SqlCall call
                    && call.getOperator().equals(Shorthands.UNNEST)) {
                SqlParserPos position = call.getParserPosition();
                columns.add(SqlStdOperatorTable.AS.createCall(position, item, new SqlIdentifier(COLUMN, position)));
            } else {
                columns.add(item);
            }
        }
        return columns;
    }

    private static void stars(SqlNode table, SqlParserPos position, List<SqlNode> columns) {
        if (table instanceof SqlJoin join) {
            stars(join.getLeft(), position, columns);
            stars(join.getRight(), position, columns);
            return;
        }
        SqlNode name = table.getKind() == SqlKind.AS ? ((SqlCall) table).operand(1) : table;
        if (!(name instanceof SqlIdentifier identifier)) {
            throw new DatasetDbException(
                    SqlError.UNSUPPORTED,
                    "Cannot unnest a column of the query: a star goes with it only if all tables have names (at line "
                            + position.getLineNum() + ", column " + position.getColumnNum() + ")");
        }
        String last = identifier.names.get(identifier.names.size() - 1);
        columns.add(SqlIdentifier.star(List.of(last, ""), position, List.of(identifier.getParserPosition(), position)));
    }

    private static SqlNode table(List<SqlCall> found) {
        SqlParserPos position = found.get(0).getParserPosition();
        SqlCall unnest = SqlStdOperatorTable.UNNEST.createCall(
                position,
                found.stream()
                        .map(call -> found.size() == 1 ? call.operand(0) : padded(call.operand(0)))
                        .toList());
        List<SqlNode> operands = new ArrayList<>(List.of(unnest, new SqlIdentifier(TABLE, position)));
        for (int i = 1; i <= found.size(); i++) {
            operands.add(new SqlIdentifier(column(i), position));
        }
        return SqlStdOperatorTable.AS.createCall(position, operands);
    }

    private static SqlNode padded(SqlNode list) {
        return NestedOperators.PADDED.createCall(list.getParserPosition(), list);
    }

    private static SqlNode join(SqlNode from, SqlNode table) {
        SqlParserPos position = from.getParserPosition();
        return new SqlJoin(
                position,
                from,
                SqlLiteral.createBoolean(false, position),
                JoinType.COMMA.symbol(position),
                table,
                JoinConditionType.NONE.symbol(position),
                null);
    }
}
