// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.internal.chain;

import io.datasetdb.ProgramError;
import io.datasetdb.error.DatasetDbException;
import io.datasetdb.error.NearestName;
import io.datasetdb.sql.Session;
import io.datasetdb.udf.ProgramFunctions;
import io.datasetdb.udf.ProgramTable;
import io.datasetdb.udf.ScalarFunction;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.BatchSource;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A query in the making with the columns that it has by now. Every operation is validated when it is added, on a table of
 * those columns without rows, so that nothing is read or listed for it and an error belongs to its call.
 *
 * @param session in which it is going to run
 * @param block its text
 * @param schema its columns
 * @param functions of the program that it calls
 */
public record Pipeline(Session session, Block block, Schema schema, ProgramFunctions functions) {
    private static final String INPUT = "input";
    private static final String OTHER = "other";

    /** The query with another clause. {@code action} begins the sentence of an error: {@code filter by size > 0}. */
    public Pipeline with(String action, UnaryOperator<Block> change, @Nullable String expression) {
        SqlText checked = change.apply(Block.of(call(INPUT))).query();
        Schema columns = columns(action, checked, expression, functions.with(table(INPUT, schema), ""));
        return new Pipeline(session, change.apply(block), columns, functions);
    }

    /** The query that has this one as its input. */
    public Pipeline over(String action, UnaryOperator<SqlText> query) {
        Schema columns = columns(action, query.apply(call(INPUT)), null, functions.with(table(INPUT, schema), ""));
        return new Pipeline(session, Block.ofQuery(query.apply(block.asInput())), columns, functions);
    }

    /** A query that two have as its inputs. */
    public interface OfTwo {
        SqlText of(SqlText left, SqlText right);
    }

    /** The query that has this one and another as its inputs. */
    public Pipeline over(String action, Pipeline second, OfTwo query) {
        Pipeline other = second.apartFrom(functions);
        ProgramFunctions all = functions.and(other.functions);
        ProgramFunctions tables = all.with(table(INPUT, schema), "").with(table(OTHER, other.schema), "");
        Schema columns = columns(action, query.of(call(INPUT), call(OTHER)), null, tables);
        return new Pipeline(session, Block.ofQuery(query.of(block.asInput(), other.block.asInput())), columns, all);
    }

    /** The same query, in which what others call by the same names has other names. */
    private Pipeline apartFrom(ProgramFunctions others) {
        Pipeline result = this;
        for (ScalarFunction function : functions.scalars()) {
            if (others.hashes().containsKey(function.name())
                    && !others.scalars().contains(function)) {
                String name = free(function.name(), result.functions.and(others));
                result = result.renamed(function.name(), name);
            }
        }
        for (ProgramTable table : functions.tables()) {
            if (others.hashes().containsKey(table.name()) && !others.tables().contains(table)) {
                String name = free(table.name(), result.functions.and(others));
                result = result.renamed(table.name(), name);
            }
        }
        return result;
    }

    private Pipeline renamed(String name, String newName) {
        Map<String, String> hashes = new HashMap<>(functions.hashes());
        String hash = hashes.remove(name);
        hashes.put(newName, hash == null ? "" : hash);
        ProgramFunctions renamed = new ProgramFunctions(
                functions.scalars().stream()
                        .map(function -> function.name().equals(name) ? function.withName(newName) : function)
                        .toList(),
                functions.tables().stream()
                        .map(table -> table.name().equals(name) ? table.withName(newName) : table)
                        .toList(),
                hashes);
        return new Pipeline(session, block.renamed(name, newName), schema, renamed);
    }

    /** A name that none of these has: this one, or with a number. */
    public static String free(String name, ProgramFunctions known) {
        String result = name;
        for (int i = 2; known.hashes().containsKey(result); i++) {
            result = name + "#" + i;
        }
        return result;
    }

    /** The same query, which may call one more function. */
    public Pipeline knowing(ScalarFunction function, String hash) {
        return new Pipeline(session, block, schema, functions.with(function, hash));
    }

    /** The types that expressions over the columns have. */
    public Schema typesOf(String action, String expressions) {
        SqlText query = SqlText.of("SELECT " + expressions + " FROM ").and(call(INPUT));
        return columns(action, query, expressions, functions.with(table(INPUT, schema), ""));
    }

    private static SqlText call(String table) {
        return SqlText.of("TABLE(" + Names.quoted(table) + "())");
    }

    private static ProgramTable table(String name, Schema schema) {
        return new ProgramTable(name, schema, -1, NoRows::new);
    }

    private Schema columns(String action, SqlText query, @Nullable String expression, ProgramFunctions known) {
        Schema result;
        try {
            result = session.schemaOf(query.text(), known);
        } catch (DatasetDbException e) {
            throw Positions.in(action, query.text(), expression, e);
        }
        Set<String> names = new HashSet<>();
        for (Field field : result.fields()) {
            if (!names.add(Names.key(field.name()))) {
                throw new DatasetDbException(
                        ProgramError.DUPLICATE_COLUMN,
                        "Cannot " + action + ": two columns would have the same name (" + field.name() + ")");
            }
        }
        return result;
    }

    /** The names of the columns. */
    public List<String> names() {
        return schema.fields().stream().map(Field::name).toList();
    }

    /** Columns as the schema writes them; one that does not exist is an error. */
    public List<String> resolve(String action, List<String> columns) {
        return columns.stream().map(column -> resolve(action, column)).toList();
    }

    private String resolve(String action, String column) {
        int ordinal = schema.indexOf(column);
        if (ordinal < 0) {
            String near = NearestName.of(column, names())
                    .map(name -> "did you mean " + name + "?")
                    .orElse("there are " + String.join(", ", names()));
            throw new DatasetDbException(
                    ProgramError.UNDEFINED_COLUMN,
                    "Cannot " + action + ": there is no column " + column + " (" + near + ")");
        }
        return schema.field(ordinal).name();
    }

    /** A table that is only looked at. */
    private static final class NoRows implements BatchSource {
        @Override
        public @Nullable Batch next() {
            return null;
        }

        @Override
        public void close() {}
    }
}
