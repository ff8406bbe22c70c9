// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.plan;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.sql.SqlError;
import io.datasetdb.sql.parse.Shorthands;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOperator;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.SqlWithItem;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/**
 * {@code a UNION BY NAME b}: each side becomes a query that lists the columns of both, with NULL for those it lacks. Which
 * columns a side has is found out by validating a copy of it on its own, together with the WITH queries that it sees.
 */
final class UnionByName {
    private final Function<SqlNode, List<String>> columns;
    private final Deque<List<SqlWithItem>> visible = new ArrayDeque<>();

    /** @param columns yields the names of the columns of a query, which it may change */
    UnionByName(Function<SqlNode, List<String>> columns) {
        this.columns = columns;
    }

    /** Whether a call is such a union. */
    static boolean matches(SqlCall call) {
        return call.getOperator().equals(Shorthands.UNION_BY_NAME)
                || call.getOperator().equals(Shorthands.UNION_ALL_BY_NAME);
    }

    /** Begins a list of WITH queries. */
    void enter() {
        visible.addLast(new ArrayList<>());
    }

    /** Leaves the query behind a list of WITH queries. */
    void leave() {
        visible.removeLast();
    }

    /** From here on a WITH query is seen. */
    void see(SqlWithItem item) {
        visible.getLast().add(item);
    }

    /** A tree that shares nothing with the one it is a copy of but names and literals. */
    static <T extends SqlNode> T copy(T node) {
        SqlShuttle copying = new SqlShuttle() {
            @Override
            public @Nullable SqlNode visit(SqlCall call) {
                CallCopyingArgHandler handler = new CallCopyingArgHandler(call, true);
                call.getOperator().acceptCall(this, call, false, handler);
                return handler.result();
            }
        };
        @SuppressWarnings("unchecked")
        T copy = (T) Objects.requireNonNull(node.accept(copying));
        return copy;
    }

    /** A union by position, and the names of its columns. */
    private record Aligned(SqlCall union, List<String> names) {}

    /** The union as one by position. */
    SqlCall byPosition(SqlCall union) {
        return align(union).union();
    }

    private Aligned align(SqlCall union) {
        List<SqlNode> sides = new ArrayList<>();
        List<List<String>> names = new ArrayList<>();
        for (SqlNode operand : union.getOperandList()) {
            Aligned inner = operand instanceof SqlCall call && matches(call) ? align(call) : null;
            sides.add(inner == null ? operand : inner.union());
            names.add(inner == null ? names(operand) : inner.names());
        }
        Map<String, String> all = new LinkedHashMap<>();
        names.forEach(side -> side.forEach(name -> all.putIfAbsent(key(name), name)));
        List<SqlNode> aligned = new ArrayList<>();
        for (int i = 0; i < sides.size(); i++) {
            List<String> own = names.get(i).stream().map(UnionByName::key).toList();
            aligned.add(own.equals(List.copyOf(all.keySet())) ? sides.get(i) : aligned(sides.get(i), own, all));
        }
        SqlOperator operator = union.getOperator().equals(Shorthands.UNION_ALL_BY_NAME)
                ? SqlStdOperatorTable.UNION_ALL
                : SqlStdOperatorTable.UNION;
        return new Aligned(operator.createCall(union.getParserPosition(), aligned), List.copyOf(all.values()));
    }

    /** The names of the columns of a query that stands here. */
    List<String> columns(SqlNode side) {
        SqlParserPos position = side.getParserPosition();
        Map<String, SqlNode> items = new LinkedHashMap<>();
        visible.forEach(list -> list.forEach(item -> items.put(key(item.name.getSimple()), copy(item))));
        SqlNode query = copy(side);
        return columns.apply(
                items.isEmpty() ? query : new SqlWith(position, new SqlNodeList(items.values(), position), query));
    }

    private List<String> names(SqlNode side) {
        SqlParserPos position = side.getParserPosition();
        List<String> found = columns(side);
        Set<String> unique = new LinkedHashSet<>();
        for (String name : found) {
            if (!unique.add(key(name))) {
                throw new DatasetDbException(
                        SqlError.AMBIGUOUS_COLUMN,
                        "Cannot unite by name: a side has the column " + name + " twice (at line "
                                + position.getLineNum() + ", column " + position.getColumnNum() + ")");
            }
        }
        return found;
    }

    private static SqlNode aligned(SqlNode side, List<String> own, Map<String, String> all) {
        SqlParserPos position = side.getParserPosition();
        List<SqlNode> items = new ArrayList<>();
        all.forEach((key, name) -> {
            SqlIdentifier column = new SqlIdentifier(name, position);
            SqlNode value = own.contains(key) ? column : SqlLiteral.createNull(position);
            items.add(SqlStdOperatorTable.AS.createCall(position, value, column));
        });
        return new SqlSelect(
                position,
                null,
                new SqlNodeList(items, position),
                side,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    private static String key(String name) {
        return name.toLowerCase(Locale.ROOT);
    }
}
