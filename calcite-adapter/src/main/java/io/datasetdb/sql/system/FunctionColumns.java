// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.system;

import io.datasetdb.store.DatasetStore;
import io.datasetdb.udf.AggregateFunction;
import io.datasetdb.udf.BoundTable;
import io.datasetdb.udf.FunctionLibrary;
import io.datasetdb.udf.ScalarFunction;
import io.datasetdb.udf.TableFunction;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * {@code registry.function_columns()}: what each function that statements may call is given and answers, for drivers and for
 * people. Each overload has a row of {@code column_kind} RESULT with position 0, whose type is TABLE if it is a table, then
 * one a parameter (IN), then one a column that its table always has (COLUMN).
 */
record FunctionColumns(FunctionLibrary library) implements TableFunction {
    private static final Schema SCHEMA = Schema.of(
            Field.required("function_name", DataType.VARCHAR),
            Field.required("specific_name", DataType.VARCHAR),
            Field.required("kind", DataType.VARCHAR),
            Field.of("remarks", DataType.VARCHAR),
            Field.required("ordinal_position", DataType.INTEGER),
            Field.of("column_name", DataType.VARCHAR),
            Field.required("column_kind", DataType.VARCHAR),
            Field.required("data_type", DataType.VARCHAR),
            Field.of("column_remarks", DataType.VARCHAR));

    private record Column(
            @Nullable String name, String type, @Nullable String remarks) {}

    @Override
    public String name() {
        return "registry.function_columns";
    }

    @Override
    public List<Parameter> parameters() {
        return List.of();
    }

    @Override
    public String description() {
        return "The parameters and results of all functions.";
    }

    @Override
    public String example() {
        return "SELECT * FROM TABLE(registry.function_columns()) WHERE function_name = 'file_ext'";
    }

    @Override
    public BoundTable bind(List<@Nullable Object> arguments, DatasetStore store) {
        return new RowsTable(SCHEMA, this::rows);
    }

    private List<List<@Nullable Object>> rows() {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (ScalarFunction function : library.allScalars()) {
            add(
                    rows,
                    function.name(),
                    "SCALAR",
                    function.description(),
                    function.returnType().sql(),
                    columns(function.parameters()),
                    List.of());
        }
        for (AggregateFunction function : library.allAggregates()) {
            add(
                    rows,
                    function.name(),
                    "AGGREGATE",
                    function.description(),
                    function.returnType().sql(),
                    columns(function.parameters()),
                    List.of());
        }
        for (TableFunction function : library.allTables()) {
            List<Column> parameters = function.parameters().stream()
                    .map(parameter ->
                            new Column(parameter.name(), parameter.type().sql(), parameter.description()))
                    .toList();
            List<Column> columns =
                    function.columns().map(schema -> columns(schema.fields())).orElse(List.of());
            add(rows, function.name(), "TABLE", function.description(), "TABLE", parameters, columns);
        }
        // Stable: the rows of an overload stay as they are.
        rows.sort(Comparator.comparing(row -> String.valueOf(row.get(1))));
        return rows;
    }

    private static List<Column> columns(List<Field> fields) {
        return fields.stream()
                .map(field -> new Column(field.name(), field.type().sql(), null))
                .toList();
    }

    private static void add(
            List<List<@Nullable Object>> rows,
            String name,
            String kind,
            String description,
            String result,
            List<Column> parameters,
            List<Column> columns) {
        String specific = parameters.stream().map(Column::type).collect(Collectors.joining(", ", name + "(", ")"));
        String remarks = description.isEmpty() ? null : description;
        rows.add(Arrays.asList(name, specific, kind, remarks, 0, null, "RESULT", result, null));
        int position = 0;
        for (Column in : parameters) {
            rows.add(
                    Arrays.asList(name, specific, kind, remarks, ++position, in.name(), "IN", in.type(), in.remarks()));
        }
        position = 0;
        for (Column out : columns) {
            rows.add(Arrays.asList(
                    name, specific, kind, remarks, ++position, out.name(), "COLUMN", out.type(), out.remarks()));
        }
    }
}
