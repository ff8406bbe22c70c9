// SPDX-License-Identifier: Apache-2.0
package io.datasetdb.server;

import io.datasetdb.error.DatasetDbException;
import io.datasetdb.jdbc.internal.CallOptions;
import io.datasetdb.jdbc.internal.Columns;
import io.datasetdb.jdbc.internal.Packet;
import io.datasetdb.jdbc.internal.WireForm;
import io.datasetdb.sql.Cancellation;
import io.datasetdb.sql.Engine;
import io.datasetdb.sql.PreparedStatement;
import io.datasetdb.vector.Batch;
import io.datasetdb.vector.Schema;
import io.datasetdb.vector.Vector;
import io.datasetdb.vector.VectorBuilder;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import org.apache.calcite.avatica.MetaImpl;
import org.apache.calcite.avatica.MissingResultsException;
import org.apache.calcite.avatica.NoSuchStatementException;
import org.apache.calcite.avatica.QueryState;
import org.apache.calcite.avatica.proto.Requests;
import org.apache.calcite.avatica.remote.ProtobufMeta;
import org.apache.calcite.avatica.remote.TypedValue;
import org.jspecify.annotations.Nullable;

/**
 * The engine as Avatica asks for it. One instance serves one request: it knows who asks, in which form the answer is wanted and
 * what the request is subject to; everything that lasts is in {@link Sessions}. In process the driver uses it directly, over
 * HTTP {@link RequestHandler} makes one a request.
 */
final class EngineMeta extends MetaImpl implements ProtobufMeta {
    private final Sessions sessions;
    private final Executor executor;
    private final Request request;

    /**
     * What a request is subject to.
     *
     * @param caller whose connections it may use
     * @param form serialization of the answer
     * @param inProcess whether the answer is read as objects
     * @param options limits
     * @param waitNanos after how long it is answered though there are no rows yet
     */
    record Request(Caller caller, WireForm form, boolean inProcess, CallOptions options, long waitNanos) {}

    EngineMeta(Sessions sessions, Executor executor, Request request) {
        super(null);
        this.sessions = sessions;
        this.executor = executor;
        this.request = request;
    }

    private SessionConnection connection(String id) {
        return sessions.find(request.caller(), id);
    }

    private OpenStatement statement(StatementHandle h) throws NoSuchStatementException {
        OpenStatement statement = connection(h.connectionId).find(h.id);
        if (statement == null) {
            throw new NoSuchStatementException(h);
        }
        return statement;
    }

    @Override
    public void openConnection(ConnectionHandle ch, @Nullable Map<String, String> info) {
        sessions.open(request.caller(), ch.id, info == null ? Map.of() : info);
    }

    @Override
    public void closeConnection(ConnectionHandle ch) {
        sessions.close(request.caller(), ch.id);
    }

    @Override
    public ConnectionProperties connectionSync(ConnectionHandle ch, ConnectionProperties changes) {
        return connection(ch.id).sync(changes);
    }

    @Override
    public StatementHandle createStatement(ConnectionHandle ch) {
        return new StatementHandle(ch.id, connection(ch.id).create(null).id(), null);
    }

    @Override
    public void closeStatement(StatementHandle h) {
        connection(h.connectionId).closeStatement(h.id);
    }

    @Override
    public StatementHandle prepare(ConnectionHandle ch, String sql, long maxRowCount) {
        SessionConnection connection = connection(ch.id);
        OpenStatement.Prepared prepared =
                OpenStatement.Prepared.of(connection.session().prepare(text(sql)));
        Signature signature = Columns.signature(
                prepared.schema(), prepared.statement().parameters(), text(sql), connection.form(request.form()));
        return new StatementHandle(ch.id, connection.create(prepared).id(), signature);
    }

    @Override
    @Deprecated
    public ExecuteResult prepareAndExecute(StatementHandle h, String sql, long maxRowCount, PrepareCallback callback)
            throws NoSuchStatementException {
        return prepareAndExecute(h, sql, maxRowCount, 0, callback);
    }

    @Override
    public ExecuteResult prepareAndExecute(
            StatementHandle h, String sql, long maxRowCount, int maxRowsInFirstFrame, PrepareCallback callback)
            throws NoSuchStatementException {
        OpenStatement statement = statement(h);
        Cancellation cancellation = statement.begin();
        OpenStatement.Prepared prepared =
                OpenStatement.Prepared.of(connection(h.connectionId).session().prepareOnce(text(sql)));
        ResultStream stream = stream(
                h, new Execution(prepared, List.of(), cancellation), Math.max(0, maxRowCount), maxRowsInFirstFrame);
        statement.start(stream);
        return result(h, stream, prepared);
    }

    /** Protobuf has no difference between an empty text and none. */
    private static String text(@Nullable String sql) {
        return sql == null ? "" : sql;
    }

    @Override
    @Deprecated
    public ExecuteResult execute(StatementHandle h, List<TypedValue> values, long maxRowCount)
            throws NoSuchStatementException {
        return execute(h, values, 0);
    }

    @Override
    public ExecuteResult execute(StatementHandle h, List<TypedValue> values, int maxRowsInFirstFrame)
            throws NoSuchStatementException {
        OpenStatement statement = statement(h);
        OpenStatement.Prepared told = prepared(h, statement);
        Cancellation cancellation = statement.begin();
        List<@Nullable Object> arguments = arguments(told, values);
        OpenStatement.Prepared prepared = told.with(arguments);
        ResultStream stream = stream(h, new Execution(prepared, arguments, cancellation), 0, maxRowsInFirstFrame);
        statement.start(stream);
        WireForm form = connection(h.connectionId).form(request.form());
        if (form != WireForm.NATIVE
                && h.signature == null
                && !prepared.statement().isQuery()) {
            // A stock client leaves the signature out when it only wants the number of rows.
            return new ExecuteResult(List.of(MetaResultSet.count(h.connectionId, h.id, stream.drain())));
        }
        return result(h, stream, prepared);
    }

    private static OpenStatement.Prepared prepared(StatementHandle h, OpenStatement statement)
            throws NoSuchStatementException {
        OpenStatement.Prepared prepared = statement.prepared();
        if (prepared == null) {
            throw new NoSuchStatementException(h);
        }
        return prepared;
    }

    private static List<@Nullable Object> arguments(
            OpenStatement.Prepared prepared, @Nullable List<TypedValue> values) {
        return Arguments.of(prepared.statement().parameters(), values == null ? List.of() : values);
    }

    private ResultStream stream(StatementHandle h, Execution execution, long maxRowCount, int frameRows) {
        SessionConnection connection = connection(h.connectionId);
        if (connection.isReadOnly() && execution.prepared().statement().changesWarehouse()) {
            throw new DatasetDbException(
                    ServerError.READ_ONLY, "Cannot run the statement: the connection is read-only");
        }
        WireForm form = connection.form(request.form());
        CallOptions options = request.options();
        long maxRows = options.maxRows() > 0 ? options.maxRows() : maxRowCount;
        ResultStream.Shape shape = new ResultStream.Shape(
                form, request.inProcess(), maxRows, FrameSize.rows(form, Math.max(frameRows, options.fetchRows())));
        long timeoutNanos = options.timeoutMillis() * 1_000_000;
        OpenStatement.Prepared prepared = execution.prepared();
        Packet.Header header =
                new Packet.Header(prepared.schema(), prepared.statement().isQuery());
        return new ResultStream(() -> execution.run(timeoutNanos), execution.cancellation(), header, shape, executor);
    }

    /**
     * The rows, of a deposit too. Avatica's own client takes a result that has an update count for one without rows
     * (AvaticaConnection.prepareAndExecuteInternal), looks at the first result only and sends the same request for execute,
     * executeQuery and executeUpdate of a statement that is not prepared. So its answer cannot have both, nor depend on the
     * call: it is the row, which the two others need, and executeUpdate says -1.
     */
    private ExecuteResult result(StatementHandle h, ResultStream stream, OpenStatement.Prepared prepared) {
        WireForm form = connection(h.connectionId).form(request.form());
        Frame first = stream.frame(0, request.waitNanos());
        PreparedStatement statement = prepared.statement();
        Signature signature = Columns.signature(stream.schema(), statement.parameters(), statement.sql(), form);
        return new ExecuteResult(List.of(MetaResultSet.create(h.connectionId, h.id, false, signature, first)));
    }

    @Override
    public Frame fetch(StatementHandle h, long offset, int fetchMaxRowCount)
            throws NoSuchStatementException, MissingResultsException {
        ResultStream stream = statement(h).stream();
        if (stream == null) {
            throw new MissingResultsException(h);
        }
        try {
            return stream.frame(offset, request.waitNanos());
        } catch (NullPointerException e) {
            // Avatica would take it for a missing statement.
            throw new IllegalStateException(e);
        }
    }

    @Override
    public boolean syncResults(StatementHandle h, QueryState state, long offset) throws NoSuchStatementException {
        // Results are not kept; a client that lost its statement has to run it again.
        throw new NoSuchStatementException(h);
    }

    /** Runs one of a batch to its end; the whole batch is one execution to whoever cancels. */
    private long run(
            StatementHandle h,
            OpenStatement statement,
            OpenStatement.Prepared prepared,
            List<@Nullable Object> arguments,
            Cancellation cancellation) {
        ResultStream stream = stream(h, new Execution(prepared, arguments, cancellation), 0, 0);
        statement.start(stream);
        return stream.drain();
    }

    @Override
    public ExecuteBatchResult prepareAndExecuteBatch(StatementHandle h, List<String> commands)
            throws NoSuchStatementException {
        OpenStatement statement = statement(h);
        Cancellation cancellation = statement.begin();
        long[] counts = new long[commands.size()];
        for (int i = 0; i < counts.length; i++) {
            OpenStatement.Prepared prepared = OpenStatement.Prepared.of(
                    connection(h.connectionId).session().prepareOnce(commands.get(i)));
            counts[i] = run(h, statement, prepared, List.of(), cancellation);
        }
        return new ExecuteBatchResult(counts);
    }

    @Override
    public ExecuteBatchResult executeBatch(StatementHandle h, List<List<TypedValue>> rows)
            throws NoSuchStatementException {
        OpenStatement statement = statement(h);
        OpenStatement.Prepared prepared = prepared(h, statement);
        Cancellation cancellation = statement.begin();
        long[] counts = new long[rows.size()];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = run(h, statement, prepared, arguments(prepared, rows.get(i)), cancellation);
        }
        return new ExecuteBatchResult(counts);
    }

    /** As {@link #executeBatch}, whose rows protobuf carries in messages of its own. */
    @Override
    public ExecuteBatchResult executeBatchProtobuf(StatementHandle h, List<Requests.UpdateBatch> rows)
            throws NoSuchStatementException {
        List<List<TypedValue>> values = new ArrayList<>();
        for (Requests.UpdateBatch row : rows) {
            values.add(row.getParameterValuesList().stream()
                    .map(TypedValue::fromProto)
                    .toList());
        }
        return executeBatch(h, values);
    }

    @Override
    public void commit(ConnectionHandle ch) {
        connection(ch.id);
    }

    @Override
    public void rollback(ConnectionHandle ch) {
        connection(ch.id);
    }

    @Override
    public Map<DatabaseProperty, Object> getDatabaseProperties(ConnectionHandle ch) {
        List<String> functions = connection(ch.id).session().metadata().functions();
        Map<DatabaseProperty, Object> result = new EnumMap<>(DatabaseProperty.class);
        result.put(DatabaseProperty.GET_SYSTEM_FUNCTIONS, String.join(",", functions));
        result.put(DatabaseProperty.GET_STRING_FUNCTIONS, "");
        result.put(DatabaseProperty.GET_NUMERIC_FUNCTIONS, "");
        result.put(DatabaseProperty.GET_TIME_DATE_FUNCTIONS, "");
        result.put(DatabaseProperty.GET_S_Q_L_KEYWORDS, "DATASET,NAMESPACE,PROJECT,REFRESH,REPRODUCE");
        result.put(DatabaseProperty.GET_DEFAULT_TRANSACTION_ISOLATION, java.sql.Connection.TRANSACTION_NONE);
        result.put(DatabaseProperty.AVATICA_VERSION, Engine.version());
        return result;
    }

    private MetaResultSet listing(
            ConnectionHandle ch, java.util.function.Function<Listings, Listings.Listing> question) {
        SessionConnection connection = connection(ch.id);
        WireForm form = connection.form(request.form());
        Listings.Listing listing =
                question.apply(new Listings(connection.session().metadata(), form));
        Schema schema = listing.schema();
        List<Vector> columns = new ArrayList<>();
        for (int i = 0; i < schema.size(); i++) {
            VectorBuilder builder =
                    VectorBuilder.of(schema.field(i).type(), listing.rows().size());
            for (List<@Nullable Object> row : listing.rows()) {
                builder.append(row.get(i));
            }
            columns.add(builder.build());
        }
        Batch batch = Batch.of(columns, listing.rows().size());
        List<Object> elements = FrameSize.complete(schema, batch, form, request.inProcess());
        return MetaResultSet.create(
                ch.id,
                connection.nextStatementId(),
                true,
                Columns.signature(schema, List.of(), "", form),
                new Frame(0, true, elements));
    }

    @Override
    public MetaResultSet getCatalogs(ConnectionHandle ch) {
        return listing(ch, Listings::catalogs);
    }

    @Override
    public MetaResultSet getSchemas(ConnectionHandle ch, @Nullable String catalog, Pat schemaPattern) {
        return listing(ch, listings -> listings.schemas(catalog, schemaPattern.s));
    }

    @Override
    public MetaResultSet getTables(
            ConnectionHandle ch,
            @Nullable String catalog,
            Pat schemaPattern,
            Pat tableNamePattern,
            @Nullable List<String> typeList) {
        return listing(ch, listings -> listings.tables(catalog, schemaPattern.s, tableNamePattern.s, typeList));
    }

    @Override
    public MetaResultSet getColumns(
            ConnectionHandle ch,
            @Nullable String catalog,
            Pat schemaPattern,
            Pat tableNamePattern,
            Pat columnNamePattern) {
        return listing(
                ch, listings -> listings.columns(catalog, schemaPattern.s, tableNamePattern.s, columnNamePattern.s));
    }

    @Override
    public MetaResultSet getTableTypes(ConnectionHandle ch) {
        return listing(ch, Listings::tableTypes);
    }

    @Override
    public MetaResultSet getTypeInfo(ConnectionHandle ch) {
        return listing(ch, Listings::typeInfo);
    }
}
