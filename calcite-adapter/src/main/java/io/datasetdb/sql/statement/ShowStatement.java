// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.sql.statement;

import io.datasetdb.registry.NamePattern;
import io.datasetdb.sql.Cancellation;
import io.datasetdb.sql.PreparedStatement;
import io.datasetdb.sql.StatementResult;
import io.datasetdb.sql.parse.SqlShow;
import io.datasetdb.udf.AggregateFunction;
import io.datasetdb.udf.ScalarFunction;
import io.datasetdb.udf.TableFunction;
import io.datasetdb.vector.DataType;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** SHOW of what is not in the registry alone: the parameters of the session, the functions of the engine. */
public final class ShowStatement implements PreparedStatement {
    private static final Schema FUNCTIONS = Schema.of(
            Field.required("name", DataType.VARCHAR),
            Field.required("signature", DataType.VARCHAR),
            Field.required("kind", DataType.VARCHAR),
            Field.of("description", DataType.VARCHAR));

    private final String sql;
    private final boolean params;
    private final @Nullable String like;
    private final StatementContext context;

    public ShowStatement(String sql, SqlShow node, StatementContext context) {
        this.sql = sql;
        this.params = node.subject() == SqlShow.Subject.PARAMS;
        this.like = node.like();
        this.context = context;
    }

    @Override
    public String sql() {
        return sql;
    }

    @Override
    public boolean isQuery() {
        return true;
    }

    @Override
    public Schema schema() {
        return params ? ParamStatements.COLUMNS : FUNCTIONS;
    }

    @Override
    public List<Field> parameters() {
        return List.of();
    }

    @Override
    public StatementResult execute(List<@Nullable Object> arguments, long timeoutNanos, Cancellation cancellation) {
        cancellation.check();
        return new RowResult(schema(), params ? ParamStatements.rows(context.session(), like) : functions(), -1);
    }

    private List<List<@Nullable Object>> functions() {
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (ScalarFunction function : context.functions().allScalars()) {
            add(
                    rows,
                    function.name(),
                    signature(function.parameters(), function.returnType()),
                    "SCALAR",
                    function.description());
        }
        for (AggregateFunction function : context.functions().allAggregates()) {
            add(
                    rows,
                    function.name(),
                    signature(function.parameters(), function.returnType()),
                    "AGGREGATE",
                    function.description());
        }
        for (TableFunction function : context.functions().allTables()) {
            add(rows, function.name(), signature(function), "TABLE", function.description());
        }
        rows.sort(Comparator.comparing(row -> row.get(0) + " " + row.get(1)));
        return rows;
    }

    private void add(
            List<List<@Nullable Object>> rows,
            String name,
            String signature,
            String kind,
            @Nullable String description) {
        if (NamePattern.of(like).matches(name)) {
            rows.add(java.util.Arrays.asList(name.toLowerCase(Locale.ROOT), signature, kind, description));
        }
    }

    private static String signature(List<Field> parameters, DataType returnType) {
        return parameters.stream()
                .map(parameter -> parameter.name() + " " + parameter.type().sql())
                .collect(Collectors.joining(", ", "(", ") " + returnType.sql()));
    }

    private static String signature(TableFunction function) {
        return function.parameters().stream()
                .map(parameter -> parameter.name() + " " + parameter.type().sql())
                .collect(Collectors.joining(", ", "(", ") TABLE"));
    }
}
