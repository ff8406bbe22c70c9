// SPDX-License-Identifier: Apache-2.0
package io.datasetdb;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.internal.chain.Block;
import io.datasetdb.internal.chain.Execution;
import io.datasetdb.internal.chain.Names;
import io.datasetdb.internal.chain.Pipeline;
import io.datasetdb.internal.chain.QueryText;
import io.datasetdb.internal.chain.SqlText;
import io.datasetdb.internal.checkpoint.Checkpoint;
import io.datasetdb.internal.function.CapturedValues;
import io.datasetdb.internal.function.ClassHash;
import io.datasetdb.internal.function.ProgramSource;
import io.datasetdb.internal.function.Workers;
import io.datasetdb.internal.record.RecordRows;
import io.datasetdb.internal.record.RecordWriter;
import io.datasetdb.internal.record.RowReader;
import io.datasetdb.sql.Engine;
import io.datasetdb.sql.EngineConfig;
import io.datasetdb.sql.PreparedStatement;
import io.datasetdb.sql.QuietLibraries;
import io.datasetdb.sql.Session;
import io.datasetdb.sql.SessionOptions;
import io.datasetdb.sql.StatementResult;
import io.datasetdb.sql.exec.Settings;
import io.datasetdb.udf.ProgramFunctions;
import io.datasetdb.udf.ProgramTable;
import io.datasetdb.udf.builtin.FileRow;
import io.datasetdb.vector.BatchSource;
import io.datasetdb.vector.Field;
import io.datasetdb.vector.Schema;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * A warehouse, opened by a Java program, in its process. Everything that SQL can do is here by {@link #sql}; records are
 * schemas ({@link #deposit}, {@link #read}); queries can be put together call by call ({@link Chain}).
 *
 * <p>A record's components are columns of the same names: primitives are NOT NULL, all other types may be NULL. Nested records
 * are ROW, arrays and collections ARRAY ({@code float[]} and {@code List<Float>} are embeddings), maps MAP, enums VARCHAR by
 * name, an Optional is NULL when empty, {@code Instant} is TIMESTAMP WITH LOCAL TIME ZONE, {@code LocalDateTime} TIMESTAMP
 * (both in microseconds), {@code byte[]} VARBINARY, {@code BigDecimal} as {@link Decimal} says.
 *
 * <p>Errors are {@link DatasetDbException}s with an SQLSTATE and one sentence. Safe for several threads. Streams that are
 * still open when the database is closed fail when they are read on.
 */
public final class DatasetDb implements AutoCloseable {
    private final Engine engine;
    private final Session session;
    private final Workers workers;
    private volatile boolean closed;

    private DatasetDb(Engine engine, Session session, Workers workers) {
        this.engine = engine;
        this.session = session;
        this.workers = workers;
    }

    /**
     * How a warehouse is opened. Immutable.
     *
     * @param author recorded with every deposit
     * @param namespace of names that say none
     * @param project of names that say none
     * @param threads how many threads one statement may use, also for functions of the program
     */
    public record Options(String author, String namespace, String project, int threads) {
        /** The user of the operating system, {@code main.public}, all processors. */
        public static final Options DEFAULT = new Options(
                System.getProperty("user.name", "unknown"),
                SessionOptions.DEFAULT_NAMESPACE,
                SessionOptions.DEFAULT_PROJECT,
                Runtime.getRuntime().availableProcessors());

        public Options withAuthor(String newAuthor) {
            return new Options(newAuthor, namespace, project, threads);
        }

        public Options withProject(String newNamespace, String newProject) {
            return new Options(author, newNamespace, newProject, threads);
        }

        public Options withThreads(int newThreads) {
            return new Options(author, namespace, project, newThreads);
        }
    }

    /** Opens the warehouse in a folder, which is created if need be. */
    public static DatasetDb open(Path warehouse) {
        return open(warehouse.toString());
    }

    /** As {@link #open(Path)}, by path or URI. */
    public static DatasetDb open(String warehouse) {
        return open(warehouse, Options.DEFAULT);
    }

    /** Opens a warehouse with options. The project must exist. */
    public static DatasetDb open(String warehouse, Options options) {
        if (options.threads() < 1) {
            throw new DatasetDbException(
                    ProgramError.BAD_ARGUMENT,
                    "Cannot open the warehouse: there must be at least one thread (" + options.threads() + ")");
        }
        QuietLibraries.hush();
        Engine engine = Engine.open(new EngineConfig(warehouse));
        try {
            Optional<ProgramSource> program = ProgramSource.ofProcess();
            Session session = engine.openSession(new SessionOptions(
                    options.author(),
                    options.author(),
                    "java",
                    SessionOptions.DEFAULT_NAMESPACE,
                    SessionOptions.DEFAULT_PROJECT,
                    program.map(ProgramSource::name).orElse(null),
                    program.map(ProgramSource::text).orElse(null),
                    Settings.ofMachine().withThreads(options.threads())));
            session.use(options.namespace(), options.project());
            return new DatasetDb(engine, session, new Workers(options.threads()));
        } catch (RuntimeException | Error e) {
            engine.close();
            throw e;
        }
    }

    /**
     * A query or any other statement. A query is a chain, to be read or gone on from; any other statement is run at once, and
     * the chain has the rows that it answered.
     *
     * @param arguments one value for each {@code ?}
     */
    public Chain sql(String statement, @Nullable Object... arguments) {
        SqlText text = SqlText.of(QueryText.withoutEnd(statement), arguments);
        if (!QueryText.isSelect(statement)) {
            return rows(text);
        }
        Schema schema = session.schemaOf(text.text(), ProgramFunctions.NONE);
        Block block = QueryText.isOrdered(session, text.text()) ? Block.ofOrderedQuery(text) : Block.ofQuery(text);
        return chain(block, schema, ProgramFunctions.NONE);
    }

    private Chain rows(SqlText statement) {
        var result = Execution.start(session, statement, ProgramFunctions.NONE);
        Schema schema = result.schema();
        ProgramTable answer = Execution.kept(result, "answer");
        return table(answer, "answer", schema);
    }

    private Chain table(ProgramTable table, String hash, Schema schema) {
        return chain(
                Block.of(SqlText.of("TABLE(" + Names.quoted(table.name()) + "())")),
                schema,
                ProgramFunctions.NONE.with(table, hash));
    }

    private Chain chain(Block block, Schema schema, ProgramFunctions functions) {
        return new Chain(this, new Pipeline(session, block, schema, functions));
    }

    /**
     * A dataset: {@code x}, {@code ns.proj.x}; {@code x@1.2.0} for one version, {@code x@2} or {@code x@>=1.0,<2.0} for the
     * newest of a range.
     */
    public Chain dataset(String name) {
        SqlText source = SqlText.of(Names.dataset(name));
        return source(source);
    }

    private Chain source(SqlText source) {
        Schema schema = session.schemaOf("SELECT * FROM " + source.text(), ProgramFunctions.NONE);
        return chain(Block.of(source), schema, ProgramFunctions.NONE);
    }

    /** The rows of a dataset, named as {@link #dataset} takes it, as records. Close the stream unless it is read to its end. */
    public <R> Stream<R> read(String name, Class<R> type) {
        return dataset(name).stream(type);
    }

    /** The files of a folder or bucket, one row a file: {@code file ROW(source, path, size, …)}. Listed when the chain is run. */
    public Chain readStorage(String glob) {
        return chain(
                Block.of(call("list_storage", glob)),
                Schema.of(Field.required("file", FileRow.TYPE)),
                ProgramFunctions.NONE);
    }

    /** The rows of Parquet files. */
    public Chain readParquet(String glob) {
        return source(call("read_parquet", glob));
    }

    /** The rows of CSV files; their dialect and types are found out. */
    public Chain readCsv(String glob) {
        return source(call("read_csv", glob));
    }

    /** The rows of files of JSON objects or arrays of them. */
    public Chain readJson(String glob) {
        return source(call("read_json", glob));
    }

    private static SqlText call(String function, String argument) {
        return SqlText.of("TABLE(" + function + "(" + Names.literal(argument) + "))");
    }

    /** Records of the program as a chain. */
    public <R extends Record> Chain readRecords(Class<R> type, List<R> records) {
        List<R> kept = List.copyOf(records);
        RecordWriter writer = RecordWriter.of(type);
        writer.observe(kept);
        Schema schema = writer.schema();
        Supplier<BatchSource> rows = () -> new RecordRows(kept.iterator(), type, writer);
        return table(new ProgramTable(type.getName(), schema, kept.size(), rows), ClassHash.of(type), schema);
    }

    /** Saves records as the next version of a dataset, or its first; their class is the schema. The stream is read and closed. */
    public <R extends Record> Deposited deposit(String name, Stream<R> records) {
        return deposit(name, null, records, Save.NEXT);
    }

    /** As {@link #deposit(String, Stream)}, also for streams without rows, with a comment, labels, another version number. */
    public <R extends Record> Deposited deposit(String name, @Nullable Class<R> type, Stream<R> records, Save how) {
        try (records) {
            RecordRows rows = new RecordRows(records.iterator(), type);
            ProgramTable table = new ProgramTable(rows.type().getName(), rows.schema(), -1, () -> rows);
            SqlText statement =
                    SqlText.of(how.statement(name) + "SELECT * FROM TABLE(" + Names.quoted(table.name()) + "())");
            return deposit(statement, ProgramFunctions.NONE.with(table, ClassHash.of(rows.type())));
        }
    }

    /** Who is recorded with every deposit. */
    public String author() {
        return session.options().author();
    }

    Workers workers() {
        return workers;
    }

    Deposited deposit(SqlText statement, ProgramFunctions functions) {
        return deposited(Execution.start(session, statement, functions));
    }

    private static Deposited deposited(StatementResult result) {
        return Execution.all(result, recordsOf(Deposited.class), Deposited.class)
                .get(0);
    }

    /** Saves a chain; what its functions have yielded before a failure is used by the next attempt. */
    Deposited save(String name, SqlText statement, Pipeline pipeline) {
        SqlText query = pipeline.block().query();
        try (Checkpoint checkpoint = Checkpoint.of(engine.store(), pipeline.functions())) {
            PreparedStatement prepared = session.prepareOnce(statement.text(), checkpoint.functions());
            List<String> chain = new ArrayList<>(List.of(Names.dataset(name), query.text()));
            query.arguments().forEach(argument -> chain.add(CapturedValues.text(argument)));
            prepared.inputVersions().forEach(version -> chain.add(version.toString()));
            checkpoint.begin(chain);
            Deposited deposited = deposited(Execution.start(prepared, statement));
            checkpoint.succeeded();
            return deposited;
        }
    }

    void run(SqlText statement, ProgramFunctions functions) {
        Execution.start(session, statement, functions).close();
    }

    Chain persist(Pipeline pipeline) {
        String name = "persisted_" + UUID.randomUUID().toString().replace("-", "");
        run(
                SqlText.of("CREATE TEMPORARY DATASET " + Names.quoted(name) + " AS ")
                        .and(pipeline.block().query()),
                pipeline.functions());
        return dataset(name);
    }

    Stream<Row> stream(Pipeline pipeline) {
        return Execution.stream(start(pipeline), RowReader::ofRows, Row.class, () -> closed);
    }

    <R> Stream<R> stream(Pipeline pipeline, Class<R> type) {
        return Execution.stream(start(pipeline), recordsOf(type), type, () -> closed);
    }

    private StatementResult start(Pipeline pipeline) {
        return Execution.start(session, pipeline.block().query(), pipeline.functions());
    }

    private static Function<Schema, RowReader> recordsOf(Class<?> type) {
        return schema -> RowReader.of(type, schema);
    }

    /** Ends what runs and closes the warehouse; idempotent. */
    @Override
    public void close() {
        closed = true;
        session.close();
        engine.close();
        workers.close();
    }
}
