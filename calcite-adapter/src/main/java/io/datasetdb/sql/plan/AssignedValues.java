// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.plan;

import io.datasetdb.sql.parse.StatementParser;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.apache.calcite.sql.SqlCall;
import org.apache.calcite.sql.SqlCharStringLiteral;
import org.apache.calcite.sql.SqlDynamicParam;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlKind;
import org.apache.calcite.sql.SqlLiteral;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.SqlOrderBy;
import org.apache.calcite.sql.SqlSelect;
import org.apache.calcite.sql.SqlUtil;
import org.apache.calcite.sql.SqlWith;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.apache.calcite.sql.validate.SqlValidatorUtil;

/**
 * Values of columns that have no type of their own, which are string literals and parameters: as in PostgreSQL they get that
 * of the column that they are for. DEFAULT is NULL, because no column has another default.
 */
public final class AssignedValues {
    private AssignedValues() {}

    /** Types the values that a parsed query yields as they stand; changes the query. */
    static SqlNode typed(SqlNode query, List<Field> columns) {
        if (query instanceof SqlOrderBy ordered) {
            typed(ordered.query, columns);
        } else if (query instanceof SqlWith with) {
            typed(with.body, columns);
        } else if (query instanceof SqlSelect select) {
            items(select.getSelectList(), columns);
        } else if (query instanceof SqlCall union && UnionByName.matches(union)) {
            List<String> names = names(union);
            union.getOperandList().forEach(operand -> typed(operand, named(names(operand), names, columns)));
        } else if (query instanceof SqlCall call && SqlKind.SET_QUERY.contains(call.getKind())) {
            call.getOperandList().forEach(operand -> typed(operand, columns));
        } else if (query instanceof SqlCall values && values.getKind() == SqlKind.VALUES) {
            values.getOperandList().stream()
                    .filter(row -> row.getKind() == SqlKind.ROW)
                    .forEach(row -> row((SqlCall) row, columns));
        }
        return query;
    }

    /** The names of a parsed query's columns, up to where only validation tells them. */
    static List<String> names(SqlNode query) {
        if (query instanceof SqlOrderBy ordered) {
            return names(ordered.query);
        }
        if (query instanceof SqlWith with) {
            return names(with.body);
        }
        if (query instanceof SqlSelect select) {
            return leading(select.getSelectList());
        }
        if (query instanceof SqlCall union && UnionByName.matches(union)) {
            return united(union);
        }
        return query instanceof SqlCall call && SqlKind.SET_QUERY.contains(call.getKind())
                ? names(call.operand(0))
                : List.of();
    }

    private static List<String> united(SqlCall union) {
        List<String> names = new ArrayList<>(names(union.operand(0)));
        if (isListed(union.operand(0))) {
            names(union.operand(1)).stream()
                    .filter(name -> names.stream().noneMatch(name::equalsIgnoreCase))
                    .forEach(names::add);
        }
        return names;
    }

    /** Whether all columns of a query have known names. */
    private static boolean isListed(SqlNode query) {
        if (query instanceof SqlOrderBy ordered) {
            return isListed(ordered.query);
        }
        if (query instanceof SqlWith with) {
            return isListed(with.body);
        }
        if (query instanceof SqlSelect select) {
            return names(select).size() == select.getSelectList().size();
        }
        return query instanceof SqlCall call
                && SqlKind.SET_QUERY.contains(call.getKind())
                && isListed(call.operand(0))
                && (!UnionByName.matches(call) || isListed(call.operand(1)));
    }

    /** The columns that the first columns of one side of a union by name go to. */
    private static List<Field> named(List<String> side, List<String> names, List<Field> columns) {
        List<Field> known = new ArrayList<>();
        for (String name : side) {
            int position = 0;
            while (position < names.size() && !names.get(position).equalsIgnoreCase(name)) {
                position++;
            }
            if (position >= Math.min(names.size(), columns.size())) {
                break;
            }
            known.add(columns.get(position));
        }
        return known;
    }

    private static List<String> leading(SqlNodeList items) {
        List<String> names = new ArrayList<>();
        for (SqlNode item : items) {
            String name = SqlValidatorUtil.alias(item);
            if (name == null || name.isEmpty()) {
                break;
            }
            names.add(name);
        }
        return names;
    }

    private static void row(SqlCall row, List<Field> columns) {
        for (int i = 0; i < Math.min(row.operandCount(), columns.size()); i++) {
            row.setOperand(i, value(row.operand(i), columns.get(i).type()));
        }
    }

    private static void items(SqlNodeList items, List<Field> columns) {
        for (int i = 0; i < Math.min(items.size(), columns.size()); i++) {
            SqlNode item = items.get(i);
            if (item instanceof SqlIdentifier name && name.isStar() || item.getKind() == SqlKind.OTHER) {
                // From here on nobody knows yet which column is which.
                return;
            }
            if (item instanceof SqlCall as && as.getKind() == SqlKind.AS) {
                as.setOperand(0, value(as.operand(0), columns.get(i).type()));
            } else {
                items.set(i, value(item, columns.get(i).type()));
            }
        }
    }

    /** An expression that is to become a value of this type. */
    public static SqlNode value(SqlNode node, DataType type) {
        if (node.getKind() == SqlKind.DEFAULT) {
            return value(SqlLiteral.createNull(node.getParserPosition()), type);
        }
        if (node instanceof SqlCall call && type instanceof DataType.Row row && call.getKind() == SqlKind.ROW) {
            row(call, row.fields());
        } else if (node instanceof SqlCall call
                && type instanceof DataType.Array array
                && call.getKind() == SqlKind.ARRAY_VALUE_CONSTRUCTOR) {
            row(call, Collections.nCopies(call.operandCount(), Field.of("", array.element())));
        }
        boolean untyped = node instanceof SqlDynamicParam
                || node instanceof SqlCharStringLiteral
                || SqlUtil.isNullLiteral(node, false);
        return untyped ? SqlStdOperatorTable.CAST.createCall(node.getParserPosition(), node, spec(type)) : node;
    }

    private static SqlNode spec(DataType type) {
        SqlCall cast = (SqlCall) StatementParser.parseExpression("CAST(NULL AS " + type.sql() + ")");
        return cast.operand(1).clone(SqlParserPos.ZERO);
    }
}
