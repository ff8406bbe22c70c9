// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.registry.internal.system;

import io.datasetdb.store.ColumnPath;
import io.datasetdb.store.Predicate;
import io.datasetdb.store.ScanRequest;
import io.datasetdb.vector.DataType;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What the database is asked for rows of a system table.
 *
 * @param columns the columns of the result; if there are none, the result is the number of rows
 * @param text with question marks for the arguments
 */
record SystemQuery(List<SystemColumn> columns, String text, List<@Nullable Object> arguments) {
    /** @param known what rows must match besides the request's predicate; those that do not may come all the same */
    static SystemQuery of(TableDefinition table, ScanRequest request, List<Predicate> known) {
        // No system table has a ROW column, so that every path is a column.
        List<SystemColumn> columns =
                request.columns().stream().map(path -> column(table, path)).toList();
        PredicateSql translation = new PredicateSql(table.columns());
        List<String> conditions = new ArrayList<>();
        Optional.ofNullable(request.predicate()).flatMap(translation::condition).ifPresent(conditions::add);
        // Only rows that are left out by the database may leave their places among the first to others.
        String first = translation.isExact() && known.isEmpty() ? first(table, request.first()) : "";
        known.forEach(predicate -> translation.condition(predicate).ifPresent(conditions::add));
        return new SystemQuery(columns, text(table, columns, conditions, first), translation.arguments());
    }

    /** All columns of the rows with one value in {@code column}. */
    static SystemQuery byValue(TableDefinition table, String column, Object value) {
        SystemColumn filtered = column(table, ColumnPath.of(column));
        return new SystemQuery(
                table.columns(), text(table, table.columns(), List.of(filtered.where(" = ?")), ""), List.of(value));
    }

    private static SystemColumn column(TableDefinition table, ColumnPath path) {
        return table.columns().get(table.schema().indexOf(path.names().get(0)));
    }

    private static String text(
            TableDefinition table, List<SystemColumn> columns, List<String> conditions, String first) {
        String selected = columns.isEmpty()
                ? "count(*)"
                : columns.stream().map(SystemColumn::expression).collect(Collectors.joining(", "));
        String where = table.where()
                + conditions.stream().map(condition -> " AND " + condition).collect(Collectors.joining());
        if (first.isEmpty() || table.key().isEmpty()) {
            return select(table, selected, where + first);
        }
        String kept = select(table, table.key(), where + first);
        return select(table, selected, table.key() + " IN (" + kept + ")" + first);
    }

    private static String select(TableDefinition table, String selected, String where) {
        String from = Partner.joined(table.from(), table.partners(), selected + " " + where);
        return "SELECT " + selected + " FROM " + from + " WHERE " + where;
    }

    private static String first(TableDefinition table, ScanRequest.@Nullable FirstRows first) {
        List<String> keys = new ArrayList<>();
        if (first != null && !first.order().isEmpty()) {
            for (ScanRequest.Key key : first.order()) {
                SystemColumn column = column(table, key.column());
                if (!hasSameOrder(column)) {
                    return "";
                }
                keys.add(column.expression() + (key.ascending() ? "" : " DESC") + nulls(column, key));
            }
        }
        return keys.isEmpty() || first == null
                ? ""
                : " ORDER BY " + String.join(", ", keys) + " LIMIT " + first.count();
    }

    private static String nulls(SystemColumn column, ScanRequest.Key key) {
        return !column.field().nullable() ? "" : key.nullsFirst() ? " NULLS FIRST" : " NULLS LAST";
    }

    /** Whether the database orders what it keeps as SQL orders the column's values. Texts are ordered by their bytes. */
    private static boolean hasSameOrder(SystemColumn column) {
        return switch (column.form()) {
            case PLAIN, NAME -> column.field().type().kind() != DataType.Kind.DOUBLE;
            case TIME -> true;
            case LIST, MAP, URI -> false;
        };
    }
}
