// SPDX-License-Identifier: Apache-2.0
package io.datasetdb;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.internal.chain.Block;
import io.datasetdb.internal.chain.Joins;
import io.datasetdb.internal.chain.Names;
import io.datasetdb.internal.chain.Pipeline;
import io.datasetdb.internal.chain.SqlText;
import io.datasetdb.internal.chain.TableText;
import io.datasetdb.internal.function.FunctionSteps;
import io.datasetdb.internal.function.FunctionSteps.Call;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A query that is put together call by call. Immutable and lazy: every call answers another chain and checks its names and
 * types, nothing is read before one of {@link #save}, {@link #stream}, {@link #count}, {@link #show}, {@link #persist},
 * {@link #toParquet}, {@link #toCsv}, {@link #toJson}. It becomes one SQL statement ({@link #sql}), planned and recorded as if
 * it had been typed; only {@link #map}, {@link #gen} and {@link #agg} run Java.
 *
 * <p>Expressions and conditions are SQL. Operations apply to the rows so far: a filter behind a limit filters what the limit
 * left. Safe for several threads.
 */
public final class Chain {
    private static final int SHOWN = 20;

    private final DatasetDb db;
    private final Pipeline pipeline;

    Chain(DatasetDb db, Pipeline pipeline) {
        this.db = db;
        this.pipeline = pipeline;
    }

    Pipeline pipeline() {
        return pipeline;
    }

    Chain with(Pipeline changed) {
        return new Chain(db, changed);
    }

    /** The columns that the rows have by now. */
    public Schema schema() {
        return pipeline.schema();
    }

    /** The query as SQL; arguments are {@code ?}, functions of the program are called by their names. */
    public String sql() {
        return pipeline.block().query().text();
    }

    /**
     * Only rows that meet a condition.
     *
     * @param condition SQL: {@code "size > 0 AND ext = ?"}
     * @param arguments one value for each {@code ?}
     */
    public Chain filter(String condition, @Nullable Object... arguments) {
        return with(pipeline.with(
                "filter by " + condition, block -> block.where(SqlText.of(condition, arguments)), condition));
    }

    /**
     * One more column, or another value of one that exists. An expression that is just the name of a column renames it.
     *
     * @param expression SQL over the columns
     */
    public Chain mutate(String name, String expression) {
        return mutate(Map.of(name, expression));
    }

    /** As {@link #mutate(String, String)}, several at once, each over the columns as they were. */
    public Chain mutate(Map<String, String> expressions) {
        String action = expressions.entrySet().stream()
                .map(change -> change.getKey() + " to " + change.getValue())
                .collect(Collectors.joining(", ", "mutate ", ""));
        String only = expressions.size() == 1 ? expressions.values().iterator().next() : null;
        SqlText list = SqlText.of(Mutation.list(pipeline.names(), expressions));
        return with(pipeline.with(action, block -> block.select(list, false), only));
    }

    /** These columns or expressions: {@code "id", "file.path", "upper(name) AS name"}. */
    public Chain select(String... items) {
        List<String> list = List.of(items);
        refuseNothing("select", "there is nothing to select", list);
        return with(pipeline.with(
                "select " + String.join(", ", list),
                block -> block.select(SqlText.of(Block.items(list)), Block.isPlain(list)),
                null));
    }

    /** All columns but these. */
    public Chain selectExcept(String... columns) {
        String action = "select all except " + String.join(", ", columns);
        List<String> left = new ArrayList<>(pipeline.names());
        left.removeAll(pipeline.resolve(action, List.of(columns)));
        refuseNothing(action, "no column would be left", left);
        SqlText list = SqlText.of(Names.quoted(left));
        return with(pipeline.with(action, block -> block.select(list, true), null));
    }

    /** Groups rows by columns or expressions ({@code "file_ext(path) AS ext"}); without any all rows are one group. */
    public Grouped groupBy(String... keys) {
        return new Grouped(this, List.of(keys));
    }

    /** Orders rows by columns or expressions, each perhaps with {@code DESC}. NULL comes last either way. */
    public Chain orderBy(String... items) {
        refuseNothing("order", "there is nothing to order by", List.of(items));
        String list = Block.items(List.of(items));
        return with(pipeline.with("order by " + String.join(", ", items), block -> block.orderBy(list), null));
    }

    /** At most so many of the rows so far. */
    public Chain limit(long rows) {
        refuseNegative("limit", rows);
        return with(pipeline.with("limit to " + rows, block -> block.limit(rows), null));
    }

    /** Not the first so many of the rows so far. */
    public Chain offset(long rows) {
        refuseNegative("offset", rows);
        return with(pipeline.with("offset by " + rows, block -> block.offset(rows), null));
    }

    private static void refuseNothing(String action, String reason, List<String> items) {
        if (items.isEmpty()) {
            throw new DatasetDbException(ProgramError.BAD_ARGUMENT, "Cannot " + action + ": " + reason);
        }
    }

    private static void refuseNegative(String verb, long rows) {
        if (rows < 0) {
            throw new DatasetDbException(
                    ProgramError.BAD_ARGUMENT,
                    "Cannot " + verb + " the rows: the number must not be negative (" + rows + ")");
        }
    }

    /** The first of the rows with equal values in these columns; without any of rows that are equal altogether. */
    public Chain distinct(String... columns) {
        List<String> found = pipeline.resolve("make rows distinct", List.of(columns));
        String words = found.isEmpty() ? "DISTINCT " : "DISTINCT ON (" + Names.quoted(found) + ") ";
        return with(pipeline.over(
                "make rows distinct",
                source -> SqlText.of("SELECT " + words + "* FROM ").and(source)));
    }

    /** So many rows by chance, others each time. */
    public Chain sample(long rows) {
        refuseNegative("sample", rows);
        return with(pipeline.over(
                "sample " + rows,
                source -> SqlText.of("SELECT * FROM ").and(source).and(" ORDER BY RAND() LIMIT " + rows)));
    }

    /** A left join by columns that both sides have. */
    public Chain merge(Chain right, String... on) {
        return merge(right, Merge.on(on));
    }

    /** A join by equal keys, see {@link Merge}. All columns of both sides are kept, also the keys of both. */
    public Chain merge(Chain right, Merge how) {
        List<String> on = pipeline.resolve("merge", how.on());
        List<String> rightOn = right.pipeline.resolve("merge", how.rightOn());
        checkKeys("merge", on, rightOn);
        String join = how.kind() + " JOIN";
        return with(pipeline.over(
                "merge on " + String.join(", ", on),
                right.pipeline,
                (left, other) -> Joins.merge(
                        left, pipeline.names(), other, right.pipeline.names(), join, on, rightOn, how.prefix())));
    }

    private static void checkKeys(String verb, List<String> on, List<String> rightOn) {
        if (on.isEmpty() || on.size() != rightOn.size()) {
            throw new DatasetDbException(
                    ProgramError.BAD_ARGUMENT,
                    "Cannot " + verb + ": both sides must have as many key columns, at least one (" + on + ", "
                            + rightOn + ")");
        }
    }

    /** All rows of both, columns matched by name; both sides must have the same. */
    public Chain union(Chain other) {
        List<String> here = pipeline.names().stream()
                .filter(name -> other.schema().indexOf(name) < 0)
                .toList();
        List<String> there = other.pipeline.names().stream()
                .filter(name -> schema().indexOf(name) < 0)
                .toList();
        if (!here.isEmpty() || !there.isEmpty()) {
            throw new DatasetDbException(
                    ProgramError.MISMATCH,
                    "Cannot union: the columns differ, only the first has " + here + ", only the second " + there);
        }
        List<String> names = pipeline.names();
        return with(pipeline.over("union", other.pipeline, (left, right) -> Joins.union(left, right, names)));
    }

    /** Rows whose values in these columns the other does not have; NULL equals NULL. Without any: in all common columns. */
    public Chain subtract(Chain other, String... on) {
        List<String> keys = on.length > 0 ? List.of(on) : common(other);
        return subtract(other, keys, keys);
    }

    /** As {@link #subtract(Chain, String...)}, with other names on the other side. */
    public Chain subtract(Chain other, List<String> on, List<String> otherOn) {
        List<String> keys = pipeline.resolve("subtract", on);
        List<String> otherKeys = other.pipeline.resolve("subtract", otherOn);
        checkKeys("subtract", keys, otherKeys);
        return with(pipeline.over(
                "subtract", other.pipeline, (left, right) -> Joins.subtract(left, right, keys, otherKeys)));
    }

    private List<String> common(Chain other) {
        return pipeline.names().stream()
                .filter(name -> other.schema().indexOf(name) >= 0)
                .toList();
    }

    /** What was added, deleted or modified here as against the other, by key: a column {@code status}, then the columns. */
    public Chain diff(Chain other, String... on) {
        return diff(other, Diff.on(on));
    }

    private void checkDiff(Diff how) {
        if (!how.statuses().matches("[ADMS]+")
                || how.compare().size() != how.rightCompare().size()) {
            throw new DatasetDbException(
                    ProgramError.BAD_ARGUMENT,
                    "Cannot diff: rows wanted are some of ADMS, and as many columns compared on both sides (" + how
                            + ")");
        }
        if (pipeline.schema().indexOf(how.statusColumn()) >= 0) {
            throw new DatasetDbException(
                    ProgramError.BAD_ARGUMENT,
                    "Cannot diff: there is a column " + how.statusColumn()
                            + " already, withStatusColumn says another name");
        }
    }

    /**
     * Compares rows by key, see {@link Diff}. Of a row that only the other has, the key is known and the rest NULL. With no
     * columns said to be compared, all rows that both have count as modified if the numbers of their columns differ.
     */
    public Chain diff(Chain other, Diff how) {
        List<String> on = pipeline.resolve("diff", how.on());
        List<String> otherOn = other.pipeline.resolve("diff", how.rightOn());
        checkKeys("diff", on, otherOn);
        checkDiff(how);
        boolean always = how.compare().isEmpty()
                && pipeline.schema().size() != other.schema().size();
        List<String> compare = how.compare().isEmpty() ? common(other) : how.compare();
        List<String> otherCompare = how.compare().isEmpty() ? compare : how.rightCompare();
        if (how.compare().isEmpty()) {
            compare = compare.stream().filter(name -> !on.contains(name)).toList();
            otherCompare = compare;
        }
        List<String> left = pipeline.resolve("diff", compare);
        List<String> right = other.pipeline.resolve("diff", otherCompare);
        return with(pipeline.over(
                "diff",
                other.pipeline,
                (here, there) -> Joins.diff(
                        here,
                        pipeline.names(),
                        there,
                        other.pipeline.names(),
                        on,
                        otherOn,
                        always,
                        left,
                        right,
                        how.statusColumn(),
                        how.statuses())));
    }

    /** The nearest rows by cosine distance, nearest first, with a column {@code distance}. */
    public Chain similaritySearch(String column, float[] vector, int k) {
        return similaritySearch(column, vector, k, Distance.COSINE, "distance");
    }

    /** The {@code k} nearest rows by a distance, nearest first, with a column that says it. */
    public Chain similaritySearch(String column, float[] vector, int k, Distance distance, String scoreColumn) {
        refuseNegative("search", k);
        String action = "search by column " + column;
        String name = pipeline.resolve(action, List.of(column)).get(0);
        String score = Names.quoted(scoreColumn);
        SqlText list = SqlText.of(
                "*, " + distance.function() + "(" + Names.quoted(name) + ", CAST(? AS REAL ARRAY)) AS " + score,
                vector);
        return with(pipeline.over(
                action,
                source -> SqlText.of("SELECT ")
                        .and(list)
                        .and(" FROM ")
                        .and(source)
                        .and(" ORDER BY " + score + " LIMIT " + k)));
    }

    /**
     * One more column, computed in Java for each row.
     *
     * @param function given a record whose components are columns (or fields of a ROW column), a {@link Row}, or the value of
     *     the only column
     */
    public <I, O> Chain map(String name, RowFunction<I, O> function) {
        return with(steps().map(name, null, new Call(function, null, null)));
    }

    /** As {@link #map(String, RowFunction)}, given the value of an expression: {@code "file.path"}, {@code "file_bytes(file)"}. */
    public <I, O> Chain map(String name, String argument, RowFunction<I, O> function) {
        return with(steps().map(name, argument, new Call(function, null, null)));
    }

    /** As {@link #map(String, RowFunction)}, for a lambda that does not tell its types. */
    public <I, O> Chain map(
            String name, Class<I> input, Class<O> output, RowFunction<? super I, ? extends O> function) {
        return with(steps().map(name, null, new Call(function, input, output)));
    }

    /** As {@link #map(String, String, RowFunction)}, for a lambda that does not tell its types. */
    public <I, O> Chain map(
            String name,
            String argument,
            Class<I> input,
            Class<O> output,
            RowFunction<? super I, ? extends O> function) {
        return with(steps().map(name, argument, new Call(function, input, output)));
    }

    /**
     * Any number of rows for each row; they take the place of all columns.
     *
     * @param function yields a collection, stream, iterator or array of records, whose components become the columns
     */
    public <I, O> Chain gen(RowFunction<I, O> function) {
        return with(steps().gen(null, null, new Call(function, null, null)));
    }

    /** As {@link #gen(RowFunction)}; each thing that the function yields is the value of one column. */
    public <I, O> Chain gen(String name, RowFunction<I, O> function) {
        return with(steps().gen(name, null, new Call(function, null, null)));
    }

    /** As {@link #gen(String, RowFunction)}, given the value of an expression. */
    public <I, O> Chain gen(String name, String argument, RowFunction<I, O> function) {
        return with(steps().gen(name, argument, new Call(function, null, null)));
    }

    /** As {@link #gen(RowFunction)}, for a lambda; {@code output} is the class of one of the things that it yields. */
    public <I> Chain gen(Class<I> input, Class<?> output, RowFunction<? super I, ?> function) {
        return with(steps().gen(null, null, new Call(function, input, output)));
    }

    /** As {@link #gen(String, RowFunction)}, for a lambda; {@code output} is the class of one of the things that it yields. */
    public <I> Chain gen(String name, Class<I> input, Class<?> output, RowFunction<? super I, ?> function) {
        return with(steps().gen(name, null, new Call(function, input, output)));
    }

    /**
     * Any number of rows for each group, of which the function is given all rows at once; they take the place of all columns.
     *
     * @param function yields a record or any number of them, as {@link #gen(RowFunction)} takes them
     * @param partitionBy columns or expressions; without any all rows are one group
     */
    public <I, O> Chain agg(RowFunction<List<I>, O> function, String... partitionBy) {
        return with(steps().agg(null, new Call(function, null, null), List.of(partitionBy)));
    }

    /** As {@link #agg(RowFunction, String...)}; each thing that the function yields is the value of one column. */
    public <I, O> Chain agg(String name, RowFunction<List<I>, O> function, String... partitionBy) {
        return with(steps().agg(name, new Call(function, null, null), List.of(partitionBy)));
    }

    /** As {@link #agg(RowFunction, String...)}, for a lambda; {@code output} is the class of one of the things that it yields. */
    public <I> Chain agg(Class<I> input, Class<?> output, RowFunction<List<I>, ?> function, String... partitionBy) {
        return with(steps().agg(null, new Call(function, input, output), List.of(partitionBy)));
    }

    /** As {@link #agg(String, RowFunction, String...)}, for a lambda. */
    public <I> Chain agg(
            String name, Class<I> input, Class<?> output, RowFunction<List<I>, ?> function, String... partitionBy) {
        return with(steps().agg(name, new Call(function, input, output), List.of(partitionBy)));
    }

    private FunctionSteps steps() {
        return new FunctionSteps(pipeline, db.workers());
    }

    /** Computes the rows now and keeps them until the database is closed; the chain goes on from them. */
    public Chain persist() {
        return db.persist(pipeline);
    }

    /**
     * Saves the rows as the next version of a dataset, or its first. What functions have yielded is kept in the warehouse while
     * they run: if this fails, or the process dies, the next save of the same chain by this name calls them only for what is
     * missing. The same chain is the same SQL over the same versions, and the same functions: their code, and what they
     * captured.
     */
    public Deposited save(String name) {
        return save(name, Save.NEXT);
    }

    /** As {@link #save(String)}, with a comment, labels, another version number. */
    public Deposited save(String name, Save how) {
        SqlText statement = SqlText.of(how.statement(name)).and(pipeline.block().query());
        return db.save(name, statement, pipeline);
    }

    /** The rows as they come. Close the stream unless it is read to its end. */
    public Stream<Row> stream() {
        return db.stream(pipeline);
    }

    /**
     * The rows as records, of which more columns than components are ignored, or the values of the only column. Close the
     * stream unless it is read to its end.
     */
    public <R> Stream<R> stream(Class<R> type) {
        return db.stream(pipeline, type);
    }

    /** How many rows there are. */
    public long count() {
        SqlText query =
                SqlText.of("SELECT count(*) AS n FROM ").and(pipeline.block().asInput());
        Pipeline counting = new Pipeline(pipeline.session(), Block.ofQuery(query), schema(), pipeline.functions());
        try (Stream<Row> rows = db.stream(counting)) {
            return rows.findFirst().orElseThrow().getLong("n");
        }
    }

    /** Prints the first 20 rows. */
    public void show() {
        show(SHOWN);
    }

    /** Prints the first rows. */
    @SuppressWarnings("SystemOut")
    public void show(int rows) {
        refuseNegative("show", rows);
        try (Stream<Row> all = limit(rows).stream()) {
            System.out.print(TableText.of(schema().fields(), all.toList()));
        }
    }

    /** Writes the rows to a Parquet file, or into a folder of them. */
    public void toParquet(String uri) {
        copy(uri, "PARQUET");
    }

    /** Writes the rows to a CSV file with a header line. */
    public void toCsv(String uri) {
        copy(uri, "CSV");
    }

    /** Writes the rows to a file of JSON objects, a line each. */
    public void toJson(String uri) {
        copy(uri, "JSON");
    }

    private void copy(String uri, String format) {
        SqlText statement = SqlText.of("COPY ")
                .and(pipeline.block().query().parenthesized())
                .and(" TO " + Names.literal(uri) + " (FORMAT " + format + ")");
        db.run(statement, pipeline.functions());
    }

    /** The SQL and the columns. */
    @Override
    public String toString() {
        return sql() + " -- " + schema().fields().stream().map(Field::toString).collect(Collectors.joining(", "));
    }
}
