// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.plan;

import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.apache.calcite.sql.JoinConditionType;
import org.apache.calcite.sql.JoinType;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlJoin;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.util.SqlShuttle;
import org.jspecify.annotations.Nullable;

/**
 * The columns that {@code a JOIN b USING (id)} merges into one, by their names alone: Calcite knows them in the select list
 * only. The merged column is that of the side which has all rows, of a FULL join the first of both that is not NULL.
 */
final class UsingColumns {
    /** Of a SELECT, the operand that holds its WINDOW clause, which has no setter. */
    private static final int WINDOWS = 6;

    private final Map<String, SqlNode> merged;
    private final SqlShuttle inside = new Replacement();

    private UsingColumns(Map<String, SqlNode> merged) {
        this.merged = merged;
    }

    /** Replaces them everywhere in a query but in its sub-queries; changes it in place. */
    static void rewrite(SqlSelect select) {
        Map<String, SqlNode> merged = merged(select.getFrom());
        if (!merged.isEmpty()) {
            new UsingColumns(merged).replace(select);
        }
    }

    /** Replaces them in the order of a query's rows, but for names of columns of its result; changes it in place. */
    static void rewrite(SqlOrderBy ordered) {
        SqlNode query = ordered.query instanceof SqlWith with ? with.body : ordered.query;
        Map<String, SqlNode> merged = query instanceof SqlSelect select ? merged(select.getFrom()) : Map.of();
        if (merged.isEmpty()) {
            return;
        }
        SqlSelect select = (SqlSelect) query;
        SqlNodeList order = ordered.orderList;
        UsingColumns columns = new UsingColumns(merged);
        for (int i = 0; i < order.size(); i++) {
            order.set(i, columns.key(order.get(i), select));
        }
    }

    private SqlNode key(SqlNode key, SqlSelect select) {
        if (key instanceof SqlCall call
                && (key.getKind() == SqlKind.DESCENDING
                        || key.getKind() == SqlKind.NULLS_FIRST
                        || key.getKind() == SqlKind.NULLS_LAST)) {
            call.setOperand(0, key(call.operand(0), select));
            return call;
        }
        boolean isResult = key instanceof SqlIdentifier name
                && name.isSimple()
                && select.getSelectList().stream().anyMatch(item -> isNamed(item, name.getSimple()));
        return isResult ? key : replaced(key);
    }

    private static boolean isNamed(SqlNode item, String name) {
        SqlNode named = item.getKind() == SqlKind.AS ? ((SqlCall) item).operand(1) : item;
        if (!(named instanceof SqlIdentifier identifier)) {
            // A star with exceptions, say.
            return item.getKind() == SqlKind.OTHER;
        }
        return identifier.isStar()
                || identifier.names.get(identifier.names.size() - 1).equalsIgnoreCase(name);
    }

    private void replace(SqlSelect select) {
        SqlNodeList items = select.getSelectList();
        for (int i = 0; i < items.size(); i++) {
            SqlNode item = items.get(i);
            SqlNode replaced = replaced(item);
            boolean isNameless = item instanceof SqlIdentifier && replaced != item;
            items.set(
                    i,
                    isNameless
                            ? SqlStdOperatorTable.AS.createCall(item.getParserPosition(), replaced, item)
                            : replaced);
        }
        if (select.getWhere() != null) {
            select.setWhere(replaced(select.getWhere()));
        }
        if (select.getGroup() != null) {
            select.setGroupBy((SqlNodeList) replaced(select.getGroup()));
        }
        if (select.getHaving() != null) {
            select.setHaving(replaced(select.getHaving()));
        }
        if (select.getQualify() != null) {
            select.setQualify(replaced(select.getQualify()));
        }
        select.setOperand(WINDOWS, replaced(select.getWindowList()));
    }

    private SqlNode replaced(SqlNode node) {
        return Objects.requireNonNull(node.accept(inside));
    }

    /** The merged columns of an item of a FROM clause, by their names in lower case. */
    private static Map<String, SqlNode> merged(@Nullable SqlNode item) {
        Map<String, SqlNode> result = new HashMap<>();
        if (!(item instanceof SqlJoin join)) {
            return result;
        }
        Map<String, SqlNode> left = merged(join.getLeft());
        Map<String, SqlNode> right = merged(join.getRight());
        result.putAll(right);
        result.putAll(left);
        if (join.getConditionType() != JoinConditionType.USING || join.getCondition() == null) {
            return result;
        }
        for (SqlNode column : (SqlNodeList) join.getCondition()) {
            SqlIdentifier name = (SqlIdentifier) column;
            SqlNode ofLeft = column(join.getLeft(), name, left);
            SqlNode ofRight = column(join.getRight(), name, right);
            String key = name.getSimple().toLowerCase(Locale.ROOT);
            if (ofLeft == null || ofRight == null) {
                result.remove(key);
            } else {
                result.put(key, column(join.getJoinType(), ofLeft, ofRight));
            }
        }
        return result;
    }

    private static SqlNode column(JoinType type, SqlNode left, SqlNode right) {
        return type == JoinType.FULL
                ? SqlStdOperatorTable.COALESCE.createCall(left.getParserPosition(), left, right)
                : type == JoinType.RIGHT ? right : left;
    }

    /** One side's column; {@code null} if nobody knows yet which of its tables has it. */
    private static @Nullable SqlNode column(SqlNode side, SqlIdentifier name, Map<String, SqlNode> merged) {
        SqlNode known = merged.get(name.getSimple().toLowerCase(Locale.ROOT));
        if (known != null) {
            return known;
        }
        SqlNode table = side.getKind() == SqlKind.AS ? ((SqlCall) side).operand(1) : side;
        return table instanceof SqlIdentifier identifier
                ? new SqlIdentifier(
                        List.of(identifier.names.get(identifier.names.size() - 1), name.getSimple()),
                        name.getParserPosition())
                : null;
    }

    private final class Replacement extends SqlShuttle {
        @Override
        public SqlNode visit(SqlIdentifier name) {
            SqlNode column = name.isSimple() ? merged.get(name.getSimple().toLowerCase(Locale.ROOT)) : null;
            return column == null ? name : column.clone(name.getParserPosition());
        }

        @Override
        public @Nullable SqlNode visit(SqlCall call) {
            if (call.isA(SqlKind.QUERY)) {
                return call;
            }
            if (call.getKind() == SqlKind.AS || call.getKind() == SqlKind.ARGUMENT_ASSIGNMENT) {
                call.setOperand(0, Objects.requireNonNull(call.operand(0).accept(this)));
                return call;
            }
            return super.visit(call);
        }
    }
}
