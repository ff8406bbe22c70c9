// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.udf;

import io.datasetdb.store.ColumnPath;
import io.datasetdb.store.DatasetStore;
import io.datasetdb.store.Scan;
import io.datasetdb.store.ScanRequest;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.BatchSource;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Selection;
import io.datasetdb.vector.Vector;
import io.datasetdb.vector.VectorBuilder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Calls functions and reads tables, as rows of Java objects. */
public final class Rows {
    private Rows() {}

    /** Binds a built-in table function to its first argument and some named ones. */
    public static BoundTable bind(DatasetStore store, String function, Object first, Map<String, Object> named) {
        TableFunction table = FunctionLibrary.builtin().table(function).orElseThrow();
        List<Object> arguments = new ArrayList<>();
        arguments.add(first);
        for (TableFunction.Parameter parameter :
                table.parameters().subList(1, table.parameters().size())) {
            arguments.add(named.get(parameter.name()));
        }
        return table.bind(arguments, store);
    }

    /** All rows with all columns. */
    public static List<List<Object>> all(BoundTable table) {
        return read(
                table,
                table.schema().fields().stream()
                        .map(field -> ColumnPath.of(field.name()))
                        .toArray(ColumnPath[]::new));
    }

    /** All rows with some columns. */
    public static List<List<Object>> read(BoundTable table, ColumnPath... columns) {
        Scan scan = table.scan(ScanRequest.of(List.of(columns)));
        List<List<Object>> rows = new ArrayList<>();
        for (Scan.Split split : scan.splits()) {
            try (BatchSource source = scan.open(split)) {
                for (Batch batch = source.next(); batch != null; batch = source.next()) {
                    for (int i = 0; i < batch.rowCount(); i++) {
                        List<Object> row = new ArrayList<>();
                        for (Vector column : batch.columns()) {
                            row.add(column.getObject(i));
                        }
                        rows.add(row);
                    }
                }
            }
        }
        return rows;
    }

    /** The one overload of a function that has these parameter types. */
    public static ScalarFunction function(FunctionLibrary library, String name, DataType... types) {
        return library.scalars(name).stream()
                .filter(function -> function.parameters().stream()
                        .map(field -> field.type().sql())
                        .toList()
                        .equals(List.of(types).stream().map(DataType::sql).toList()))
                .findFirst()
                .orElseThrow(() -> new AssertionError(name + List.of(types)));
    }

    /** Calls a function with one row of arguments. */
    public static Object call(ScalarFunction function, Object... arguments) {
        List<Vector> vectors = new ArrayList<>();
        for (int i = 0; i < arguments.length; i++) {
            vectors.add(VectorBuilder.vector(function.parameters().get(i).type(), arguments[i]));
        }
        return function.body().apply(vectors, Selection.all(1), 1).getObject(0);
    }

    /** The values of a vector. */
    public static List<Object> values(Vector vector) {
        List<Object> values = new ArrayList<>();
        for (int i = 0; i < vector.size(); i++) {
            values.add(vector.getObject(i));
        }
        return values;
    }
}
