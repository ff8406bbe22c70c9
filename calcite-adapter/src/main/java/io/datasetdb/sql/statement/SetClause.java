// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.statement;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.sql.SqlError;
import io.datasetdb.sql.plan.AssignedValues;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.calcite.sql.SqlIdentifier;
import org.apache.calcite.sql.SqlNode;
import org.apache.calcite.sql.SqlNodeList;
import org.apache.calcite.sql.fun.SqlStdOperatorTable;
import org.apache.calcite.sql.parser.SqlParserPos;
import org.jspecify.annotations.Nullable;

/**
 * {@code SET a = …, f.size = …}. A field of a ROW is set by setting its column to a row with the other fields as they are; as
 * in PostgreSQL, a column that is NULL becomes a row whose other fields are NULL.
 *
 * @param columns that get values, by position, each once
 * @param values an expression for each
 */
record SetClause(List<Integer> columns, List<SqlNode> values) {
    /** A column, or a field in one: either gets a value or some of its fields do. */
    private static final class Part {
        private @Nullable SqlNode value;
        private final Map<Integer, Part> fields = new LinkedHashMap<>();
    }

    static SetClause of(
            String action, Schema schema, SqlIdentifier alias, SqlNodeList targets, SqlNodeList expressions) {
        Map<Integer, Part> parts = new LinkedHashMap<>();
        for (int i = 0; i < targets.size(); i++) {
            SqlIdentifier target = unqualified((SqlIdentifier) targets.get(i), schema, alias);
            int column = Changes.column(action, schema, target);
            Part part = parts.computeIfAbsent(column, key -> new Part());
            set(action, part, schema.field(column), target, 1, expressions.get(i));
        }
        List<SqlNode> values = new ArrayList<>();
        parts.forEach((column, part) -> {
            Field field = schema.field(column);
            values.add(value(part, field, alias.plus(field.name(), SqlParserPos.ZERO)));
        });
        return new SetClause(List.copyOf(parts.keySet()), values);
    }

    /** {@code x.a} is column a of dataset x, unless there is a column x. */
    private static SqlIdentifier unqualified(SqlIdentifier target, Schema schema, SqlIdentifier alias) {
        boolean isQualified = target.names.size() > 1
                && schema.indexOf(target.names.get(0)) < 0
                && target.names.get(0).equalsIgnoreCase(alias.getSimple());
        return isQualified ? target.getComponent(1, target.names.size()) : target;
    }

    private static void set(
            String action, Part part, Field field, SqlIdentifier target, int depth, SqlNode expression) {
        if (part.value != null || depth == target.names.size() && !part.fields.isEmpty()) {
            throw Changes.twice(action, target);
        }
        if (depth == target.names.size()) {
            part.value = expression;
            return;
        }
        String name = target.names.get(depth);
        int ordinal = field.type() instanceof DataType.Row row ? new Schema(row.fields()).indexOf(name) : -1;
        if (ordinal < 0) {
            throw new DatasetDbException(
                    SqlError.UNDEFINED_COLUMN,
                    "Cannot " + action + ": " + String.join(".", target.names.subList(0, depth)) + " has no field "
                            + name + Changes.at(target));
        }
        Part inner = part.fields.computeIfAbsent(ordinal, key -> new Part());
        set(action, inner, ((DataType.Row) field.type()).fields().get(ordinal), target, depth + 1, expression);
    }

    private static SqlNode value(Part part, Field field, SqlIdentifier before) {
        SqlNode value = part.value;
        if (value != null) {
            return AssignedValues.value(value, field.type());
        }
        List<Field> fields = ((DataType.Row) field.type()).fields();
        List<SqlNode> values = new ArrayList<>();
        for (int i = 0; i < fields.size(); i++) {
            Part inner = part.fields.get(i);
            SqlIdentifier own = before.plus(fields.get(i).name(), SqlParserPos.ZERO);
            values.add(inner == null ? own : value(inner, fields.get(i), own));
        }
        return SqlStdOperatorTable.ROW.createCall(SqlParserPos.ZERO, values);
    }
}
