// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.internal.function;

import io.datasetdb.ProgramError;
import io.datasetdb.RowFunction;
import io.datasetdb.error.DatasetDbException;
import io.datasetdb.internal.chain.Block;
import io.datasetdb.internal.chain.Names;
import io.datasetdb.internal.chain.Pipeline;
import io.datasetdb.internal.chain.SqlText;
import io.datasetdb.internal.record.JavaTypes;
import io.datasetdb.udf.ScalarFunction;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import java.lang.reflect.Type;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The steps of a chain that run Java, as calls of functions that only its statement knows. */
public final class FunctionSteps {
    private final Pipeline pipeline;
    private final Workers workers;

    public FunctionSteps(Pipeline pipeline, Workers workers) {
        this.pipeline = pipeline;
        this.workers = workers;
    }

    /**
     * A function and what its types are.
     *
     * @param input {@code null} if the function tells
     * @param output of one result; {@code null} if the function tells
     */
    public record Call(
            RowFunction<?, ?> function,
            @Nullable Type input,
            @Nullable Type output) {}

    /**
     * One value a row, as one more column.
     *
     * @param argument what the function is given; {@code null} for the columns that its parameter names
     */
    public Pipeline map(String name, @Nullable String argument, Call call) {
        FunctionOrigin origin = FunctionOrigin.of(call.function());
        String action = "map column " + name;
        Type output = call.output() == null ? JavaFunction.told(origin) : call.output();
        JavaFunction function =
                new JavaFunction(call.function(), origin, input(action, argument, call, origin), output);
        ScalarFunction scalar = function.map(Pipeline.free(origin.name(), pipeline.functions()), workers);
        String item = "*, " + call(scalar, argument, function.input()) + " AS " + Names.quoted(name);
        return pipeline.knowing(scalar, origin.hash())
                .with(action, block -> block.select(SqlText.of(item), false), null);
    }

    /**
     * Any number of rows a row; what they yield takes the place of all columns.
     *
     * @param name of the only column; {@code null} if results are records whose components are columns
     */
    public Pipeline gen(@Nullable String name, @Nullable String argument, Call call) {
        FunctionOrigin origin = FunctionOrigin.of(call.function());
        String action = "gen " + (name == null ? origin.shortName() : "column " + name);
        JavaFunction function =
                new JavaFunction(call.function(), origin, input(action, argument, call, origin), element(call, origin));
        ScalarFunction scalar = function.gen(Pipeline.free(origin.name(), pipeline.functions()), name, workers);
        SqlText rows = SqlText.of("SELECT " + call(scalar, argument, function.input()) + " AS \"rows\" FROM ");
        return pipeline.knowing(scalar, origin.hash())
                .over(action, source -> unnested(rows.and(source), function.columns(name)));
    }

    /** Any number of rows a group. */
    public Pipeline agg(@Nullable String name, Call call, List<String> keys) {
        FunctionOrigin origin = FunctionOrigin.of(call.function());
        String action = "agg " + (name == null ? origin.shortName() : "column " + name);
        Type row = call.input() == null ? rowType(origin) : call.input();
        Input input = Input.of(row, pipeline.schema(), origin.shortName());
        if (input.columns().isEmpty()) {
            throw new DatasetDbException(
                    ProgramError.MISMATCH,
                    "Cannot " + action + ": the record of its parameter reads no column (" + row.getTypeName() + ")");
        }
        JavaFunction function = new JavaFunction(call.function(), origin, input, element(call, origin));
        ScalarFunction scalar = function.agg(Pipeline.free(origin.name(), pipeline.functions()), name, workers);
        SqlText list = SqlText.of(
                Names.quoted(scalar.name()) + "(ARRAY_AGG(ROW(" + Names.quoted(input.names()) + "))) AS \"rows\"");
        String groups = Block.items(keys);
        return pipeline.knowing(scalar, origin.hash())
                .over(
                        action,
                        source -> unnested(Block.of(source).group(list, groups).query(), function.columns(name)));
    }

    private Input input(String action, @Nullable String argument, Call call, FunctionOrigin origin) {
        Type type = call.input() == null ? origin.input() : call.input();
        Schema schema = argument == null
                ? pipeline.schema()
                : pipeline.typesOf(action, argument + " AS " + Names.quoted(argument));
        return Input.of(type, schema, origin.shortName());
    }

    /** What the parameter is a list of. */
    private static Type rowType(FunctionOrigin origin) {
        String where = "the parameter of " + origin.shortName();
        Class<?> raw = JavaTypes.raw(origin.input(), where);
        if (!raw.isAssignableFrom(List.class) || raw == Object.class) {
            throw new DatasetDbException(
                    ProgramError.UNSUPPORTED_TYPE,
                    "Cannot call " + origin.shortName() + ": its parameter is no List of the rows of a group ("
                            + raw.getTypeName() + ")");
        }
        return JavaTypes.argument(origin.input(), 0, where);
    }

    private static Type element(Call call, FunctionOrigin origin) {
        return call.output() == null
                ? JavaFunction.elements(JavaFunction.told(origin), origin.shortName())
                : call.output();
    }

    private static String call(ScalarFunction function, @Nullable String argument, Input input) {
        String arguments = argument == null ? Names.quoted(input.names()) : argument;
        return Names.quoted(function.name()) + "(" + arguments + ")";
    }

    private static SqlText unnested(SqlText rows, List<Field> columns) {
        String names = Names.quoted(columns.stream().map(Field::name).toList());
        return SqlText.of("SELECT u.* FROM ")
                .and(rows.parenthesized())
                .and(" AS g CROSS JOIN UNNEST(g.\"rows\") AS u(" + names + ")");
    }
}
